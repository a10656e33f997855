import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threadsBackend } from '../backends/threads/threads-backend.ts';
import { IdMap } from '../interactions/id-map.ts';
import type { FactorModel } from '../model/factor-model.ts';
import { randomFactors, randomProblem } from '../testing/test-problems.ts';
import { defaultParameters, type Feedback } from '../training/parameters.ts';
import { seededRandom } from '../training/random-start.ts';
import type { ScoredItem } from './scorer.ts';
import { openScorer } from './scorer-cpu.ts';

function randomModel(
  nUsers: number,
  nItems: number,
  k: number,
  seed: number,
  feedback: Feedback = 'implicit',
): FactorModel {
  const random = seededRandom(seed);
  const ids = (n: number): IdMap => IdMap.of(Array.from({ length: n }, (_, i) => `${i}`));
  // Norms of all sizes, so that a search can end early; some items alike, and some without any factors.
  const rows = (n: number): Float32Array => {
    const factors = new Float32Array(n * k);
    for (let r = 0; r < n; r++) {
      const size = r % 11 === 0 ? 0 : random() ** 3;
      for (let f = 0; f < k; f++)
        factors[r * k + f] = r % 7 === 6 ? factors[(r - 1) * k + f]! : size * (2 * random() - 1);
    }
    return factors;
  };
  return {
    nFactors: k,
    users: ids(nUsers),
    items: ids(nItems),
    userFactors: rows(nUsers),
    itemFactors: rows(nItems),
    parameters: { ...defaultParameters(feedback), nFactors: k, confidence: 'linear:2' },
  };
}

function scores(model: FactorModel, user: ArrayLike<number>): number[] {
  const k = model.nFactors;
  return Array.from({ length: model.items.size }, (_, item) => {
    let sum = 0;
    for (let f = 0; f < k; f++) sum += user[f]! * model.itemFactors[item * k + f]!;
    return sum;
  });
}

function bestOf(all: readonly number[], k: number, excluded: ReadonlySet<number>): ScoredItem[] {
  return all
    .map((score, item) => ({ item, score }))
    .filter(({ item }) => !excluded.has(item))
    .sort((a, b) => b.score - a.score || a.item - b.item)
    .slice(0, k);
}

/** Same items in the same order; scores but for the order of summation. */
function expectSame(found: readonly ScoredItem[], expected: readonly ScoredItem[]): void {
  expect(found.map(({ item }) => item)).toEqual(expected.map(({ item }) => item));
  found.forEach(({ score }, i) => {
    expect(score).toBeCloseTo(expected[i]!.score, 10);
  });
}

describe('top-K', () => {
  test('is what sorting all scores gives, without those excluded, for any model', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          nItems: fc.integer({ min: 1, max: 300 }),
          k: fc.integer({ min: 1, max: 20 }),
          count: fc.integer({ min: 0, max: 40 }),
          excluded: fc.array(fc.nat({ max: 299 }), { maxLength: 60 }),
          seed: fc.nat(),
        }),
        async ({ nItems, k, count, excluded, seed }) => {
          const model = randomModel(1, nItems, k, seed);
          const user = randomModel(2, 1, k, seed + 1).userFactors.subarray(k);
          const found = await openScorer(model).topK(user, { k: count, exclude: excluded });
          expectSame(found, bestOf(scores(model, user), count, new Set(excluded)));
        },
      ),
    );
  });

  test('of many users at once is that of each', async () => {
    const model = randomModel(150, 400, 9, 3);
    const excluded = Array.from({ length: 150 }, (_, user) => new Set([user, user + 1, 2 * user]));
    const scorer = openScorer(model);
    const users = Float64Array.from(model.userFactors);
    const found = await scorer.topKBatch(users, { k: 12, exclude: (user) => excluded[user]! });
    expect(found).toHaveLength(150);
    found.forEach((ranking, user) => {
      expectSame(ranking, bestOf(scores(model, users.subarray(9 * user, 9 * user + 9)), 12, excluded[user]!));
    });
  });
});

describe('similar items', () => {
  test('are those of the greatest cosine, without the item itself', async () => {
    const model = randomModel(1, 120, 8, 5);
    const found = await openScorer(model).similar(3, 10);
    const k = model.nFactors;
    const own = model.itemFactors.subarray(3 * k, 4 * k);
    const norm = (v: Float32Array): number => Math.hypot(...v);
    const cosines = scores(model, own).map((product, item) => {
      const size = norm(own) * norm(model.itemFactors.subarray(item * k, (item + 1) * k));
      return size > 0 ? product / size : 0;
    });
    expectSame(found, bestOf(cosines, 10, new Set([3])));
  });

  test('of an item that is not in the model are refused', async () => {
    await expect(openScorer(randomModel(1, 5, 2, 1)).similar(5, 3)).rejects.toThrow(
      /item 5 is not one of the model's 5 items/,
    );
  });
});

describe.for(['explicit', 'implicit'] as const)('folding in, with %s feedback,', (feedback) => {
  const objective =
    feedback === 'explicit'
      ? ({ feedback, lambda: 0.1 } as const)
      : ({ feedback, lambda: 0.01, alpha0: 0.1, nu: 1 } as const);
  const problem = randomProblem(
    { nUsers: 30, nItems: 25, nFactors: 6, objective, density: 0.4, confidence: 'linear:2' },
    9,
  );
  const { users, items } = randomFactors(problem, 1);
  const model: FactorModel = {
    ...randomModel(30, 25, 6, 1, feedback),
    userFactors: Float32Array.from(users),
    itemFactors: Float32Array.from(items),
  };
  const scorer = openScorer(model);
  const seenBy = (user: number): { item: number; value: number }[] => {
    const { rowPtr, cols, values, weights } = problem.interactions.byUser;
    return Array.from({ length: rowPtr[user + 1]! - rowPtr[user]! }, (_, i) => {
      const e = rowPtr[user]! + i;
      return { item: cols[e]!, value: feedback === 'explicit' ? values[e]! : (weights![e]! - 1) / 2 };
    });
  };

  test('gives what a sweep of training gives the same user', async () => {
    const space = await threadsBackend({ useWorkers: false }).open(problem);
    const [x, px] = [space.vector(), space.vector()];
    space.write(x, { users, items });
    space.sweep(x, px);
    const swept = await space.read(px);
    space.close();
    for (const user of [0, 7, 29]) {
      const folded = await scorer.foldIn(seenBy(user));
      folded.forEach((factor, f) => {
        expect(factor).toBeCloseTo(swept.users[6 * user + f]!, 4);
      });
    }
  });

  test('explains a score as a sum over what was seen, largest first', async () => {
    const seen = seenBy(4);
    const user = await scorer.foldIn(seen);
    const items = [0, 11, 24];
    const explained = await scorer.explain(items, seen, seen.length);
    expect(explained).toHaveLength(items.length);
    for (const [i, item] of items.entries()) {
      const reasons = explained[i]!;
      const total = reasons.reduce((sum, { contribution }) => sum + contribution, 0);
      expect(total).toBeCloseTo(scores(model, user)[item]!, 9);
      expect(reasons.map((reason) => reason.item).toSorted((a, b) => a - b)).toEqual(seen.map((one) => one.item));
      expect(reasons.map((reason) => reason.contribution)).toEqual(
        reasons.map((reason) => reason.contribution).toSorted((a, b) => b - a),
      );
      expect((await scorer.explain([item], seen, 2))[0]).toEqual(reasons.slice(0, 2));
    }
  });

  test('counts a repeated item as training does', async () => {
    const twice = [
      { item: 2, value: 1 },
      { item: 5, value: 3 },
      { item: 2, value: 4 },
    ];
    const merged = [
      { item: 5, value: 3 },
      { item: 2, value: feedback === 'explicit' ? 4 : 5 },
    ];
    expect(await scorer.foldIn(twice)).toEqual(await scorer.foldIn(merged));
  });

  test('of nothing gives zeros and no reasons', async () => {
    expect([...(await scorer.foldIn([]))]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await scorer.explain([1, 2], [], 2)).toEqual([[], []]);
  });

  test('refuses an item that is not in the model', async () => {
    await expect(scorer.foldIn([{ item: 25, value: 1 }])).rejects.toThrow(/item 25 is not one of the model's 25 items/);
    await expect(scorer.explain([3, -1], [{ item: 0, value: 1 }], 2)).rejects.toThrow(RangeError);
  });
});
