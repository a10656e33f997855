import { describe, expect, test } from 'vitest';
import { RankingEvaluation, RatingEvaluation } from './metrics.ts';

const gain = (rank: number): number => 1 / Math.log2(rank + 1);

describe('ranking metrics', () => {
  test('of one user, worked out by hand', () => {
    const evaluation = new RankingEvaluation(4);
    // Hits at ranks 2 and 4; three relevant items, one of them missed; what follows rank 4 does not count.
    evaluation.add([9, 1, 8, 2, 3], new Set([1, 2, 3]));
    const { recall, ndcg, map, users } = evaluation.metrics();
    expect(users).toBe(1);
    expect(recall).toBeCloseTo(2 / 3, 12);
    expect(ndcg).toBeCloseTo((gain(2) + gain(4)) / (gain(1) + gain(2) + gain(3)), 12);
    expect(map).toBeCloseTo((1 / 2 + 2 / 4) / 3, 12);
  });

  test('divide recall by all held-out items, and cut the ideal ranking off at K', () => {
    const evaluation = new RankingEvaluation(2);
    evaluation.add([1, 2], new Set([1, 2, 3, 4]));
    const { recall, ndcg, map } = evaluation.metrics();
    expect(recall).toBeCloseTo(0.5, 12);
    expect(ndcg).toBeCloseTo(1, 12);
    expect(map).toBeCloseTo(1, 12);
  });

  test('are means over users who have held-out items, those with an empty ranking included', () => {
    const evaluation = new RankingEvaluation(2);
    evaluation.add([1], new Set([1]));
    evaluation.add([1], new Set());
    evaluation.add([], new Set([1]));
    expect(evaluation.metrics()).toEqual({ recall: 0.5, ndcg: 0.5, map: 0.5, users: 2 });
  });

  test('of nobody are an error', () => {
    expect(() => new RankingEvaluation(2).metrics()).toThrow(/no users with held-out items/);
  });
});

describe('RMSE', () => {
  test('clips predictions to the range of ratings', () => {
    const evaluation = new RatingEvaluation(1, 5);
    evaluation.add(7, 4);
    evaluation.add(-3, 1);
    evaluation.add(3, 5);
    expect(evaluation.rmse()).toBeCloseTo(Math.sqrt((1 + 0 + 4) / 3), 12);
  });

  test('of nothing is an error', () => {
    expect(() => new RatingEvaluation(1, 5).rmse()).toThrow(/no held-out ratings/);
  });
});
