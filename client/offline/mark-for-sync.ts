import type { IDBPTransaction, StoreNames } from 'idb';
import { v7 as uuidv7 } from 'uuid';
import { mayLeave } from './held.ts';
import type { MagpieSchema } from './schema.ts';

type Upgrade = IDBPTransaction<MagpieSchema, StoreNames<MagpieSchema>[], 'versionchange'>;

/**
 * Gives what a version before this one kept the fields that it lacks. Events that were held then are private; so are all
 * watches, of which that version said that they stay on the device.
 */
export async function markForSync(transaction: Upgrade): Promise<void> {
  const settings = transaction.objectStore('settings');
  const outbox = transaction.objectStore('outbox');
  const device = await settings.get('device');
  const deviceId = typeof device === 'object' ? device.id : '';
  const sync = (await settings.get('sync')) === true;

  const unsent = new Map<string, string>();
  for (const entry of await outbox.getAll()) {
    if (!('event' in entry)) continue;
    const { user_id: userId, item_id: itemId, type, value, occurred_at: at } = entry.event;
    unsent.set(JSON.stringify([userId, itemId, type, value, at]), entry.id);
    await outbox.put({ ...entry, is_private: !mayLeave(userId, { deviceId, sync }) });
  }
  const activity = transaction.objectStore('activity');
  for (const done of await activity.getAll()) {
    const id = unsent.get(JSON.stringify([done.user_id, done.item_id, done.type, done.value, done.occurred_at])) ?? '';
    await activity.put({ ...done, id, is_confirmed: false });
  }
  const watches = transaction.objectStore('watches');
  for (const { product_id, product, added_at } of await watches.getAll()) {
    const change = { id: uuidv7(), product_id, watched: true, currency: 'EUR', changed_at: added_at } as const;
    await watches.put({
      ...{ product_id, product, added_at, is_watched: true, changed_at: added_at },
      ...{ change_id: change.id, currency: change.currency, is_confirmed: false },
    });
    await outbox.put({
      ...{ id: change.id, title: product.title, state: 'waiting', reason: null, is_private: true },
      watch: { ...change, user_id: deviceId },
    });
  }
}
