import { afterAll, describe, expect, test } from 'vitest';
import { IdMap } from '../../interactions/id-map.ts';
import type { FactorModel } from '../../model/factor-model.ts';
import { openScorer } from '../../scoring/scorer-cpu.ts';
import { defaultParameters, type Feedback } from '../../training/parameters.ts';
import { seededRandom } from '../../training/random-start.ts';
import { BASELINE } from './gpu-capabilities.ts';
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

/** So small that 1,500 items lie in two buffers. */
const small = await openWebGpu({ ...BASELINE, bindingBytes: 65_536 });
afterAll(() => small.close());

describe.each([
  { gpu, name: 'explicit', feedback: 'explicit', nItems: 40, nFactors: 9 },
  { gpu, name: 'implicit', feedback: 'implicit', nItems: 1500, nFactors: 16 },
  { gpu: small, name: 'implicit, in several buffers', feedback: 'implicit', nItems: 1500, nFactors: 16 },
  { gpu, name: 'as many factors as there may be', feedback: 'implicit', nItems: 300, nFactors: 128 },
] as const)('$name, $nItems items, $nFactors factors:', ({ gpu, feedback, nItems, nFactors }) => {
  const model = modelOf(feedback, nItems, nFactors);
  const onProcessor = openScorer(model);

  test('folding in is one row solve', async () => {
    const scorer = await gpu.openScorer(model);
    for (const seen of [
      [{ item: 3, value: 4 }],
      [{ item: nItems - 1, value: 2 }],
      // All items seen, values of zero, and a dislike.
      Array.from({ length: nItems }, (_, item) => ({ item, value: 1 + (item % 5) })),
      [
        { item: 2, value: 0 },
        { item: 4, value: feedback === 'explicit' ? -3 : 1 },
      ],
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
    for (const k of [1, 10, 35, 256]) {
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

test('equal scores: the lower item wins, among slices and buffers of items as well', async () => {
  const model = modelOf('explicit', 5000, 2);
  model.itemFactors.fill(0.5);
  // Two better ones, far apart; only one of them is left.
  model.itemFactors.fill(0.75, 2 * 4000, 2 * 4001);
  model.itemFactors.fill(0.75, 2 * 1234, 2 * 1235);
  for (const { openScorer } of [gpu, small]) {
    const scorer = await openScorer(model);
    const best = await scorer.topK([1, 1], { k: 256, exclude: [0, 2, 1234] });
    expect(best.map(({ item }) => item)).toEqual([4000, 1, ...Array.from({ length: 254 }, (_, i) => i + 3)]);
    scorer.close();
  }
});

test('who has everything gets nothing, and who has nearly everything the rest', async () => {
  const model = modelOf('explicit', 600, 3);
  const scorer = await gpu.openScorer(model);
  const all = Array.from({ length: 600 }, (_, item) => item);
  expect(await scorer.topK([1, 2, 3], { k: 10, exclude: all })).toEqual([]);
  const best = await scorer.topK([1, 2, 3], { k: 10, exclude: all.filter((item) => item !== 7 && item !== 599) });
  expect(best.map(({ item }) => item).sort((a, b) => a - b)).toEqual([7, 599]);
  scorer.close();
});

test('more users than a submission takes, and lists longer than the kernel keeps, come from the same items', async () => {
  const model = modelOf('explicit', 300, 4);
  const scorer = await gpu.openScorer(model);
  const onProcessor = openScorer(model);
  const random = seededRandom(4);
  const users = Float64Array.from({ length: 4 * 1030 }, () => Math.fround(2 * random() - 1));
  const options = { k: 3, exclude: (user: number) => new Set([user % 300]) };
  const items = (lists: readonly (readonly { item: number }[])[]): number[][] =>
    lists.map((list) => list.map(({ item }) => item));
  expect(items(await scorer.topKBatch(users, options))).toEqual(items(await onProcessor.topKBatch(users, options)));
  const long = await scorer.topK(users.subarray(0, 4), { k: 280 });
  expect(items([long])).toEqual(items([await onProcessor.topK(users.subarray(0, 4), { k: 280 })]));
  scorer.close();
});
