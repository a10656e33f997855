import { wireBestDeal } from '../../shared/api/best-deal.ts';
import type { BestDeal } from '../../shared/api/comparison.ts';
import { type RankedOffer, rankOffers } from '../../shared/prices/best-deal.ts';
import type { PricedOffer } from './priced-offer.ts';

/** By the shared rule of `best-deal.ts`: known totals ascending, then unknown ones by price. */
export function rank(offers: readonly PricedOffer[]): PricedOffer[] {
  return rankOffers(offers.map(ranked)).map(({ offer }) => offer);
}

/** The best deal of the shared rule in its wire form. */
export function toWireBestDeal(offers: readonly PricedOffer[]): BestDeal | null {
  return wireBestDeal(offers.map(ranked));
}

function ranked(offer: PricedOffer): RankedOffer & { offer: PricedOffer; url: string; title: string } {
  const { candidate, shop, price, shipping, total, unconfirmed } = offer;
  const { id: shopId, name: shopName } = shop.declaration;
  const { availability, condition, url, title } = candidate;
  return { offer, shopId, shopName, price, shipping, total, availability, condition, unconfirmed, url, title };
}
