import { announceForgotten } from './changes.ts';
import { type Activity, database } from './database.ts';
import { withOutboxAtRest } from './outbox.ts';
import { loadSettings } from './settings.ts';

/**
 * Makes this device one of a shopper's: it keeps its token, and all that it has of its own shopper is that shopper's from
 * then on, unsent events too. What was recorded while sync was off stays on this device, under its earlier id. One
 * transaction, while no tab sends; the other tabs load themselves again, because they know the earlier id. The page is to be
 * loaded again afterwards.
 */
export async function adoptShopper(userId: string): Promise<void> {
  const { device, sync } = await loadSettings();
  await withOutboxAtRest(async () => {
    const db = await database();
    const stores = db.transaction(['settings', 'outbox', 'activity', 'histories'], 'readwrite', {
      durability: 'strict',
    });
    const settings = stores.objectStore('settings');
    await settings.put({ ...device, id: userId }, 'device');
    await settings.put(userId, 'shopper_id');
    await settings.put(true, 'sync');
    const outbox = stores.objectStore('outbox');
    for (const entry of await outbox.getAll()) {
      if (entry.event.user_id !== device.id || !sync) continue;
      await outbox.put({ ...entry, event: { ...entry.event, user_id: userId } });
    }
    const activity = stores.objectStore('activity');
    for (const done of await activity.getAll()) {
      if (done.user_id !== device.id) continue;
      await activity.delete([done.user_id, done.item_id, done.type]);
      await activity.put({ ...done, user_id: userId });
    }
    await stores.objectStore('histories').delete(device.id);
    await stores.done;
  });
  announceForgotten();
}

/** Keeps what the shopper did on other devices, where this one knows nothing newer. @returns whether anything was new */
export async function keepNewer(activities: readonly Activity[]): Promise<boolean> {
  const transaction = (await database()).transaction('activity', 'readwrite');
  let isNew = false;
  for (const activity of activities) {
    const known = await transaction.store.get([activity.user_id, activity.item_id, activity.type]);
    if (known !== undefined && known.occurred_at >= activity.occurred_at) continue;
    await transaction.store.put(activity);
    isNew = true;
  }
  await transaction.done;
  return isNew;
}
