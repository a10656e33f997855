import type { Page } from '@playwright/test';
import { rowsOf } from './device-database.ts';

/** An event as the outbox of 0.1.0 has it. */
export interface ReleasedEntry {
  id: string;
  event: { id: string; user_id: string; item_id: string; type: string; value: number; occurred_at: string };
  title: string;
  state: 'waiting' | 'rejected';
  reason: string | null;
}

/**
 * Makes the device's database as version 0.1.0 made and filled it (client/offline/database.ts of commit 89acb69), before any page of
 * this version has opened it.
 * @param origin of the app; empty for the server of the tests
 * @param options.items products as the API gives them
 * @returns what its outbox holds: of the device's own shopper a view, a rating and a purchase of each item, of demo shopper 31 a
 * view, and one event that a server had rejected
 */
export async function makeReleasedDatabase(
  page: Page,
  origin: string,
  options: { items: { product_id: string; title: string }[]; sync: boolean },
): Promise<ReleasedEntry[]> {
  // At the app's origin, but none of its pages; with an icon, since the browser asks for one.
  const path = '/before-the-upgrade';
  await page.route(`**${path}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto(`${origin}${path}`);
  await page.unroute(`**${path}`);
  return page.evaluate(async ({ items, sync }) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('magpie', 2);
      request.onupgradeneeded = () => {
        const made = request.result;
        made.createObjectStore('histories');
        made.createObjectStore('settings');
        made.createObjectStore('outbox', { keyPath: 'id' });
        const activity = made.createObjectStore('activity', { keyPath: ['user_id', 'item_id', 'type'] });
        activity.createIndex('by_shopper', ['user_id', 'occurred_at']);
        made.createObjectStore('watches', { keyPath: 'product_id' });
        const comparisons = made.createObjectStore('comparisons', { keyPath: ['query', 'currency'] });
        comparisons.createIndex('by_age', 'saved_at');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const token = hex(crypto.getRandomValues(new Uint8Array(32)));
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
    const device = { id: `d-${hex(hash).slice(0, 32)}`, token };

    const occurred_at = '2026-11-22T12:00:00.000Z';
    const entryOf = (user_id: string, item: (typeof items)[number], type: string, value: number): ReleasedEntry => {
      const id = `019aabcd-0000-7${crypto.randomUUID().slice(15)}`;
      const event = { id, user_id, item_id: item.product_id, type, value, occurred_at };
      return { id, event, title: item.title, state: 'waiting', reason: null };
    };
    const entries = items.flatMap((item) => [
      ...[
        entryOf(device.id, item, 'view', 1),
        entryOf(device.id, item, 'rating', 5),
        entryOf(device.id, item, 'purchase', 1),
      ],
      entryOf('31', item, 'view', 1),
    ]);
    const rejected = {
      ...entryOf(device.id, items[0]!, 'rating', 9),
      state: 'rejected' as const,
      reason: 'value: too big',
    };

    const stores = ['settings', 'outbox', 'activity', 'watches'];
    const transaction = db.transaction(stores, 'readwrite');
    const [settings, outbox, activity, watches] = stores.map((name) => transaction.objectStore(name));
    for (const [key, value] of Object.entries({ device, shopper_id: device.id, sync, engine: 'auto' }))
      settings!.put(value, key);
    for (const entry of [...entries, rejected]) {
      const { id: _, ...event } = entry.event;
      outbox!.put(entry);
      activity!.put({ ...event, title: entry.title, image: null });
    }
    watches!.put({ product_id: items[0]!.product_id, product: items[0], added_at: occurred_at });
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
    db.close();
    return [...entries, rejected];
  }, options);
}

/** Ids of the events that the outbox holds now. */
export async function idsInOutbox(page: Page): Promise<string[]> {
  const entries = (await rowsOf(page, 'outbox')) as { id: string; event?: unknown }[];
  return entries.filter(({ event }) => event !== undefined).map(({ id }) => id);
}
