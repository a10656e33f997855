import type { Shop } from '../shops/registry.ts';
import type { PricedOffer } from './priced-offer.ts';
import type { KeptAnswer } from './shop-answer-cache.ts';
import type { FailureReason } from './shop-failure.ts';

/** What one shop came to in a comparison. */
export interface AskedShop {
  shop: Shop;
  kept: KeptAnswer;
  offers: PricedOffer[];
  failure: FailureReason | null;
}
