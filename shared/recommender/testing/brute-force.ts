/** The loss and its gradient from their definitions, over every pair of user and item: what tests compare with. */

import { type Csr, rowLength } from '../interactions/interactions.ts';
import type { Factors, Problem } from '../training/compute-backend.ts';
import { allPairsWeight, ridgeOf } from '../training/regularization.ts';

interface Point {
  users: Float64Array;
  items: Float64Array;
}

/** L(x); compute-backend.ts has the equations. */
export function bruteForceLoss(problem: Problem, x: Factors): number {
  const { nFactors: k } = problem;
  let loss = 0;
  forEachPair(problem, x, (_user, _item, score, observed) => {
    if (observed) loss += observed.c * (score - observed.rating) ** 2;
    loss += allPairsWeight(problem.objective) * score ** 2;
  });
  const { byUser, byItem } = problem.interactions;
  for (const [csr, factors] of [
    [byUser, x.users],
    [byItem, x.items],
  ] as const) {
    for (let r = 0; r < csr.nRows; r++) {
      const ridge = ridgeOf(rowLength(csr, r), csr.nCols, problem.objective);
      for (let f = 0; f < k; f++) loss += ridge * factors[r * k + f]! ** 2;
    }
  }
  return loss;
}

/** ∇L(x). */
export function bruteForceGradient(problem: Problem, x: Factors): Point {
  const { nFactors: k } = problem;
  const { byUser, byItem } = problem.interactions;
  const users = ridgeGradient(byUser, x.users, problem);
  const items = ridgeGradient(byItem, x.items, problem);
  forEachPair(problem, x, (user, item, score, observed) => {
    let slope = 2 * allPairsWeight(problem.objective) * score;
    if (observed) slope += 2 * observed.c * (score - observed.rating);
    for (let f = 0; f < k; f++) {
      users[user * k + f]! += slope * x.items[item * k + f]!;
      items[item * k + f]! += slope * x.users[user * k + f]!;
    }
  });
  return { users, items };
}

function ridgeGradient(csr: Csr, factors: Factors['users'], { nFactors: k, objective }: Problem): Float64Array {
  return Float64Array.from(factors, (factor, at) => {
    const n = rowLength(csr, Math.floor(at / k));
    return 2 * ridgeOf(n, csr.nCols, objective) * factor;
  });
}

function forEachPair(
  { interactions: { byUser }, nFactors: k }: Problem,
  x: Factors,
  visit: (user: number, item: number, score: number, observed: { rating: number; c: number } | undefined) => void,
): void {
  for (let user = 0; user < byUser.nRows; user++) {
    const observed = new Map<number, { rating: number; c: number }>();
    for (let e = byUser.rowPtr[user]!; e < byUser.rowPtr[user + 1]!; e++) {
      observed.set(byUser.cols[e]!, { rating: byUser.values[e]!, c: byUser.weights?.[e] ?? 1 });
    }
    for (let item = 0; item < byUser.nCols; item++) {
      let score = 0;
      for (let f = 0; f < k; f++) score += x.users[user * k + f]! * x.items[item * k + f]!;
      visit(user, item, score, observed.get(item));
    }
  }
}
