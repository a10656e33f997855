import type { Csr } from '../../interactions/interactions.ts';

/** One side of a problem, as seen by who works on its rows: the rows, and what they are matched against. */
export interface HalfProblem {
  csr: Csr;
  /** Factors of the other side [nCols × k] */
  other: Float32Array;
  /** [nRows] λ·w */
  ridges: Float64Array;
  /** α₀G in strips, G the Gramian of the other side; null without an all-pairs term. */
  allPairs: Float64Array | null;
  /** For the dual form of short rows; null where it would not pay. */
  dual: DualBasis | null;
}

/**
 * A basis in which everything that the rows of a half have in common is diagonal, α₀G = QᵀΛQ, so that a short row can be
 * solved in its dual form. Without an all-pairs term there is nothing in common, and the factors are as good as rotated.
 */
export interface DualBasis {
  /** Factors of the other side in this basis, Q v [nCols × k] */
  rotated: Float32Array;
  /** [k] Λ */
  eigenvalues: Float64Array;
  /** How far rounding may have moved an eigenvalue, about: what is not larger says nothing. */
  accuracy: number;
  /** [k × k] row-major Q; null for the basis that the factors have as they are. */
  q: Float64Array | null;
}
