import { kernelLayout } from '../../shared/recommender/backends/webgpu/kernel-layout.ts';
import type { Problem } from '../../shared/recommender/training/compute-backend.ts';

/** What a stage has to do at the least. */
export interface StageCost {
  /** Additions and multiplications. */
  flop: number;
  /** Numbers that kernels read and write, each time; caches may spare the memory a part of it. */
  bytes: number;
}

/** Column and value of an observed pair; confidences come on top. */
const PAIR_BYTES = 8;

/** The cost of every stage that time-stages.ts times, under the same name. */
export function stageCosts({ interactions, nFactors: k, objective }: Problem): Map<string, StageCost> {
  const { rowBytes, equationsBytes } = kernelLayout(k);
  const { byUser, byItem } = interactions;
  const nnz = byUser.cols.length;
  const pairBytes = PAIR_BYTES + (byUser.weights === null ? 0 : 4);
  const nRows = byUser.nRows + byItem.nRows;
  const costs = new Map<string, StageCost>();
  for (const [side, csr, other] of [
    ['users', byUser, byItem],
    ['items', byItem, byUser],
  ] as const) {
    // The symmetric half of A, then b.
    costs.set(`normal equations, ${side}`, {
      flop: nnz * (k * (k + 1) + 2 * k),
      bytes: nnz * (rowBytes + pairBytes) + csr.nRows * equationsBytes,
    });
    // U of A = UᵀU, and two triangular solves.
    costs.set(`Cholesky solve, ${side}`, {
      flop: csr.nRows * (k ** 3 / 3 + 2 * k ** 2),
      bytes: csr.nRows * (equationsBytes + rowBytes),
    });
    // Each pair's factors are read twice: for its error, and for its part of the sum.
    costs.set(`gradient alone, ${side}`, {
      flop: nnz * 4 * k,
      bytes: nnz * (2 * rowBytes + pairBytes) + csr.nRows * 2 * rowBytes,
    });
    if (objective.feedback === 'implicit' && objective.alpha0 > 0) {
      costs.set(`Gramian for ${side}`, { flop: other.nRows * 2 * k ** 2, bytes: other.nRows * 2 * rowBytes });
    }
  }
  costs.set('line search', { flop: nnz * 8 * k, bytes: nnz * (2 * rowBytes + pairBytes) });
  costs.set('combination', { flop: nRows * 3 * k, bytes: nRows * 3 * rowBytes });
  costs.set('inner product', { flop: nRows * 2 * k, bytes: nRows * 2 * rowBytes });
  return costs;
}

/** What a GPU can do at best. */
export interface Peaks {
  tflops: number;
  gbPerSecond: number;
}

/** Milliseconds below which no GPU of these peaks can do it (the roofline model, Williams et al. 2009). */
export function rooflineMs({ flop, bytes }: StageCost, { tflops, gbPerSecond }: Peaks): number {
  return Math.max(flop / (tflops * 1e9), bytes / (gbPerSecond * 1e6));
}
