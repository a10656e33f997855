import { type Csr, rowLength } from '../interactions/interactions.ts';
import type { Objective, Problem } from './compute-backend.ts';

/** λ·w of every row: what stands on the diagonal of its normal equations. */
export interface Ridges {
  /** [n_users] */
  readonly users: Float64Array;
  /** [n_items] */
  readonly items: Float64Array;
}

/** w = n (explicit; Winlaw et al. 2015, eq. 1) or (n + α₀·|other side|)^ν (implicit; Rendle et al. 2021), n = observed pairs of the row. */
export function ridges({ interactions, objective }: Problem): Ridges {
  return { users: rowRidges(interactions.byUser, objective), items: rowRidges(interactions.byItem, objective) };
}

/** λ·w of a row with n observed pairs, where the other side has nOther rows. */
export function ridgeOf(n: number, nOther: number, objective: Objective): number {
  switch (objective.feedback) {
    case 'explicit':
      return objective.lambda * n;
    case 'implicit':
      return objective.lambda * (n + objective.alpha0 * nOther) ** objective.nu;
    default:
      return objective satisfies never;
  }
}

/** α₀, the weight of all pairs; 0 where only observed pairs count. */
export function allPairsWeight(objective: Objective): number {
  return objective.feedback === 'implicit' ? objective.alpha0 : 0;
}

function rowRidges(csr: Csr, objective: Objective): Float64Array {
  return Float64Array.from({ length: csr.nRows }, (_, r) => ridgeOf(rowLength(csr, r), csr.nCols, objective));
}
