import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { readActivity } from './activity.ts';
import { database } from './database.ts';
import { readOutbox, readPrivate } from './outbox.ts';
import { emptyDisk } from './testing/empty-disk.ts';

const DEVICE = { id: `d-${'a'.repeat(32)}`, token: 'secret' };
const AT = '2026-11-22T12:00:00.000Z';
const EVENT = { id: 'e1', user_id: DEVICE.id, item_id: 'kettle', type: 'rating', value: 4, occurred_at: AT };

/** A database as Magpie 0.1 left it: version 2, without marks. */
async function writeEarlier({ sync }: { sync: boolean }): Promise<void> {
  const db = await openDB('magpie', 2, {
    upgrade(earlier) {
      earlier.createObjectStore('settings');
      earlier.createObjectStore('outbox', { keyPath: 'id' });
      const activity = earlier.createObjectStore('activity', { keyPath: ['user_id', 'item_id', 'type'] });
      activity.createIndex('by_shopper', ['user_id', 'occurred_at']);
      earlier.createObjectStore('watches', { keyPath: 'product_id' });
      const comparisons = earlier.createObjectStore('comparisons', { keyPath: ['query', 'currency'] });
      comparisons.createIndex('by_age', 'saved_at');
      earlier.createObjectStore('histories');
    },
  });
  await db.put('settings', DEVICE, 'device');
  await db.put('settings', sync, 'sync');
  await db.put('outbox', { id: 'e1', event: EVENT, title: 'Kettle', state: 'waiting', reason: null });
  const { id: _id, ...done } = EVENT;
  await db.put('activity', { ...done, title: 'Kettle', image: null });
  await db.put('activity', { ...done, item_id: 'lamp', title: 'Lamp', image: null });
  await db.put('watches', { product_id: 'sofa', product: { product_id: 'sofa', title: 'Sofa' }, added_at: AT });
  db.close();
}

beforeEach(emptyDisk);

test('what an earlier version recorded with sync off is private, and nothing of it is lost', async () => {
  await writeEarlier({ sync: false });
  expect((await readPrivate()).map(({ title }) => title).sort()).toEqual(['Kettle', 'Sofa']);
  expect((await readActivity(DEVICE.id)).map(({ item_id, id }) => [item_id, id]).sort()).toEqual([
    ['kettle', 'e1'],
    ['lamp', ''],
  ]);
  expect(await (await database()).getAll('watches')).toMatchObject([{ product_id: 'sofa', is_watched: true }]);
});

test('with sync on, its events are still sent; its watches were never to be', async () => {
  await writeEarlier({ sync: true });
  const { waiting, held } = await readOutbox();
  expect(waiting.map(({ title }) => title)).toEqual(['Kettle']);
  expect(held.map(({ title }) => title)).toEqual(['Sofa']);
});
