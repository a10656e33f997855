import type { Page } from '@playwright/test';

/** All rows of a store of the device's database, as the page would read them. */
export function rowsOf(page: Page, store: string): Promise<unknown[]> {
  return page.evaluate(async (name) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('magpie'));
    const rows = await done(db.transaction(name).objectStore(name).getAll());
    db.close();
    return rows;
  }, store);
}

/** The device's id, and the secret that proves it. */
export async function identityOf(page: Page): Promise<{ id: string; token: string }> {
  const settings = await rowsOf(page, 'settings');
  const identity = settings.find((value) => typeof value === 'object' && value !== null && 'token' in value);
  return identity as { id: string; token: string };
}
