import type { PriceObservation, Store } from '../store/store.ts';
import type { PricedOffer } from './priced-offer.ts';

/** Keeps each offer as last seen and its price in the history, in the shop's own currency as it was shown. */
export async function recordOffers(
  store: Store,
  offers: readonly { offer: PricedOffer; productId: string }[],
): Promise<void> {
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
