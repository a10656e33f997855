import type { BestDeal, ComparedOffer } from '../../shared/api/comparison.ts';
import { canBeBought } from './availability.ts';
import type { LiveComparison } from './live-comparison.ts';

export interface OffersOfProduct {
  /** What is shown as "the offers", by total ascending. */
  offers: ComparedOffer[];
  /** Not matched to any product: they may well be of this one. */
  unmatched: ComparedOffer[];
  /** Found by the same words, but of another product. */
  others: ComparedOffer[];
  /** Known only once every shop has answered. */
  best: BestDeal | null;
  /** No offer could be matched to the product with certainty, so `offers` are all that was found. */
  isUncertain: boolean;
}

/**
 * Which offers are of this product. The server matches offers to products at the end of a comparison: until then, and
 * where nothing matches, all of them stand for it.
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

/** The server's choice where it is among these; else the lowest total, by the server's own rules for a best deal. */
function bestAmong(offers: ComparedOffer[], chosen: BestDeal | null): BestDeal | null {
  if (chosen !== null && offers.some((offer) => offer.url === chosen.url)) return chosen;
  const toBeHad = offers.filter((offer) => canBeBought(offer.availability) && !offer.unconfirmed);
  const asNew = toBeHad.filter(({ condition }) => condition === null || condition === 'NewCondition');
  const lowest = asNew[0] ?? toBeHad[0];
  if (lowest === undefined) return null;
  const { shop, shop_name, url, title, total } = lowest;
  return { shop, shop_name, url, title, total, reason: 'Lowest total of this product’s offers that are not sold out.' };
}
