import { rankedOffer, wireBestDeal } from '../../shared/api/best-deal.ts';
import type { BestDeal, ComparedOffer } from '../../shared/api/comparison.ts';
import type { LiveComparison } from './live-comparison.ts';

export interface OffersOfProduct {
  /** The main list, in the order of the answer. */
  offers: ComparedOffer[];
  /** Offers that match no product: they may be of this one. */
  unmatched: ComparedOffer[];
  /** Offers of other products, found by the same words. */
  others: ComparedOffer[];
  /** Known only once every shop has answered. */
  best: BestDeal | null;
  /** True where no offer matches the product for certain: `offers` are then all offers found. */
  isUncertain: boolean;
}

/**
 * Sorts out the offers of this product. The server matches offers to products at the end of a comparison: until then, and
 * where nothing matches, all offers count as this product's.
 *
 * @param productId null: any offer that fits the query
 */
export function offersOfProduct({ offers, finished }: LiveComparison, productId: string | null): OffersOfProduct {
  if (finished === null) return { offers, unmatched: [], others: [], best: null, isUncertain: false };
  if (productId === null) return { offers, unmatched: [], others: [], best: finished.best, isUncertain: false };
  const matched = offers.filter((offer) => offer.product_id === productId);
  if (matched.length === 0)
    return { offers, unmatched: [], others: [], best: finished.best, isUncertain: offers.length > 0 };
  return {
    offers: matched,
    unmatched: offers.filter((offer) => offer.product_id === null),
    others: offers.filter((offer) => offer.product_id !== null && offer.product_id !== productId),
    best: bestAmong(matched, finished.best),
    isUncertain: false,
  };
}

/** The server's choice where it is among these; else the best by the rule that the server uses too. */
function bestAmong(offers: readonly ComparedOffer[], chosen: BestDeal | null): BestDeal | null {
  if (chosen !== null && offers.some((offer) => offer.url === chosen.url)) return chosen;
  return wireBestDeal(offers.map(rankedOffer));
}
