import { announceForgotten } from './changes.ts';
import { writing } from './database.ts';
import { shopperOf, withOutboxAtRest } from './outbox.ts';
import type { OutboxEntry } from './schema.ts';
import { loadSettings } from './settings.ts';

/**
 * Makes this device one of a shopper's: it keeps its token, and all that it has of its own shopper is that shopper's from
 * then on, unsent changes too. What is private stays private. One transaction, while no tab sends; the other tabs load
 * themselves again, because they know the earlier id. The page is to be loaded again afterwards.
 */
export async function adoptShopper(userId: string): Promise<void> {
  const { device } = await loadSettings();
  await withOutboxAtRest(() =>
    writing(['settings', 'sync', 'outbox', 'activity', 'histories'], async (transaction) => {
      const settings = transaction.objectStore('settings');
      await settings.put({ ...device, id: userId }, 'device');
      await settings.put(userId, 'shopper_id');
      await settings.put(true, 'sync');
      const sync = transaction.objectStore('sync');
      const state = await sync.get('state');
      await sync.put({ clock_ms: state?.clock_ms ?? 0, cursor: null }, 'state');
      const outbox = transaction.objectStore('outbox');
      for (const entry of await outbox.getAll()) {
        if (shopperOf(entry) === device.id) await outbox.put(withShopper(entry, userId));
      }
      const activity = transaction.objectStore('activity');
      for (const done of await activity.getAll()) {
        if (done.user_id !== device.id) continue;
        await activity.delete([done.user_id, done.item_id, done.type]);
        await activity.put({ ...done, user_id: userId });
      }
      await transaction.objectStore('histories').delete(device.id);
    }),
  );
  announceForgotten();
}

function withShopper(entry: OutboxEntry, userId: string): OutboxEntry {
  return 'event' in entry
    ? { ...entry, event: { ...entry.event, user_id: userId } }
    : { ...entry, watch: { ...entry.watch, user_id: userId } };
}
