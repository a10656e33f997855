import { afterAll, describe, expect, test } from 'vitest';
import type { FactorModel } from '../../factor-model.ts';
import { IdMap } from '../../id-map.ts';
import { defaultParameters } from '../../parameters.ts';
import { seededRandom } from '../../random-start.ts';
import { openScorer } from '../../scorer-cpu.ts';
import type { Feedback } from '../../training.ts';
import { openWebGpu } from './webgpu-backend.ts';

const gpu = await openWebGpu();
afterAll(() => gpu.close());

test('the adapter is SwiftShader', () => {
  expect(gpu.adapterName).toMatch(/SwiftShader/);
});

function modelOf(feedback: Feedback, nItems: number, nFactors: number): FactorModel {
  const random = seededRandom(3);
  const factors = (n: number): Float32Array => Float32Array.from({ length: n * nFactors }, () => 2 * random() - 1);
  return {
    nFactors,
    users: IdMap.of(['0']),
    items: IdMap.of(Array.from({ length: nItems }, (_, i) => String(i))),
    userFactors: factors(1),
    itemFactors: factors(nItems),
    parameters: { ...defaultParameters(feedback), nFactors, confidence: feedback === 'implicit' ? 'linear:2' : '1' },
  };
}

describe.each([
  { feedback: 'explicit', nItems: 40, nFactors: 9 },
  { feedback: 'implicit', nItems: 1500, nFactors: 16 },
] as const)('$feedback, $nItems items, $nFactors factors:', ({ feedback, nItems, nFactors }) => {
  const model = modelOf(feedback, nItems, nFactors);
  const onProcessor = openScorer(model);

  test('folding in is one row solve', async () => {
    const scorer = await gpu.openScorer(model);
    for (const seen of [
      [{ item: 3, value: 4 }],
      Array.from({ length: 30 }, (_, item) => ({ item, value: 1 + (item % 5) })),
      [
        { item: 1, value: 2 },
        { item: 1, value: 5 },
      ],
      [],
    ]) {
      const [actual, expected] = [await scorer.foldIn(seen), await onProcessor.foldIn(seen)];
      expect(actual).toHaveLength(nFactors);
      actual.forEach((factor, f) => {
        expect(factor).toBeCloseTo(expected[f]!, 4);
      });
    }
    await expect(scorer.foldIn([{ item: nItems, value: 1 }])).rejects.toThrow(RangeError);
    scorer.close();
  });

  test('the best items are those of the processor, without the excluded, for one user and many', async () => {
    const scorer = await gpu.openScorer(model);
    const random = seededRandom(9);
    const users = Float64Array.from({ length: 7 * nFactors }, () => Math.fround(2 * random() - 1));
    const exclude = (user: number): ReadonlySet<number> =>
      new Set(Array.from({ length: 5 * user }, () => Math.floor(nItems * random())));
    const excluded = Array.from({ length: 7 }, (_, user) => exclude(user));
    for (const k of [1, 10, 35, 200]) {
      const options = { k, exclude: (user: number) => excluded[user]! };
      const [actual, expected] = [await scorer.topKBatch(users, options), await onProcessor.topKBatch(users, options)];
      expect(actual.map((items) => items.map(({ item }) => item))).toEqual(
        expected.map((items) => items.map(({ item }) => item)),
      );
      actual.flat().forEach(({ score }, i) => {
        expect(score).toBeCloseTo(expected.flat()[i]!.score, 5);
      });
      const alone = await scorer.topK(users.subarray(nFactors, 2 * nFactors), { k, exclude: excluded[1]! });
      expect(alone.map(({ item }) => item)).toEqual(expected[1]!.map(({ item }) => item));
    }
    expect(await scorer.topKBatch(users, { k: 0, exclude })).toEqual(Array.from({ length: 7 }, () => []));
    scorer.close();
    await expect(scorer.foldIn([])).rejects.toThrow(/closed/);
  });
});

test('equal scores: the lower item wins', async () => {
  const model = modelOf('explicit', 600, 2);
  model.itemFactors.fill(0.5);
  const scorer = await gpu.openScorer(model);
  const best = await scorer.topK([1, 1], { k: 4, exclude: [0, 2] });
  expect(best.map(({ item }) => item)).toEqual([1, 3, 4, 5]);
});
