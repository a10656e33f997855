import { candidatePairs } from '../../shared/prices/matching/candidate-pairs.ts';
import { profileCorpus } from '../../shared/prices/matching/corpus.ts';
import {
  compareProfiles,
  FEATURE_NAMES,
  type Features,
  FIRST_OF_CORPUS,
} from '../../shared/prices/matching/features.ts';
import type { PairModel } from '../../shared/prices/matching/pair-model.ts';
import { profileOf } from '../../shared/prices/matching/profile.ts';
import { type LabelledOffer, type LabelledPair, withoutShops } from './data.ts';
import { dot, fitLogistic, sigmoid, type WeightPrior } from './logistic-regression.ts';
import { mulberry32 } from './random.ts';

const FIRM = 100;
const SOFT = 20;
/**
 * What the labelled sets teach little of, or one category teaches wrongly for another: the log-odds that a person would
 * give, and how firmly.
 */
const PRIORS: Partial<Record<keyof Features, WeightPrior>> = {
  tierConflict: { mean: -3.5, precision: FIRM },
  accessoryConflict: { mean: -2.5, precision: FIRM },
  kindConflict: { mean: -2.5, precision: SOFT },
  versionConflict: { mean: -2, precision: SOFT },
  numberConflict: { mean: -0.5, precision: SOFT },
  longNumberConflict: { mean: -1, precision: SOFT },
  packagingConflict: { mean: -2, precision: SOFT },
  alternativeConflict: { mean: -3, precision: FIRM },
  markConflict: { mean: -3, precision: FIRM },
  multipackConflict: { mean: -3, precision: FIRM },
  rivalBesideHit: { mean: -4, precision: SOFT },
  brandConflict: { mean: -1.2, precision: SOFT },
  colourConflictNone: { mean: -0.5, precision: FIRM },
};
type Priors = typeof PRIORS;

/** Abt-Buy alone has too few pairs for what words stand where, and no corpus at all. */
const LEFT_OUT: WeightPrior = { mean: 0, precision: 1e9 };
export const PAIR_PRIORS: Priors = {
  ...PRIORS,
  identityMeasureConflict: { mean: -3, precision: FIRM },
  rivalBesideMiss: { mean: 0, precision: SOFT },
  colourConflictNone: { mean: 0, precision: FIRM },
  ...Object.fromEntries(FEATURE_NAMES.slice(FEATURE_NAMES.indexOf(FIRST_OF_CORPUS)).map((name) => [name, LEFT_OUT])),
  wordLeftBoth: { mean: -0.8, precision: FIRM },
};

export const CORPUS_PRIORS: Priors = {
  ...PRIORS,
  identityMeasureConflict: { mean: -4.5, precision: FIRM },
  shortReplaced: { mean: -2.5, precision: SOFT },
  shortInserted: { mean: -1, precision: SOFT },
  wordReplaced: { mean: -1, precision: SOFT },
  wordInserted: { mean: -0.3, precision: SOFT },
};
const UNKNOWN: WeightPrior = { mean: 0, precision: 1 };
const FREE: WeightPrior = { mean: 0, precision: 1e-3 };

export interface LabelledRows {
  /** [n × (1 + features)], with a column of ones. */
  rows: Float64Array[];
  labels: number[];
}

export function rowsOfPairs(pairs: readonly LabelledPair[]): LabelledRows {
  return {
    rows: pairs.map(({ left, right }) => rowOf(compareProfiles(profileOf(left), profileOf(right)))),
    labels: pairs.map(({ label }) => label),
  };
}

const SEED = 3;
/** So that no category outweighs another, however many pairs it has. */
const MAX_PAIRS = 6000;

/** Pairs that are compared when one category's offers are grouped, drawn at random. */
export function rowsOfCategory(offers: readonly LabelledOffer[]): LabelledRows {
  const random = mulberry32(SEED);
  const profiles = profileCorpus(withoutShops(offers));
  const pairs = candidatePairs(profiles);
  const drawn = pairs.filter(() => random() < MAX_PAIRS / pairs.length);
  return {
    rows: drawn.map(([i, j]) => rowOf(compareProfiles(profiles[i]!, profiles[j]!))),
    labels: drawn.map(([i, j]) => Number(offers[i]!.cluster === offers[j]!.cluster)),
  };
}

function rowOf(features: Features): Float64Array {
  return Float64Array.from([1, ...FEATURE_NAMES.map((name) => features[name])]);
}

/** The weights of highest posterior probability. */
export function fitMatcher(sets: readonly LabelledRows[], priors: Priors): PairModel {
  const [bias = 0, ...weights] = fitLogistic(
    sets.flatMap(({ rows }) => rows),
    sets.flatMap(({ labels }) => labels),
    [FREE, ...FEATURE_NAMES.map((name) => priors[name] ?? UNKNOWN)],
  );
  const named = compareProfiles(NOTHING, NOTHING);
  for (const [j, name] of FEATURE_NAMES.entries()) named[name] = weights[j] ?? 0;
  return { bias, weights: named };
}

const NOTHING = profileOf({ title: '' });

export function probabilities({ bias, weights }: PairModel, { rows }: LabelledRows): number[] {
  const inOrder = [bias, ...FEATURE_NAMES.map((name) => weights[name])];
  return rows.map((row) => sigmoid(dot(row, inOrder)));
}
