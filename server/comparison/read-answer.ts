import type { ShopFailure } from '../../shared/api/comparison.ts';
import type { RateTable } from '../../shared/prices/currency/rates.ts';
import { isRelevant } from '../../shared/prices/relevance/relevance.ts';
import type { Shop } from '../shops/registry.ts';
import type { ShopAnswer } from './ask-shop.ts';
import type { ComparisonRequest } from './comparison-request.ts';
import { type PricedOffer, priceOffer } from './priced-offer.ts';
import type { FailureReason } from './shop-failure.ts';

/** What of a shop's answer is an answer to this request: the offers that are meant by it, in its currency. */
export function readAnswer(
  shop: Shop,
  { candidates, checkedAt, failure }: ShopAnswer,
  { query, currency }: ComparisonRequest,
  rates: RateTable,
): { offers: PricedOffer[]; failure: ShopFailure | null } {
  const relevant = candidates.filter(({ title, brand }) => isRelevant(query, { title, brand }));
  const offers = relevant.flatMap((candidate) => priceOffer(shop, candidate, { currency, rates, checkedAt }) ?? []);
  const unpriced =
    relevant.length > 0 && offers.length === 0 ? unknownRate(relevant[0]?.price.currency, currency) : null;
  return { offers, failure: named(shop, failure ?? unpriced) };
}

function unknownRate(from: string | undefined, to: string): FailureReason {
  return { reason: 'unreadable', detail: `The shop's prices are in ${from}, and no exchange rate to ${to} is known.` };
}

function named({ declaration }: Shop, failure: FailureReason | null): ShopFailure | null {
  return failure === null ? null : { shop: declaration.id, shop_name: declaration.name, ...failure };
}
