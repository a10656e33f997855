import { expect, test } from 'vitest';
import type { ProductCard } from '../../../shared/api/device-model.ts';
import { IdMap } from '../../../shared/recommender/interactions/id-map.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { defaultParameters } from '../../../shared/recommender/training/parameters.ts';
import { DeviceRecommender } from './device-recommender.ts';

const ids = ['kettle', 'teapot', 'cup', 'drill', 'saw', 'gone'];
/** Things for tea point one way, tools the other. */
const model: FactorModel = {
  nFactors: 2,
  users: new IdMap(),
  items: IdMap.of(ids),
  userFactors: new Float32Array(),
  itemFactors: Float32Array.of(1, 0.1, 0.9, 0.2, 0.8, 0, 0.1, 1, 0, 0.9, 0.5, 0),
  parameters: { ...defaultParameters('implicit'), nFactors: 2 },
};
const card = (id: string, category: string): ProductCard => ({
  product_id: id,
  title: id.toUpperCase(),
  image: null,
  category,
  list_price: null,
});
const products = [
  card('kettle', 'Kitchen'),
  card('teapot', 'Gifts'),
  card('cup', 'Kitchen'),
  card('drill', 'Tools'),
  card('saw', 'Tools'),
];

const open = () =>
  DeviceRecommender.open({ version: 'v1', model, products, choice: 'threads', onFailure: () => expect.unreachable() });
const bought = { itemId: 'kettle', type: 'purchase', value: 1 } as const;

test('what is recommended follows from the shopper’s own, says so, and leaves out what is known', async () => {
  const recommender = await open();
  recommender.setEvents([bought]);
  const { modelVersion, items } = await recommender.recommend(2, ['kettle']);
  expect(modelVersion).toBe('v1');
  expect(items.map(({ item_id }) => item_id)).toEqual(['teapot', 'cup']);
  expect(items[0]?.reasons).toEqual([
    { kind: 'because_of', item_id: 'kettle', title: 'KETTLE', event: 'purchase', share: expect.closeTo(1) },
  ]);
});

test('another taste gives other items; what is disliked counts for nothing', async () => {
  const recommender = await open();
  recommender.setEvents([{ itemId: 'drill', type: 'rating', value: 5 }]);
  expect((await recommender.recommend(1, ['drill'])).items[0]?.item_id).toBe('saw');
  recommender.setEvents([{ itemId: 'drill', type: 'rating', value: 1 }]);
  expect((await recommender.recommend(1, ['drill'])).items).toEqual([]);
});

test('of a shopper who did nothing, or only what the model does not know, nothing is made up', async () => {
  const recommender = await open();
  expect((await recommender.recommend(3, [])).items).toEqual([]);
  recommender.setEvents([{ itemId: 'unheard of', type: 'view', value: 1 }]);
  expect((await recommender.recommend(3, [])).items).toEqual([]);
});

test('an item that nothing can be shown of is not recommended', async () => {
  const recommender = await open();
  recommender.setEvents([bought]);
  expect((await recommender.recommend(9, [])).items.map(({ item_id }) => item_id)).not.toContain('gone');
});

test('similar products are of the same category first, then what goes with them', async () => {
  const recommender = await open();
  expect((await recommender.similar('kettle', 3))?.map(({ product_id }) => product_id)).toEqual([
    'cup',
    'teapot',
    'drill',
  ]);
  expect(await recommender.similar('unheard of', 3)).toBeNull();
});

test('what hardly suits is not explained as if it did', async () => {
  const recommender = await open();
  recommender.setEvents([bought]);
  expect(await recommender.explain('saw')).toEqual([]);
  expect(await recommender.explain('drill')).toEqual([]);
});

test('an item is explained by the others of the shopper’s own, never by itself', async () => {
  const recommender = await open();
  recommender.setEvents([bought, { itemId: 'teapot', type: 'view', value: 1 }]);
  expect((await recommender.explain('teapot')).map(({ item_id }) => item_id)).toEqual(['kettle']);
  expect(await recommender.explain('unheard of')).toEqual([]);
});
