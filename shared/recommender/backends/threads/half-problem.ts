import type { Csr } from '../../interactions/interactions.ts';

/** One side of a problem: its rows, and the factors that they are matched against. */
export interface HalfProblem {
  csr: Csr;
  /** Factors of the other side [nCols × k] */
  other: Float32Array;
  /** [nRows] λ·w */
  ridges: Float64Array;
  /** α₀G in strips, G the Gramian of the other side; null without an all-pairs term. */
  allPairs: Float64Array | null;
  /** For the dual form of short rows; null where it would cost more than it saves. */
  dual: DualBasis | null;
}

/**
 * A basis in which everything that the rows of a half have in common is diagonal, α₀G = QᵀΛQ, so that a short row can be
 * solved in its dual form. Without an all-pairs term there is nothing in common, and the factors are taken as they are.
 */
export interface DualBasis {
  /** Factors of the other side in this basis, Q v [nCols × k] */
  rotated: Float32Array;
  /** [k] Λ */
  eigenvalues: Float64Array;
  /** Rounding error of an eigenvalue, about: one that is not larger counts as zero. */
  accuracy: number;
  /** [k × k] row-major Q; null for the basis that the factors have as they are. */
  q: Float64Array | null;
}
