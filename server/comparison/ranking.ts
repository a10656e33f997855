import type { BestDeal } from '../../shared/api/comparison.ts';
import { bestDeal as chooseDeal, type RankedOffer, rankOffers, sentenceFor } from '../../shared/prices/best-deal.ts';
import { decimalAmount, toWireMoney } from '../../shared/prices/money/money.ts';
import type { PricedOffer } from './priced-offer.ts';

/** By the shared rule of `best-deal.ts`: total ascending, then how surely an offer can be had. */
export function rank(offers: readonly PricedOffer[]): PricedOffer[] {
  return rankOffers(offers.map(ranked)).map(({ offer }) => offer);
}

/**
 * The best deal of the shared rule in its wire form.
 * @param offers by total ascending
 */
export function bestDeal(offers: readonly PricedOffer[]): BestDeal | null {
  const best = chooseDeal(offers.map(ranked));
  if (best === null) return null;
  const { offer, reason } = best;
  const { candidate, shop, total } = offer.offer;
  return {
    shop: shop.declaration.id,
    shop_name: shop.declaration.name,
    url: candidate.url,
    title: candidate.title,
    total: toWireMoney(total),
    why: {
      standing: STANDINGS[reason.standing],
      n_offers: reason.nOffers,
      price: toWireMoney(reason.price),
      shipping: reason.shipping && toWireMoney(reason.shipping),
      lowest_known: reason.lowestKnown && {
        shop_name: reason.lowestKnown.shopName,
        total: toWireMoney(reason.lowestKnown.total),
      },
      only_used: reason.onlyUsed,
    },
    reason: sentenceFor(reason, (money) => `${decimalAmount(money)} ${money.currency}`),
  };
}

const STANDINGS = { inStock: 'in_stock', uncertain: 'uncertain', later: 'later' } as const;

function ranked(offer: PricedOffer): RankedOffer & { offer: PricedOffer } {
  const { candidate, shop, price, shipping, total, unconfirmed } = offer;
  const { id: shopId, name: shopName } = shop.declaration;
  const { availability, condition } = candidate;
  return { offer, shopId, shopName, price, shipping, total, availability, condition, unconfirmed };
}
