import type { Features } from './features.ts';

/** Made by `bench/train-matcher.ts` from the train part of Abt-Buy (5743 pairs); do not edit. */
export const BIAS = -3.848;

export const WEIGHTS: Readonly<Record<keyof Features, number>> = {
  hit: 2.969,
  miss: -1.32,
  exactLength: 1.475,
  prefixLength: 0.625,
  part: -0.207,
  rivalBesideHit: -4.05,
  rivalBesideMiss: 0.182,
  cosineHit: 1.37,
  cosineMiss: 1.105,
  cosineNone: 2.166,
  containedNone: 1.333,
  sharedNone: 0.681,
  joinedNone: 1.715,
  brandConflict: -1.192,
  measuresAgree: 0.061,
  identityMeasureConflict: -2.996,
  otherMeasureConflict: -0.934,
  describedMeasureConflict: -1.569,
  coloursAgree: 1.573,
  colourConflictBesideCodes: -3.131,
  colourConflictNone: -0.517,
  tierConflict: -3.467,
  accessoryConflict: -2.416,
  kindConflict: -2.495,
  versionConflict: -1.951,
  versionsAgree: 0.486,
  numbersAgree: 0.959,
  numberConflict: -0.266,
  longNumberConflict: -0.913,
  packagingConflict: -2,
  priceFit: 1.782,
  codeDescribed: 2.426,
  wordsDescribed: 1.715,
};

/** The probability of the highest F1 on those pairs. */
export const SAME_FROM = 0.448;
