import type { PriceObservation, Store } from '../store/store.ts';
import { assignProducts } from './assign-products.ts';
import type { PricedOffer } from './priced-offer.ts';

/**
 * Files offers under their products and keeps those whose price is confirmed. Where the store cannot take them,
 * `onFailure` gets the reason.
 * @returns the product of each offer; empty where the store could not take them.
 */
export async function rememberOffers(
  store: Store,
  query: string,
  offers: readonly PricedOffer[],
  onFailure: (error: unknown) => void,
): Promise<ReadonlyMap<PricedOffer, string>> {
  try {
    const productIds = await assignProducts(store, query, offers);
    const confirmed = offers.flatMap((offer) => {
      const productId = productIds.get(offer);
      return productId === undefined || offer.unconfirmed ? [] : [{ offer, productId }];
    });
    await recordOffers(store, confirmed);
    return productIds;
  } catch (error) {
    onFailure(error);
    return new Map();
  }
}

/** Keeps each offer as last seen and its price in the history, in the shop's own currency as it was shown. */
async function recordOffers(store: Store, offers: readonly { offer: PricedOffer; productId: string }[]): Promise<void> {
  await store.offers.upsert(
    offers.map(({ offer: { shop, candidate, checkedAt }, productId }) => ({
      shop: shop.declaration.id,
      url: candidate.url,
      productId,
      title: candidate.title,
      price: candidate.price,
      shipping: candidate.shipping,
      availability: candidate.availability,
      checkedAt: new Date(checkedAt),
    })),
  );
  await store.prices.record(offers.map(({ offer }) => toObservation(offer)));
}

/** What the shop itself showed, in its own currency. */
export function toObservation({ shop, candidate, checkedAt }: PricedOffer): PriceObservation {
  return {
    shop: shop.declaration.id,
    url: candidate.url,
    price: candidate.price,
    availability: candidate.availability,
    observedAt: new Date(checkedAt),
  };
}
