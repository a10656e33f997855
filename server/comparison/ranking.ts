import { type RankedOffer, rankOffers } from '../../shared/prices/best-deal.ts';
import type { PricedOffer } from './priced-offer.ts';

/** By the shared rule of `shared/prices/best-deal.ts`: known totals ascending, then unknown ones by price. */
export function rank(offers: readonly PricedOffer[]): PricedOffer[] {
  return rankOffers(offers.map(ranked)).map(({ offer }) => offer);
}

/** A priced offer as the shared rule reads it; `shared/api/best-deal.ts` does the same for an offer of an answer. */
export function ranked(offer: PricedOffer): RankedOffer & { offer: PricedOffer; url: string; title: string } {
  const { candidate, shop, price, shipping, total, unconfirmed } = offer;
  const { id: shopId, name: shopName } = shop.declaration;
  const { availability, condition, url, title } = candidate;
  return { offer, shopId, shopName, price, shipping, total, availability, condition, unconfirmed, url, title };
}
