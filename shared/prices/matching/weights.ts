import type { Features } from './features.ts';

/** Made by `bench/train-matcher.ts` from the train part of Abt-Buy (5743 pairs); do not edit. */
export const BIAS = -3.857;

export const WEIGHTS: Readonly<Record<keyof Features, number>> = {
  hit: 2.978,
  miss: -1.311,
  exactLength: 1.468,
  prefixLength: 0.624,
  part: -0.206,
  rivalBesideHit: -4.049,
  rivalBesideMiss: 0.182,
  cosineHit: 1.372,
  cosineMiss: 1.101,
  cosineNone: 2.182,
  containedNone: 1.364,
  sharedNone: 0.662,
  joinedNone: 1.709,
  brandConflict: -1.192,
  measuresAgree: 0.058,
  identityMeasureConflict: -2.996,
  otherMeasureConflict: -0.934,
  describedMeasureConflict: -1.57,
  coloursAgree: 1.57,
  colourConflictBesideCodes: -3.128,
  colourConflictNone: -0.518,
  tierConflict: -3.467,
  accessoryConflict: -2.417,
  kindConflict: -2.495,
  versionConflict: -1.951,
  versionsAgree: 0.475,
  numbersAgree: 1.105,
  numberConflict: -0.267,
  longNumberConflict: -0.914,
  packagingConflict: -2,
  alternativeConflict: -3,
  markConflict: -2.491,
  multipackConflict: -3,
  priceFit: 1.796,
  codeDescribed: 2.424,
  wordsDescribed: 1.71,
};

/** The probability of the highest F1 on those pairs. */
export const SAME_FROM = 0.453;
