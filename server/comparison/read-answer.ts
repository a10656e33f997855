import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import type { Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import type { ShopAnswer } from './ask-shop.ts';
import { type PricedOffer, priceOffer } from './priced-offer.ts';
import type { FailureReason } from './shop-failure.ts';

/** What all shops are asked for in one comparison. */
export interface Question {
  /** As shops are asked. */
  query: string;
  /** ISO 4217 code. */
  currency: string;
  /** ISO 3166-1 alpha-2 code of the country to send to; null: none was named. */
  shipTo: string | null;
  /** Whether an offer is one of what was asked for. */
  isMeant(offer: CandidateOffer): boolean;
}

/** What of a shop's answer is an answer to the question: the offers that are meant by it, in its currency. */
export function readAnswer(
  shop: Shop,
  { candidates, checkedAt, failure }: ShopAnswer,
  { currency, shipTo, isMeant }: Question,
  rates: RateTable,
): { offers: PricedOffer[]; failure: FailureReason | null } {
  const relevant = candidates.filter(isMeant);
  const offers = relevant.flatMap(
    (candidate) => priceOffer(shop, candidate, { currency, shipTo, rates, checkedAt }) ?? [],
  );
  const unpriced =
    relevant.length > 0 && offers.length === 0 ? unknownRate(relevant[0]?.price.currency, currency) : null;
  return { offers, failure: failure ?? unpriced };
}

function unknownRate(from: string | undefined, to: string): FailureReason {
  return { reason: 'unreadable', detail: `The shop's prices are in ${from}, and no exchange rate to ${to} is known.` };
}
