import { describe, expect, test } from 'vitest';
import { buildInteractions } from '../interactions/build-interactions.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { Dataset } from '../interactions/interactions.ts';
import { TripleBuffer } from '../interactions/triples.ts';
import type { FactorModel } from '../model/factor-model.ts';
import { defaultParameters } from '../training/parameters.ts';
import { evaluatePopularity, evaluateRanking, evaluateRatings, type TestSet } from './evaluation.ts';

type Row = [user: string, item: string, rating: number];

function testSet(rows: readonly Row[]): TestSet {
  const [users, items, triples] = [new IdMap(), new IdMap(), new TripleBuffer()];
  for (const [user, item, rating] of rows) triples.add(users.intern(user), items.intern(item), rating);
  return { users, items, triples: triples.triples() };
}

function dataset(rows: readonly Row[]): Dataset {
  const { users, items, triples } = testSet(rows);
  return { users, items, interactions: buildInteractions(triples, { nUsers: users.size, nItems: items.size }, 'last') };
}

/** One factor: users' factor times items' factor is the score. */
function modelOf({ users, items }: Dataset, userFactors: number[], itemFactors: number[]): FactorModel {
  return {
    nFactors: 1,
    users,
    items,
    userFactors: Float32Array.from(userFactors),
    itemFactors: Float32Array.from(itemFactors),
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  };
}

describe('evaluating ratings', () => {
  const train = dataset([
    ['ann', 'tea', 2],
    ['bob', 'tea', 4],
    ['bob', 'jam', 3],
  ]);
  const model = modelOf(train, [1, 2], [1.5, 3]);

  test('predicts u·v, clipped to the range of the training ratings', () => {
    // bob × jam = 6, which becomes 4; ann × tea = 1.5, which becomes 2.
    const rmse = evaluateRatings(
      model,
      train,
      testSet([
        ['bob', 'jam', 3],
        ['ann', 'tea', 2],
      ]),
    );
    expect(rmse).toBeCloseTo(Math.sqrt((1 + 0) / 2), 6);
  });

  test('predicts the mean for a user or an item that it does not know', () => {
    const rmse = evaluateRatings(
      model,
      train,
      testSet([
        ['cyd', 'tea', 5],
        ['ann', 'ham', 1],
      ]),
    );
    expect(rmse).toBeCloseTo(Math.sqrt((4 + 4) / 2), 6);
  });

  test('finds users and items by their ids, whatever their order in the test file', () => {
    const rmse = evaluateRatings(
      model,
      train,
      testSet([
        ['ann', 'jam', 3],
        ['bob', 'tea', 3],
      ]),
    );
    expect(rmse).toBeCloseTo(0, 6);
  });
});

describe('evaluating rankings', () => {
  const train = dataset([
    ['ann', 'a', 1],
    ['ann', 'b', 1],
    ['bob', 'b', 1],
    ['cyd', 'c', 1],
    ['cyd', 'b', 1],
    ['dan', 'd', 1],
    ['dan', 'c', 1],
  ]);
  const model = modelOf(train, [1, 1, -1, 1], [4, 3, 2, 1]);

  test('recommends what the user does not have yet', async () => {
    // ann has a and b: c comes first, then d.
    const metrics = await evaluateRanking(model, train, testSet([['ann', 'c', 1]]), 1);
    expect(metrics).toMatchObject({ recall: 1, users: 1 });
  });

  test('counts held-out items that it does not know as missed', async () => {
    const test = testSet([
      ['ann', 'c', 1],
      ['ann', 'x', 1],
      ['ann', 'y', 1],
      ['ann', 'z', 1],
    ]);
    expect((await evaluateRanking(model, train, test, 1)).recall).toBeCloseTo(1 / 4, 12);
  });

  test('gives a stranger the popular items', async () => {
    // b is the most popular, c comes next.
    const metrics = await evaluateRanking(
      model,
      train,
      testSet([
        ['eve', 'b', 1],
        ['eve', 'c', 1],
      ]),
      2,
    );
    expect(metrics).toMatchObject({ recall: 1, ndcg: 1, map: 1, users: 1 });
  });

  test('has popularity to be compared with, which leaves out what the user has', () => {
    expect(evaluatePopularity(train, testSet([['ann', 'c', 1]]), 1).recall).toBe(1);
    expect(
      evaluatePopularity(
        train,
        testSet([
          ['bob', 'c', 1],
          ['ann', 'd', 1],
        ]),
        1,
      ).recall,
    ).toBe(0.5);
  });
});
