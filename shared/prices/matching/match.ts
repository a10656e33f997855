import { compareProfiles, FEATURE_NAMES } from './features.ts';
import type { PairModel } from './pair-model.ts';
import { type MatchableOffer, type MatchProfile, profileOf } from './profile.ts';
import { PAIR_MODEL, SAME_FROM } from './weights.ts';

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
/** Log-odds of two offers of one shop: it lists a product once, so that even equal titles are two products. */
const SAME_SHOP = -6;

/** Probability that two offers are of one product. Logistic regression on `Features`; see `weights.ts`. */
export function matchProbability(a: MatchProfile, b: MatchProfile, { bias, weights }: PairModel = PAIR_MODEL): number {
  const bothIdentified = a.gtin14 !== null && b.gtin14 !== null;
  if (bothIdentified && a.gtin14 === b.gtin14) return SAME_GTIN;
  const features = compareProfiles(a, b);
  let logOdds = bothIdentified ? bias + OTHER_GTIN : bias;
  if (a.shop !== null && a.shop === b.shop) logOdds += SAME_SHOP;
  for (const name of FEATURE_NAMES) logOdds += weights[name] * features[name];
  return 1 / (1 + Math.exp(-logOdds));
}
