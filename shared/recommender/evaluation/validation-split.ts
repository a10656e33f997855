import { buildInteractions } from '../interactions/build-interactions.ts';
import type { Csr, Dataset } from '../interactions/interactions.ts';
import { holdoutPerUser, randomHoldout } from '../interactions/splits.ts';
import type { Triples } from '../interactions/triples.ts';
import type { FactorModel } from '../model/factor-model.ts';
import type { Factors } from '../training/compute-backend.ts';
import type { TrainingParameters } from '../training/parameters.ts';
import type { Validation } from '../training/training-options.ts';
import { evaluateRanking, evaluateRatings } from './evaluation.ts';

/** How long a ranking is judged. */
const RANKING_LENGTH = 20;
/** Users whose rankings are judged after each iteration: enough to tell iterations apart, few enough to be done in a second or two. */
const MAX_RANKED_USERS = 2000;

export interface ValidationSplit {
  /** What is left to train on. */
  train: Dataset;
  validation: Validation;
}

/**
 * Holds out a share of what was observed, to judge iterations by: ratings at random and their RMSE for explicit feedback;
 * for implicit a share of each user's items and NDCG@20, over 2,000 users drawn at random where there are more, and the
 * others keep all of theirs. The parameters' seed decides which.
 * @param share above 0 and below 1
 * @throws RangeError for another share, or when it leaves nothing to judge by
 */
export function splitForValidation(
  dataset: Dataset,
  parameters: TrainingParameters,
  share: number,
  patience?: number,
): ValidationSplit {
  if (!(share > 0 && share < 1)) throw new RangeError(`validate is ${share}, but must be above 0 and below 1`);
  if (patience !== undefined && !(Number.isInteger(patience) && patience > 0))
    throw new RangeError(`patience is ${patience}, but must be a whole number above 0`);
  const { users, items } = dataset;
  const { feedback, nFactors, seed } = parameters;
  const observed = triplesOf(dataset.interactions.byUser);
  const split =
    feedback === 'explicit'
      ? randomHoldout(observed, share, seed)
      : holdoutPerUser(observed, share, seed, MAX_RANKED_USERS);
  if (split.test.users.length === 0 || split.train.users.length === 0) {
    throw new RangeError(
      `there is too little to validate with: ${observed.users.length} observed pairs cannot be split at ${share}`,
    );
  }
  const interactions = buildInteractions(split.train, { nUsers: users.size, nItems: items.size }, 'last');
  const train: Dataset = { users, items, interactions };
  const test = { users, items, triples: split.test };
  const modelOf = (factors: Factors): FactorModel => ({
    nFactors,
    users,
    items,
    userFactors: singlePrecision(factors.users),
    itemFactors: singlePrecision(factors.items),
    parameters,
  });
  const common = patience === undefined ? {} : { patience };
  const validation: Validation =
    feedback === 'explicit'
      ? {
          ...common,
          metric: 'rmse',
          isHigherBetter: false,
          score: (factors) => evaluateRatings(modelOf(factors), train, test),
        }
      : {
          ...common,
          metric: `ndcg@${RANKING_LENGTH}`,
          isHigherBetter: true,
          score: async (factors) => (await evaluateRanking(modelOf(factors), train, test, RANKING_LENGTH)).ndcg,
        };
  return { train, validation };
}

function triplesOf({ nRows, rowPtr, cols, values }: Csr): Triples {
  const users = new Uint32Array(cols.length);
  for (let row = 0; row < nRows; row++) users.fill(row, rowPtr[row]!, rowPtr[row + 1]!);
  return { users, items: cols, values, timestamps: null };
}

function singlePrecision(factors: Float32Array | Float64Array): Float32Array {
  return factors instanceof Float32Array ? factors : Float32Array.from(factors);
}
