import type { Reason as Contribution } from './scorer.ts';

/** How many reasons an item is given at most. */
export const N_REASONS = 2;
/** A reason that explains less of the score than this is noise. */
const MIN_SHARE = 0.05;

export interface Share {
  item: number;
  /** Part of the score that this item explains, 0.05 and more; above 1 where other items count against it. */
  share: number;
}

/**
 * The seen items that explain most of a score, out of the contributions that `Scorer.explain` gives, greatest first. A
 * score of 0 or less has no reasons: what was seen speaks against the item.
 */
export function mainReasons(score: number, contributions: readonly Contribution[]): Share[] {
  if (score <= 0) return [];
  return contributions
    .map(({ item, contribution }) => ({ item, share: contribution / score }))
    .filter(({ share }) => share >= MIN_SHARE)
    .slice(0, N_REASONS);
}
