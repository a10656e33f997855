import { isLater } from '../../../client/offline/clock.ts';
import type { OutboxEntry } from '../../../client/offline/schema.ts';
import type { EventRecord, WatchChangeRecord } from '../../../server/store/store.ts';
import type { WatchChange } from '../../../shared/api/changes.ts';
import type { ShopperEvent } from '../../../shared/api/events.ts';
import type { ServerState } from '../contract.ts';
import type { Device } from './device.ts';

type Rows = Awaited<ReturnType<Device['rows']>>;

/** A change that was recorded: its subject, and where it stands among others of that. */
interface Recorded {
  id: string;
  /** `rating kettle`, `watch lamp`: of these the last one holds. */
  subject: string;
  kind: 'event' | 'watch';
  at: string;
  what: string;
}

/** All that was recorded on both devices, to be compared with what there is at the end. */
export class Ledger {
  readonly #recorded = new Map<string, Recorded>();
  readonly #private = new Set<string>();
  /** Whether the server went back to a backup. */
  wasRestored = false;

  /** To be called with a device's outbox after each of its steps: whatever was recorded was there once. */
  note(outbox: readonly OutboxEntry[]): void {
    for (const entry of outbox) {
      if (!this.#recorded.has(entry.id) && entry.is_private) this.#private.add(entry.id);
      this.#recorded.set(entry.id, recordedOf(entry));
    }
  }

  /** Changes as they are sent, with the server's time where it had refused the device's. */
  noteSent(body: { events?: ShopperEvent[]; changes?: WatchChange[] }): void {
    const instants = [
      ...(body.events ?? []).map(({ id, occurred_at: at }) => ({ id, at })),
      ...(body.changes ?? []).map(({ id, changed_at: at }) => ({ id, at })),
    ];
    for (const { id, at } of instants) {
      const recorded = this.#recorded.get(id);
      if (recorded !== undefined) recorded.at = at;
    }
  }

  /** The shopper lets these go to the server. */
  release(ids: readonly string[]): void {
    for (const id of ids) this.#private.delete(id);
  }

  /** @throws with what is lost, doubled, told or different at the end */
  check(devices: readonly Rows[], server: ServerState): void {
    const onServer = [...server.events.map(ofEvent), ...server.changes.map(ofChange)];
    const ids = new Set(onServer.map(({ id }) => id));
    const faults = [
      ...devices
        .flatMap(({ outbox }) => outbox.filter((entry) => !entry.is_private))
        .map((entry) => `${describe(recordedOf(entry))} is still in an outbox (${entry.state}: ${entry.reason})`),
      ...onServer.filter(({ id }) => this.#private.has(id)).map((one) => `${describe(one)} was private and was sent`),
      ...(ids.size < onServer.length ? ['a change is on the server twice'] : []),
      ...this.#lost(onServer),
      ...devices.flatMap((rows, n) => this.#different(rows, lastOf(onServer)).map((fault) => `device ${n}: ${fault}`)),
    ];
    const watched = server.changes.filter(({ isWatched }) => isWatched).map(({ productId }) => productId);
    if (String(watched.sort()) !== String(server.watched)) {
      faults.push(`the server watches ${server.watched}, not ${watched}`);
    }
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /**
   * Events are a union, so each of them is there. Of watches the last change to each product is. So it is of all that a restored
   * backup has lost: devices keep the last change to each subject alone, be it a private one.
   */
  #lost(onServer: readonly Recorded[]): string[] {
    const last = lastOf(this.wasRestored ? [...onServer, ...this.#recorded.values()] : onServer);
    const ids = new Set(onServer.map(({ id }) => id));
    const lost: string[] = [];
    for (const recorded of this.#recorded.values()) {
      if (this.#private.has(recorded.id) || ids.has(recorded.id)) continue;
      const later = last.get(recorded.subject);
      const isSuperseded = later !== undefined && isLater(later, recorded);
      const mayBeGone = recorded.kind === 'watch' || this.wasRestored;
      if (!mayBeGone || !isSuperseded) lost.push(`${describe(recorded)} is lost`);
    }
    return lost;
  }

  /** A device shows the last change to each subject, or a private one of its own that came later. */
  #different({ activity, watches, outbox, shopperId }: Rows, last: ReadonlyMap<string, Recorded>): string[] {
    const held = new Set(outbox.filter(({ is_private }) => is_private).map(({ id }) => id));
    const shown = new Map<string, Recorded>();
    for (const row of activity) {
      if (row.user_id !== shopperId) return [`a row of ${row.user_id} is not ${shopperId}’s`];
      const subject = `${row.type} ${row.item_id}`;
      shown.set(subject, { id: row.id, subject, kind: 'event', at: row.occurred_at, what: String(row.value) });
    }
    for (const row of watches) {
      const subject = `watch ${row.product_id}`;
      const what = row.is_watched ? 'on' : 'off';
      shown.set(subject, { id: row.change_id, subject, kind: 'watch', at: row.changed_at, what });
    }
    const faults: string[] = [];
    for (const subject of new Set([...shown.keys(), ...last.keys()])) {
      const [here, there] = [shown.get(subject), last.get(subject)];
      if (here !== undefined && held.has(here.id) && (there === undefined || isLater(here, there))) continue;
      if (JSON.stringify(here) === JSON.stringify(there)) continue;
      faults.push(
        `${subject} is ${here ? describe(here) : 'nothing'}, on the server ${there ? describe(there) : 'nothing'}`,
      );
    }
    return faults;
  }
}

function lastOf(changes: readonly Recorded[]): Map<string, Recorded> {
  const last = new Map<string, Recorded>();
  for (const change of changes) {
    const known = last.get(change.subject);
    if (known === undefined || isLater(change, known)) last.set(change.subject, change);
  }
  return last;
}

function recordedOf(entry: OutboxEntry): Recorded {
  if ('event' in entry) {
    const { type, item_id: itemId, occurred_at: at, value } = entry.event;
    return { id: entry.id, subject: `${type} ${itemId}`, kind: 'event', at, what: String(value) };
  }
  const { product_id: productId, changed_at: at, watched } = entry.watch;
  return { id: entry.id, subject: `watch ${productId}`, kind: 'watch', at, what: watched ? 'on' : 'off' };
}

function ofEvent({ id, type, itemId, occurredAt, value }: EventRecord): Recorded {
  return { id, subject: `${type} ${itemId}`, kind: 'event', at: occurredAt.toISOString(), what: String(value) };
}

function ofChange({ id, productId, changedAt, isWatched }: WatchChangeRecord): Recorded {
  const what = isWatched ? 'on' : 'off';
  return { id, subject: `watch ${productId}`, kind: 'watch', at: changedAt.toISOString(), what };
}

function describe({ subject, what, at, id }: Recorded): string {
  return `${subject} = ${what} of ${at} (…${id.slice(-6)})`;
}
