import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { importProducts } from '../import/import-products.ts';
import { openComparisonWorld } from './testing/comparison-world.ts';
import { declarationOf, startLoopbackShop } from './testing/loopback-shop.ts';

/** What a terminal obeys, or an eye is deceived by, in any text that the answers hold. */
const OBEYED = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\p{Cs}]/u;
const HOSTILE = [
  'Kettle \u001B[31mred\u001B[0m',
  'Kettle \u001B]0;owned\u0007of steel',
  'Kettle \u202E00.1 RUE\u202C of copper',
  'Kettle\u0000 \u009B2Jof glass\u007F',
];
const SEEN = ['Kettle 00.1 RUE of copper', 'Kettle of glass', 'Kettle of steel', 'Kettle red'];
const HONEST = ['Kettle קומקום חשמלי', 'Kettle قوري شاي', 'Kettle 👩‍👩‍👧‍👦 family'];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

/** Every text in a JSON value, keys included. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each)]);
}

async function openWorld(names: string[]) {
  const products = names.map((name, index) => ({ name, price: `${40 + index}.00` }));
  const shop = await startLoopbackShop({ id: 'hostile', products });
  const declaration = declarationOf(shop, { name: 'Shop \u001B[31m\u202Ehostile', pace: { min_delay_ms: 0 } });
  const world = await openComparisonWorld([declaration], { redisUrl: null });
  open.push(shop, world);
  return { shop, world };
}

test('no answer, event or stored product carries what a terminal would obey', async () => {
  const { shop, world } = await openWorld(HOSTILE);
  const { jobId } = await world.comparisons.start('kettle', 'EUR');
  for await (const { data } of world.queue.events(jobId)) {
    for (const text of textsOf(data)) expect(text).not.toMatch(OBEYED);
  }
  const { offers } = await world.comparisons.compare('kettle', 'EUR');
  expect(offers.map(({ title }) => title).sort()).toEqual(SEEN);
  expect(new Set(offers.map(({ shop_name }) => shop_name))).toEqual(new Set(['Shop hostile']));
  const stored = await world.store.products.search({ query: 'kettle', limit: 9, offset: 0 });
  expect(stored.items.length).toBeGreaterThan(0);
  for (const text of textsOf(stored.items)) expect(text).not.toMatch(OBEYED);

  const byAddress = await world.comparisons.compare(`${shop.origin}/p/0`, 'EUR');
  expect(byAddress.recognised?.title).toBe('Kettle red');
  for (const text of textsOf(byAddress)) expect(text).not.toMatch(OBEYED);
});

test('a page whose title is a megabyte of hidden text takes no longer than any other', async () => {
  const { shop, world } = await openWorld([`Kettle ${'\u{E0041}'.repeat(250_000)}of copper`]);
  const { recognised } = await world.comparisons.compare(`${shop.origin}/p/0`, 'EUR');
  expect(recognised?.title).toBe('Kettle of copper');
});

test('what people write stays: Hebrew, Arabic, emoji of several people', async () => {
  const { world } = await openWorld(HONEST);
  const { offers } = await world.comparisons.compare('kettle', 'EUR');
  expect(offers.map(({ title }) => title).sort()).toEqual([...HONEST].sort());
});

test('nor does an imported product', async () => {
  const { world } = await openWorld([]);
  const folder = await mkdtemp(join(tmpdir(), 'magpie-hostile-text-'));
  const row = { id: 'p1', title: HOSTILE[0], brand: HOSTILE[1], description: `one\u001B[2J\ntwo` };
  await writeFile(join(folder, 'products.jsonl'), `${JSON.stringify(row)}\n`);
  await importProducts(world.store, join(folder, 'products.jsonl'), { strict: true, dryRun: false });
  expect(await world.store.products.get('p1')).toMatchObject({
    title: 'Kettle red',
    brand: 'Kettle of steel',
    description: 'one\ntwo',
  });
  await rm(folder, { recursive: true });
});
