import { rankedOffer } from '../../shared/api/best-deal.ts';
import type { ComparedOffer, Comparison } from '../../shared/api/comparison.ts';
import { bestDeal } from '../../shared/prices/best-deal.ts';
import type { WatchRecord, WatchSubject } from '../store/store.ts';

/** What of a comparison is about the subject: a product's own offers, or all that a query has found. */
export function offersOf({ kind, subject }: WatchSubject, { offers }: Comparison): ComparedOffer[] {
  return kind === 'query' ? offers : offers.filter((offer) => offer.product_id === subject);
}

/**
 * The cheapest way to have what is watched, for a product new and now; null where no shop offers it so. Prices that are
 * held back do not count. Where shipping is unknown its price stands for the total: shoppers would rather hear of it.
 */
export function bestOffer(watched: WatchSubject, comparison: Comparison): WatchRecord['last'] {
  const best = bestDeal(offersOf(watched, comparison).map(rankedOffer));
  if (best === null) return null;
  const { offer, reason } = best;
  if (watched.kind === 'product' && (reason.onlyUsed || reason.standing === 'later')) return null;
  return { total: offer.total ?? offer.price, shop: offer.shopId, url: offer.url };
}
