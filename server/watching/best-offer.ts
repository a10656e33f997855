import type { ComparedOffer, Comparison } from '../../shared/api/comparison.ts';
import { dealsAmong, standingOf } from '../../shared/prices/best-deal.ts';
import { fromWireMoney } from '../../shared/prices/money/money.ts';
import type { WatchRecord, WatchSubject } from '../store/store.ts';

/** What of a comparison is about the subject: a product's own offers, or all that a query has found. */
export function offersOf({ kind, subject }: WatchSubject, { offers }: Comparison): ComparedOffer[] {
  return kind === 'query' ? offers : offers.filter((offer) => offer.product_id === subject);
}

/**
 * The cheapest way to have what is watched, for a product new and now; null where no shop offers it so. Prices that are
 * held back do not count.
 */
export function bestOffer(watched: WatchSubject, comparison: Comparison): WatchRecord['last'] {
  const best = watched.kind === 'query' ? comparison.best : cheapestNow(offersOf(watched, comparison));
  return best == null ? null : { total: fromWireMoney(best.total), shop: best.shop, url: best.url };
}

/** @param offers by total ascending */
function cheapestNow(offers: readonly ComparedOffer[]): ComparedOffer | undefined {
  const { deals, onlyUsed } = dealsAmong(offers);
  return onlyUsed ? undefined : deals.find(({ availability }) => standingOf(availability) !== 'later');
}
