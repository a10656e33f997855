import { compareProfiles, FEATURE_NAMES } from './features.ts';
import { type MatchableOffer, type MatchProfile, profileOf } from './profile.ts';
import { BIAS, SAME_FROM, WEIGHTS } from './weights.ts';

export interface Match {
  /** Whether the two are taken for one product: the score is at or above the threshold. */
  same: boolean;
  /** Probability that the two are offers of one product. */
  score: number;
}

/**
 * Whether two offers are of the same product, by GTIN, model numbers, titles, stated properties, prices and
 * descriptions. Another storage size, another tier (`pro`) or an accessory is another product.
 */
export function matchOffers(left: MatchableOffer, right: MatchableOffer): Match {
  const score = matchProbability(profileOf(left), profileOf(right));
  return { same: score >= SAME_FROM, score };
}

/** One valid GTIN on both is as sure as it gets; shops do mistake one for another. */
const SAME_GTIN = 0.995;
/** Log-odds of different GTINs: mostly another product, sometimes another package or country of the same. */
const OTHER_GTIN = -4;

/** Probability that two offers are of one product. Logistic regression on `Features`; see `weights.ts`. */
export function matchProbability(a: MatchProfile, b: MatchProfile): number {
  const bothIdentified = a.gtin14 !== null && b.gtin14 !== null;
  if (bothIdentified && a.gtin14 === b.gtin14) return SAME_GTIN;
  const features = compareProfiles(a, b);
  let logOdds = bothIdentified ? BIAS + OTHER_GTIN : BIAS;
  for (const name of FEATURE_NAMES) logOdds += WEIGHTS[name] * features[name];
  return 1 / (1 + Math.exp(-logOdds));
}
