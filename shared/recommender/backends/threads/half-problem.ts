import type { Csr } from '../../interactions.ts';

/** One side of a problem, as seen by who works on its rows: the rows, and what they are matched against. */
export interface HalfProblem {
  csr: Csr;
  /** Factors of the other side [nCols × k] */
  other: Float32Array;
  /** [nRows] λ·w */
  ridges: Float64Array;
  /** α₀G in strips, G the Gramian of the other side; null without an all-pairs term. */
  allPairs: Float64Array | null;
}
