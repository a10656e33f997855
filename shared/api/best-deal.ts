import { bestDeal, type RankedOffer, sentenceFor } from '../prices/best-deal.ts';
import { decimalAmount, fromWireMoney, toWireMoney } from '../prices/money/money.ts';
import type { BestDeal, ComparedOffer } from './comparison.ts';

const STANDINGS = { inStock: 'in_stock', uncertain: 'uncertain', later: 'later' } as const;

/** What the wire form of the best deal names besides what decides it. */
interface LinkedOffer extends RankedOffer {
  readonly url: string;
  readonly title: string;
}

/** An offer of an answer as the shared rule of `prices/best-deal.ts` reads it. */
export function rankedOffer(offer: ComparedOffer): LinkedOffer & { compared: ComparedOffer } {
  const { shop, shop_name, price, shipping, url, title, availability, condition, unconfirmed } = offer;
  const known = shipping && fromWireMoney(shipping);
  return {
    compared: offer,
    shopId: shop,
    shopName: shop_name,
    price: fromWireMoney(price),
    shipping: known,
    // An answer that a device has kept from before totals could be null says the price instead.
    total: known && offer.total && fromWireMoney(offer.total),
    url,
    title,
    availability,
    condition,
    unconfirmed,
  };
}

/** The best deal of the shared rule in its wire form; null where no offer is one. */
export function wireBestDeal(offers: readonly LinkedOffer[]): BestDeal | null {
  const best = bestDeal(offers);
  if (best === null) return null;
  const { offer, reason } = best;
  return {
    shop: offer.shopId,
    shop_name: offer.shopName,
    url: offer.url,
    title: offer.title,
    total: offer.total && toWireMoney(offer.total),
    price: toWireMoney(offer.price),
    why: {
      standing: STANDINGS[reason.standing],
      n_offers: reason.nOffers,
      price: toWireMoney(reason.price),
      shipping: reason.shipping && toWireMoney(reason.shipping),
      lowest_known: reason.lowestKnown && {
        shop_name: reason.lowestKnown.shopName,
        total: toWireMoney(reason.lowestKnown.total),
      },
      shipping_at_most: reason.shippingAtMost && toWireMoney(reason.shippingAtMost),
      only_used: reason.onlyUsed,
    },
    reason: sentenceFor(reason, (money) => `${decimalAmount(money)} ${money.currency}`),
  };
}
