import type { IdMap } from '../interactions/id-map.ts';
import type { TrainingParameters } from '../training/parameters.ts';

/** A trained factorization: the predicted score of user u for item i is users[u]·items[i]. */
export interface FactorModel {
  readonly nFactors: number;
  readonly users: IdMap;
  readonly items: IdMap;
  /** [n_users × k] row-major */
  readonly userFactors: Float32Array;
  /** [n_items × k] row-major */
  readonly itemFactors: Float32Array;
  readonly parameters: TrainingParameters;
}
