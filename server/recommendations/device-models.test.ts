import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { readInteractions } from '../../shared/recommender/interactions/interactions-file.ts';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { openScorer } from '../../shared/recommender/scoring/scorer-cpu.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import { openStore } from '../store/open-store.ts';
import type { EventRecord, Store } from '../store/store.ts';
import { DeviceModels } from './device-models.ts';

const model: FactorModel = {
  nFactors: 2,
  users: IdMap.of(['ada', '7']),
  items: IdMap.of(['tea', 'kettle', 'gone']),
  userFactors: Float32Array.of(1, 0, 0, 1),
  itemFactors: Float32Array.of(1, 2, 3, 4, 5, 6),
  parameters: { ...defaultParameters('implicit'), nFactors: 2 },
};

let dataDir: string;
let store: Store;
let models: DeviceModels;
let current: FactorModel | null = model;

function event(id: string, values: Partial<EventRecord>): EventRecord {
  return {
    id,
    userId: '7',
    itemId: 'tea',
    type: 'view',
    value: 1,
    occurredAt: new Date(),
    source: 'tour',
    ...values,
  };
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'magpie-device-'));
  store = await openStore({ dataDir, databaseUrl: null });
  const product = { brand: null, category: 'Kitchen', description: null, gtin: null, mpn: null, source: 'test' };
  await store.products.upsert([
    { ...product, id: 'kettle', title: 'Kettle', image: 'https://shop.example/k.jpg', listPrice: null },
    { ...product, id: 'tea', title: 'Tea', image: '/images/demo/tea.svg', listPrice: { minor: 499, currency: 'EUR' } },
  ]);
  await store.publicShoppers.add(['7', '8'], 'tour');
  await store.events.append([
    event('e1', {}),
    event('e2', { itemId: 'kettle', type: 'purchase', value: 6 }),
    event('e3', { itemId: 'kettle', userId: '8' }),
    event('e4', { userId: 'ada', source: 'api' }),
    event('e5', { userId: '7', itemId: 'gone', source: 'api' }),
  ]);
  const loaded = () => Promise.resolve(current && { version: 'v1', model: current, scorer: openScorer(current) });
  models = new DeviceModels(store, loaded);
});

afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

describe('what a device downloads', () => {
  test('is named with its sizes', async () => {
    const file = await models.itemFactors('v1');
    expect(await models.current()).toEqual({
      version: 'v1',
      nItems: 3,
      nFactors: 2,
      sizeBytes: file?.byteLength,
      hasInteractions: true,
    });
  });

  test('has the items of the model and none of its users', async () => {
    const read = readFactorModel((await models.itemFactors('v1'))!);
    expect(read.itemFactors).toEqual(model.itemFactors);
    expect(read.items.ids).toEqual(model.items.ids);
    expect(read.parameters).toEqual(model.parameters);
    expect([read.users.size, read.userFactors.length]).toEqual([0, 0]);
  });

  test('has products in the order of the model, without items that are none any more', async () => {
    expect(await models.products('v1')).toEqual([
      expect.objectContaining({ id: 'tea', title: 'Tea', category: 'Kitchen' }),
      expect.objectContaining({ id: 'kettle' }),
    ]);
  });

  test('to train on are the invented shoppers alone, by number: never what a person did', async () => {
    const { items, nUsers, triples } = readInteractions((await models.interactions('v1'))!);
    const pairs = Array.from(triples.users, (user, i) => [user, items.idOf(triples.items[i]!), triples.values[i]]);
    expect(nUsers).toBe(2);
    expect(pairs).toEqual([
      [0, 'tea', 1],
      [0, 'kettle', 1],
      [1, 'kettle', 1],
    ]);
  });

  test('is of the current version only, and nothing where there is no model', async () => {
    for (const gone of [models.itemFactors('v0'), models.products('v0'), models.interactions('v0')]) {
      expect(await gone).toBeNull();
    }
    current = null;
    expect(await models.current()).toBeNull();
    current = model;
  });
});
