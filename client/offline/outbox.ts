import { announceChange } from './changes.ts';
import { database, writing } from './database.ts';
import { mayLeave } from './held.ts';
import type { OutboxEntry } from './schema.ts';
import { loadSettings } from './settings.ts';

/** Everything that the server has not confirmed, oldest first. */
export interface Outbox {
  /** Sent at the next chance. */
  waiting: OutboxEntry[];
  /** Private, or those of a device's own shopper that may not leave: see `held.ts`. */
  held: OutboxEntry[];
  /** Rejected by the server, with its reason. */
  rejected: OutboxEntry[];
}

/** The shopper of whom an entry is. */
export function shopperOf(entry: OutboxEntry): string {
  return 'event' in entry ? entry.event.user_id : entry.watch.user_id;
}

export async function readOutbox(): Promise<Outbox> {
  const db = await database();
  const [entries, { device, sync }] = await Promise.all([db.getAll('outbox'), loadSettings()]);
  const isHeld = (entry: OutboxEntry) => entry.is_private || !mayLeave(shopperOf(entry), { deviceId: device.id, sync });
  const unsent = entries.filter(({ state }) => state === 'waiting');
  return {
    waiting: unsent.filter((entry) => !isHeld(entry)),
    held: unsent.filter(isHeld),
    rejected: entries.filter(({ state }) => state === 'rejected'),
  };
}

/** Deletes a rejected change, once the shopper has seen the reason. */
export async function discardRejected(id: string): Promise<void> {
  await (await database()).delete('outbox', id);
  announceChange('outbox');
}

/** What this device's own shopper did while nothing was to leave the device. */
export async function readPrivate(): Promise<OutboxEntry[]> {
  const { held } = await readOutbox();
  const { device } = await loadSettings();
  return held.filter((entry) => entry.is_private && shopperOf(entry) === device.id);
}

/**
 * Lets what this device's own shopper does go to the server from now on.
 *
 * @param options.withKept what was private until now goes too; without it, that stays private
 */
export async function turnSyncOn({ withKept }: { withKept: boolean }): Promise<void> {
  await writing(['settings', 'outbox'], async (transaction) => {
    const settings = transaction.objectStore('settings');
    await settings.put(true, 'sync');
    const device = await settings.get('device');
    if (!withKept || typeof device !== 'object') return;
    const outbox = transaction.objectStore('outbox');
    for (const entry of await outbox.getAll()) {
      if (entry.is_private && shopperOf(entry) === device.id) await outbox.put({ ...entry, is_private: false });
    }
  });
  announceChange('settings');
  announceChange('outbox');
}

/** One flush at a time over all tabs of this browser. */
const LOCK = 'magpie-outbox';

/** Runs a task while no tab sends the outbox. What a flush in progress has sent is settled before. */
export function withOutboxAtRest<T>(task: () => Promise<T>): Promise<T> {
  // An insecure context has no locks. Two tabs may then send the same change, which changes nothing: its id is unique.
  return 'locks' in navigator ? navigator.locks.request(LOCK, task) : task();
}
