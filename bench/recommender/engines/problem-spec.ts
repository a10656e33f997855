import type { Csr, Dataset } from '../../../shared/recommender/interactions/interactions.ts';
import { shareableBytes } from '../../../shared/recommender/threads/shared-memory.ts';
import type { Problem } from '../../../shared/recommender/training/compute-backend.ts';
import { defaultParameters } from '../../../shared/recommender/training/parameters.ts';
import { problemOf } from '../../../shared/recommender/training/train-model.ts';
import type { LossSpec } from './calls.ts';

/** The problem that Magpie solves for a loss. */
export function problemFor(dataset: Dataset, loss: LossSpec, nFactors: number): Problem {
  switch (loss.name) {
    case 'explicit':
      return problemOf(dataset, { ...defaultParameters('explicit'), nFactors, lambda: loss.lambda });
    case 'ials': {
      const { lambda, alpha0, nu } = loss;
      return problemOf(dataset, { ...defaultParameters('implicit'), nFactors, lambda, alpha0, nu });
    }
    case 'hu': {
      const { byUser, byItem } = dataset.interactions;
      const interactions = { byUser: huRows(byUser, loss.alpha), byItem: huRows(byItem, loss.alpha) };
      return { interactions, nFactors, objective: { feedback: 'implicit', lambda: loss.lambda, alpha0: 1, nu: 0 } };
    }
    default:
      return loss satisfies never;
  }
}

/**
 * Hu, Koren and Volinsky's loss in Magpie's terms: of an observed pair, c (s − 1)² = s² + (c − 1)(s − c/(c − 1))² plus a
 * constant, and s² is what every pair has.
 */
function huRows(csr: Csr, alpha: number): Csr {
  const nnz = csr.values.length;
  const values = new Float32Array(shareableBytes(4 * nnz));
  const weights = new Float32Array(shareableBytes(4 * nnz));
  for (let e = 0; e < nnz; e++) {
    const above = alpha * csr.values[e]!;
    weights[e] = above;
    values[e] = (1 + above) / above;
  }
  return { ...csr, values, weights };
}
