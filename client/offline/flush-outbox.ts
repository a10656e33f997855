import type { EventReceipts, ShopperEvent } from '../../shared/api/events.ts';
import type { Schemas } from '../../shared/api-client/src/index.ts';
import { counted } from '../ui/counted.ts';
import { announceChange } from './changes.ts';
import { type Writing, writing } from './database.ts';
import { readOutbox, shopperOf, withOutboxAtRest } from './outbox.ts';
import { type Settlement, settle } from './receipts.ts';
import type { Activity, EventEntry, OutboxEntry, Watch, WatchEntry } from './schema.ts';
import { sendInParts } from './send-in-parts.ts';

/** The server takes 500. A hundred are about 30 kB, little enough for a bad connection. */
const BATCH_SIZE = 100;

/** How changes reach the server. Errors pass through the flush; what was not answered stays. */
export interface Courier {
  sendEvents(events: ShopperEvent[]): Promise<EventReceipts>;
  sendWatches(changes: Schemas['WatchChange'][]): Promise<EventReceipts>;
}

/**
 * Sends the waiting changes, oldest first, in batches, until none is left. A change leaves the outbox only on its receipt.
 *
 * @returns ids of the shoppers of whom the server has now taken something
 */
export function flushOutbox(courier: Courier): Promise<Set<string>> {
  return withOutboxAtRest(() => sendAll(courier));
}

async function sendAll(courier: Courier): Promise<Set<string>> {
  const shoppers = new Set<string>();
  const later = new Map<string, string>();
  /** Those that got the server's time: a server that refuses them once more is asked again later. */
  const timed = new Set<string>();
  for (;;) {
    const { waiting } = await readOutbox();
    const batch = nextBatch(waiting.filter(({ id }) => !later.has(id)));
    if (batch.length === 0) break;
    const settlement = settle(
      batch.map(({ id }) => id),
      await send(batch, courier),
    );
    await keepReceipts(batch, settlement);
    for (const { id, reason } of settlement.later) later.set(id, reason);
    for (const { id, reason } of settlement.ahead) {
      if (timed.has(id)) later.set(id, reason);
      timed.add(id);
    }
    for (const entry of batch) if (settlement.delivered.includes(entry.id)) shoppers.add(shopperOf(entry));
    if (settlement.unanswered.length > 0) {
      throw new Error(`The server gave no receipt for ${settlement.unanswered.length} of ${batch.length} changes.`);
    }
  }
  const [reason] = later.values();
  if (reason !== undefined) throw new Error(`The server does not take ${counted(later.size, 'change')} yet: ${reason}`);
  return shoppers;
}

/** Events first: what is watched never holds them up. */
function nextBatch(entries: readonly OutboxEntry[]): EventEntry[] | WatchEntry[] {
  const events = entries.filter((entry) => 'event' in entry);
  if (events.length > 0) return events.slice(0, BATCH_SIZE);
  return entries.filter((entry) => 'watch' in entry).slice(0, BATCH_SIZE);
}

function send(batch: EventEntry[] | WatchEntry[], courier: Courier): Promise<EventReceipts> {
  const events = batch.flatMap((entry) => ('event' in entry ? [entry.event] : []));
  if (events.length > 0) return sendInParts(events, (part) => courier.sendEvents(part));
  const changes = batch.flatMap((entry) => ('watch' in entry ? [entry.watch] : []));
  return sendInParts(changes, (part) => courier.sendWatches(part));
}

type Settling = Writing<('outbox' | 'activity' | 'watches' | 'sync')[]>;

/** One transaction: what is confirmed leaves the outbox, and the rows that this device shows know it. */
async function keepReceipts(batch: readonly OutboxEntry[], settlement: Settlement): Promise<void> {
  const entryOf = new Map(batch.map((entry) => [entry.id, entry]));
  await writing(['outbox', 'activity', 'watches', 'sync'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    for (const id of settlement.delivered) {
      await touchRow(transaction, entryOf.get(id)!, () => ({ is_confirmed: true }));
      await outbox.delete(id);
    }
    for (const { id, reason } of settlement.rejected) {
      // It may have been replaced meanwhile.
      if ((await outbox.get(id)) !== undefined) await outbox.put({ ...entryOf.get(id)!, state: 'rejected', reason });
    }
    for (const { id, serverTime } of settlement.ahead) {
      if ((await outbox.get(id)) !== undefined) await setBack(transaction, entryOf.get(id)!, serverTime);
    }
  });
  announceChange('outbox');
}

/** Changes the row that shows an entry, where no later change has replaced it. */
async function touchRow(
  transaction: Settling,
  entry: OutboxEntry,
  change: (kind: 'event' | 'watch') => Partial<Activity & Watch>,
): Promise<void> {
  if ('event' in entry) {
    const activity = transaction.objectStore('activity');
    const { user_id: userId, item_id: itemId, type } = entry.event;
    const row = await activity.get([userId, itemId, type]);
    if (row?.id === entry.id) await activity.put({ ...row, ...change('event') });
  } else {
    const watches = transaction.objectStore('watches');
    const row = await watches.get(entry.watch.product_id);
    if (row?.change_id === entry.id) await watches.put({ ...row, ...change('watch') });
  }
}

/**
 * Sets an entry that this device's clock had put too far ahead to the server's time. What is recorded from now on need not run
 * ahead as well, once the clock is right; what had lost to the wrong instant is pulled once more.
 */
async function setBack(transaction: Settling, entry: OutboxEntry, at: string): Promise<void> {
  await touchRow(transaction, entry, (kind) => (kind === 'event' ? { occurred_at: at } : { changed_at: at }));
  await transaction
    .objectStore('outbox')
    .put(
      'event' in entry
        ? { ...entry, event: { ...entry.event, occurred_at: at } }
        : { ...entry, watch: { ...entry.watch, changed_at: at } },
    );
  await transaction.objectStore('sync').put({ cursor: null, clock_ms: Date.parse(at) }, 'state');
}
