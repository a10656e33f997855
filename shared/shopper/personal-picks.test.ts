import { describe, expect, test } from 'vitest';
import { IdMap } from '../recommender/interactions/id-map.ts';
import type { FactorModel } from '../recommender/model/factor-model.ts';
import { openScorer } from '../recommender/scoring/scorer-cpu.ts';
import { defaultParameters } from '../recommender/training/parameters.ts';
import { knownItems, personalPicks, reasonsOf } from './personal-picks.ts';
import { similarItems } from './similar-items.ts';
import { NO_TASTE, tasteOf } from './taste.ts';

/** Things for tea point one way, tools the other. */
const model: FactorModel = {
  nFactors: 2,
  users: new IdMap(),
  items: IdMap.of(['kettle', 'teapot', 'cup', 'drill', 'saw']),
  userFactors: new Float32Array(),
  itemFactors: Float32Array.of(1, 0.1, 0.9, 0.2, 0.8, 0, 0.1, 1, 0, 0.9),
  parameters: { ...defaultParameters('implicit'), nFactors: 2 },
};
const scored = { model, scorer: openScorer(model) };
const bought = { itemId: 'kettle', type: 'purchase', value: 1 } as const;
const viewed = { itemId: 'unheard of', type: 'view', value: 1 } as const;

describe('a taste', () => {
  test('has all preferences, and those of them that the model knows', () => {
    const taste = tasteOf(model, [bought, viewed, { ...viewed, itemId: 'kettle' }]);
    expect([...taste.preferences.keys()]).toEqual(['kettle', 'unheard of']);
    expect(taste.seen).toEqual([{ item: 0, value: 2 }]);
  });
});

describe('personal picks', () => {
  test('are the best items but for those that are excluded, with what speaks for them', async () => {
    const picks = await personalPicks(scored, tasteOf(model, [bought, viewed]), {
      limit: 2,
      exclude: knownItems(model, ['kettle', 'teapot', 'unheard of']),
    });
    expect(picks.map(({ itemId }) => itemId)).toEqual(['cup', 'drill']);
    expect(picks[0]!.score).toBeGreaterThan(picks[1]!.score);
    expect(picks[0]!.reasons).toEqual([{ itemId: 'kettle', event: 'purchase', share: expect.closeTo(1) }]);
  });

  test('are none for a shopper of whom the model knows nothing', async () => {
    for (const taste of [NO_TASTE, tasteOf(model, [viewed])]) {
      expect(await personalPicks(scored, taste, { limit: 3, exclude: [] })).toEqual([]);
    }
  });
});

test('reasons name the greatest share first, and are none where the shopper’s own speaks against the item', async () => {
  const taste = tasteOf(model, [bought, { itemId: 'cup', type: 'view', value: 1 }]);
  const [forTeapot = [], against] = await reasonsOf(scored, taste, [
    { item: 1, score: 1 },
    { item: 4, score: -1 },
  ]);
  expect(forTeapot.map(({ itemId, event }) => [itemId, event])).toEqual([
    ['kettle', 'purchase'],
    ['cup', 'view'],
  ]);
  expect(against).toEqual([]);
});

describe('similar items', () => {
  const categories = new Map([
    ['teapot', 'Gifts'],
    ['cup', 'Kitchen'],
    ['drill', 'Tools'],
  ]);
  const read = (ids: readonly string[]): Promise<Map<string, { id: string; category: string }>> =>
    Promise.resolve(
      new Map(
        ids.flatMap((id) => {
          const category = categories.get(id);
          return category === undefined ? [] : [[id, { id, category }] as const];
        }),
      ),
    );
  const ids = async (category: string | null, limit = 3): Promise<string[] | undefined> =>
    (await similarItems(scored, { itemId: 'kettle', category, limit }, read))?.map(({ id }) => id);

  test('are of the same category first, each part in the order of nearness', async () => {
    expect(await ids('Gifts')).toEqual(['teapot', 'cup', 'drill']);
    expect(await ids('Gifts', 1)).toEqual(['teapot']);
  });

  test('stand in the order of nearness where the item has no category, without those that cannot be shown', async () => {
    expect(await ids(null, 4)).toEqual(['cup', 'teapot', 'drill']);
  });

  test('are unknown for an item that the model does not know', async () => {
    expect(await similarItems(scored, { itemId: 'unheard of', category: null, limit: 3 }, read)).toBeNull();
  });
});
