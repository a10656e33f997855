import type { Comparison, ShopFailureReason } from '../../shared/api/comparison.ts';

/** What comparisons report while they work, for the operator's counts. */
export interface ComparisonListener {
  /** A comparison was asked for: what the cache had of it. */
  onLookup(found: Comparison['cache']): void;
  /**
   * A shop was asked, and not the cache.
   * @param shop id of its declaration
   * @param failure null: it answered in full.
   */
  onShopAnswer(shop: string, failure: ShopFailureReason | null, elapsedMs: number): void;
}
