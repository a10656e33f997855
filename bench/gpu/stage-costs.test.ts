import { expect, test } from 'vitest';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import { problemOf } from '../../shared/recommender/training/train-model.ts';
import { syntheticRatings } from '../recommender/synthetic-ratings.ts';
import { rooflineMs, stageCosts } from './stage-costs.ts';

test('costs are those of the arithmetic: k(k + 1) + 2k per pair, k³/3 + 2k² per row', () => {
  const dataset = syntheticRatings({ nUsers: 50, nItems: 30, nnz: 400 });
  const problem = problemOf(dataset, { ...defaultParameters('explicit'), nFactors: 8 });
  const nnz = problem.interactions.byUser.cols.length;
  const costs = stageCosts(problem);
  // A row of 8 factors has 32 bytes; its normal equations have one tile of 256 and a right-hand side.
  expect(costs.get('normal equations, users')).toEqual({ flop: nnz * 88, bytes: nnz * 40 + 50 * 288 });
  expect(costs.get('Cholesky solve, items')!.flop).toBeCloseTo(30 * (512 / 3 + 128));
  expect(costs.has('Gramian for users')).toBe(false);
});

test('the roofline is the slower of arithmetic and memory', () => {
  const peaks = { tflops: 2, gbPerSecond: 100 };
  expect(rooflineMs({ flop: 4e12, bytes: 1e9 }, peaks)).toBeCloseTo(2000);
  expect(rooflineMs({ flop: 1e9, bytes: 1e11 }, peaks)).toBeCloseTo(1000);
});
