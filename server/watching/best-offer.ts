import type { ComparedOffer, Comparison } from '../../shared/api/comparison.ts';
import { fromWireMoney } from '../../shared/prices/money/money.ts';
import { IN_STOCK } from '../comparison/ranking.ts';
import type { WatchRecord, WatchSubject } from '../store/store.ts';

/** What of a comparison is about the subject: a product's own offers, or all that a query has found. */
export function offersOf({ kind, subject }: WatchSubject, { offers }: Comparison): ComparedOffer[] {
  return kind === 'query' ? offers : offers.filter((offer) => offer.product_id === subject);
}

/** The cheapest way to have what is watched; null where no shop offers it. Prices that are held back do not count. */
export function bestOffer(watched: WatchSubject, comparison: Comparison): WatchRecord['last'] {
  const best = watched.kind === 'query' ? comparison.best : offersOf(watched, comparison).find(isDeal);
  return best == null ? null : { total: fromWireMoney(best.total), shop: best.shop, url: best.url };
}

function isDeal({ unconfirmed, availability, condition }: ComparedOffer): boolean {
  const canBeHad = availability === null || IN_STOCK.has(availability);
  return !unconfirmed && canBeHad && (condition === null || condition === 'NewCondition');
}
