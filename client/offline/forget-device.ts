import { openDB } from 'idb';
import { announceForgotten } from './changes.ts';

/** The app's own files, the same on every device, are in caches with this beginning (workbox-precaching). */
const APP_FILES = 'workbox-precache';

/**
 * Deletes everything that this browser keeps for Magpie but the app's own files: the databases (also workbox's, which knows
 * which pictures were shown), kept answers and models, the settings. The next load of the page makes a new identity; the
 * other tabs load themselves again.
 */
export async function forgetDevice(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) await clearDatabase(name);
  // Insecure contexts have no caches.
  const names = 'caches' in window ? await caches.keys() : [];
  await Promise.all(names.filter((name) => !name.startsWith(APP_FILES)).map((name) => caches.delete(name)));
  localStorage.clear();
  announceForgotten();
}

/** Its stores stay, empty: other tabs and the service worker have it open, and a deletion would wait for them. */
async function clearDatabase(name: string): Promise<void> {
  const db = await openDB(name);
  const stores = [...db.objectStoreNames];
  if (stores.length > 0) {
    const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
    await Promise.all([...stores.map((store) => transaction.objectStore(store).clear()), transaction.done]);
  }
  db.close();
}
