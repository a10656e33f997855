import type { EventReceipts, ShopperEvent } from '../../shared/api/events.ts';
import { announceChange } from './changes.ts';
import { type Activity, database, type OutboxEntry } from './database.ts';
import { mayLeave } from './held.ts';
import { settle } from './receipts.ts';
import { sendInParts } from './send-in-parts.ts';
import { loadSettings } from './settings.ts';

/** The server takes 500. A hundred are about 30 kB, little enough for a bad connection. */
const BATCH_SIZE = 100;

/** One flush at a time over all tabs of this browser. */
const LOCK = 'magpie-outbox';

/**
 * Writes an event into the outbox and into the activity that this device shows, in one transaction: once this resolves,
 * neither a crash nor a missing network loses it.
 */
export async function recordEvent(event: ShopperEvent, item: { title: string; image: string | null }): Promise<void> {
  const db = await database();
  const transaction = db.transaction(['outbox', 'activity'], 'readwrite', { durability: 'strict' });
  const activity: Activity = {
    user_id: event.user_id,
    item_id: event.item_id,
    type: event.type,
    value: event.value,
    occurred_at: event.occurred_at,
    title: item.title,
    image: item.image,
  };
  await Promise.all([
    transaction.objectStore('outbox').add({ id: event.id, event, title: item.title, state: 'waiting', reason: null }),
    transaction.objectStore('activity').put(activity),
    transaction.done,
  ]);
  announceChange('outbox');
  announceChange('activity');
}

/** Everything that the server has not confirmed, oldest first. */
export interface Outbox {
  /** Sent at the next chance. */
  waiting: OutboxEntry[];
  /** Those of a device's own shopper that may not leave: see `held.ts`. */
  held: OutboxEntry[];
  /** Rejected by the server, with its reason. */
  rejected: OutboxEntry[];
}

export async function readOutbox(): Promise<Outbox> {
  const db = await database();
  const [entries, { device, sync }] = await Promise.all([db.getAll('outbox'), loadSettings()]);
  const isHeld = ({ event }: OutboxEntry) => !mayLeave(event.user_id, { deviceId: device.id, sync });
  const unsent = entries.filter(({ state }) => state === 'waiting');
  return {
    waiting: unsent.filter((entry) => !isHeld(entry)),
    held: unsent.filter(isHeld),
    rejected: entries.filter(({ state }) => state === 'rejected'),
  };
}

/** Deletes a rejected event, once the shopper has seen the reason. */
export async function discardRejected(id: string): Promise<void> {
  await (await database()).delete('outbox', id);
  announceChange('outbox');
}

/**
 * Sends the waiting events, oldest first, in batches, until none is left. An event leaves the outbox only on its receipt.
 * An error of `send` passes through; the other events stay.
 *
 * @returns ids of the shoppers whose events the server has now taken
 */
export function flushOutbox(send: (events: ShopperEvent[]) => Promise<EventReceipts>): Promise<Set<string>> {
  return withOutboxAtRest(() => sendAll(send));
}

/** Runs a task while no tab sends the outbox. What a flush in progress has sent is settled before. */
export function withOutboxAtRest<T>(task: () => Promise<T>): Promise<T> {
  // An insecure context has no locks. Two tabs may then send the same event, which changes nothing: its id is unique.
  return 'locks' in navigator ? navigator.locks.request(LOCK, task) : task();
}

async function sendAll(send: (events: ShopperEvent[]) => Promise<EventReceipts>): Promise<Set<string>> {
  const shoppers = new Set<string>();
  const later = new Map<string, string>();
  for (;;) {
    const { waiting } = await readOutbox();
    const batch = waiting.filter(({ id }) => !later.has(id)).slice(0, BATCH_SIZE);
    if (batch.length === 0) break;
    const receipts = await sendInParts(
      batch.map((entry) => entry.event),
      send,
    );
    const settlement = await keepReceipts(batch, receipts);
    for (const { id, reason } of settlement.later) later.set(id, reason);
    for (const entry of batch) if (settlement.delivered.includes(entry.id)) shoppers.add(entry.event.user_id);
    if (settlement.unanswered.length > 0) {
      throw new Error(`The server gave no receipt for ${settlement.unanswered.length} of ${batch.length} events.`);
    }
  }
  const [reason] = later.values();
  if (reason !== undefined) throw new Error(`The server does not take ${later.size} events yet: ${reason}`);
  return shoppers;
}

async function keepReceipts(batch: OutboxEntry[], receipts: EventReceipts) {
  const settlement = settle(
    batch.map((entry) => entry.id),
    receipts,
  );
  const reasons = new Map(settlement.rejected.map(({ id, reason }) => [id, reason]));
  const transaction = (await database()).transaction('outbox', 'readwrite');
  const writes: Promise<unknown>[] = settlement.delivered.map((id) => transaction.store.delete(id));
  for (const entry of batch) {
    const reason = reasons.get(entry.id);
    if (reason !== undefined) writes.push(transaction.store.put({ ...entry, state: 'rejected', reason }));
  }
  await Promise.all([...writes, transaction.done]);
  announceChange('outbox');
  return settlement;
}
