import type { EventReceipts, ShopperEvent } from '../../shared/api/events.ts';
import { announceChange } from './changes.ts';
import { type Activity, database, type OutboxEntry } from './database.ts';
import { settle } from './receipts.ts';
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
  /** The device's own while sync is off: they stay on this device. */
  held: OutboxEntry[];
  /** Rejected by the server, with its reason. */
  rejected: OutboxEntry[];
}

export async function readOutbox(): Promise<Outbox> {
  const db = await database();
  const [entries, { device, sync }] = await Promise.all([db.getAll('outbox'), loadSettings()]);
  const isHeld = ({ event }: OutboxEntry) => !sync && event.user_id === device.id;
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
  for (;;) {
    const batch = (await readOutbox()).waiting.slice(0, BATCH_SIZE);
    if (batch.length === 0) return shoppers;
    const receipts = await send(batch.map((entry) => entry.event));
    const { delivered, unanswered } = await keepReceipts(batch, receipts);
    for (const entry of batch) if (delivered.includes(entry.id)) shoppers.add(entry.event.user_id);
    if (unanswered.length > 0) {
      throw new Error(`The server gave no receipt for ${unanswered.length} of ${batch.length} events.`);
    }
  }
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
