import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { database } from '../database.ts';

/** Puts an empty IndexedDB, in memory, under the page's code: a browser on its first visit. */
export async function emptyDisk(): Promise<void> {
  const connection = unwrap(await database());
  const closed = new Promise((resolve) => connection.addEventListener('close', resolve));
  forceCloseDatabase(connection as never);
  await closed;
  globalThis.indexedDB = new IDBFactory();
}
