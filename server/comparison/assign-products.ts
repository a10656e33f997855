import { createHash } from 'node:crypto';
import type { ProductRecord, Store } from '../store/store.ts';
import type { PricedOffer } from './priced-offer.ts';

/** Name of those products whose only source is what shops offered. */
const COMPARISON_SOURCE = 'comparison';

/**
 * The product that each offer is of: by GTIN, else as it was assigned before. A GTIN that nobody has yet becomes a
 * product of its own.
 */
export async function assignProducts(store: Store, offers: readonly PricedOffer[]): Promise<Map<PricedOffer, string>> {
  const assigned = new Map<PricedOffer, string>();
  const open = (): PricedOffer[] => offers.filter((offer) => !assigned.has(offer));

  const byGtin = await productsByGtin(store, offers);
  for (const offer of offers) {
    const product = byGtin.get(offer.candidate.gtin ?? '');
    if (product) assigned.set(offer, product.id);
  }
  const before = await productsAssignedBefore(store, open());
  for (const [offer, product] of before) assigned.set(offer, product.id);

  const created: ProductRecord[] = [];
  const byNewGtin = Map.groupBy(
    open().filter(({ candidate }) => candidate.gtin !== null),
    ({ candidate }) => candidate.gtin,
  );
  for (const group of byNewGtin.values()) {
    const product = productOf(group);
    created.push(product);
    for (const offer of group) assigned.set(offer, product.id);
  }
  if (created.length > 0) await store.products.upsert(created);
  return assigned;
}

async function productsByGtin(store: Store, offers: readonly PricedOffer[]): Promise<Map<string, ProductRecord>> {
  const gtins = new Set(offers.flatMap(({ candidate }) => candidate.gtin ?? []));
  const found = await Promise.all(
    [...gtins].map(async (gtin) => [gtin, await store.products.findByGtin(gtin)] as const),
  );
  return new Map(found.flatMap(([gtin, product]) => (product === null ? [] : [[gtin, product]])));
}

/** An offer that was assigned before stays with its product, unless their GTINs say that the page shows another now. */
async function productsAssignedBefore(
  store: Store,
  offers: readonly PricedOffer[],
): Promise<Map<PricedOffer, ProductRecord>> {
  const records = await Promise.all(
    offers.map(async (offer) => ({
      offer,
      record: await store.offers.find(offer.shop.declaration.id, offer.candidate.url),
    })),
  );
  const products = await store.products.getMany(records.flatMap(({ record }) => record?.productId ?? []));
  const found = new Map<PricedOffer, ProductRecord>();
  for (const { offer, record } of records) {
    const product = products.get(record?.productId ?? '');
    const { gtin } = offer.candidate;
    if (product && (gtin === null || product.gtin === null || product.gtin === gtin)) found.set(offer, product);
  }
  return found;
}

/** A product as its offers describe it: the fields of the first offer, in the order of rank, that tells them. */
function productOf(group: readonly PricedOffer[]): ProductRecord {
  const first = <T>(read: (candidate: PricedOffer['candidate']) => T | null): T | null =>
    group.map(({ candidate }) => read(candidate)).find((value) => value !== null) ?? null;
  const gtin = first((candidate) => candidate.gtin);
  return {
    id: productId(group, gtin),
    title: first((candidate) => candidate.title) ?? '',
    brand: first((candidate) => candidate.brand),
    category: null,
    description: null,
    gtin,
    mpn: first((candidate) => candidate.mpn),
    image: first((candidate) => candidate.image),
    listPrice: null,
    source: COMPARISON_SOURCE,
  };
}

/** Follows from what the product is, so that two workers that meet a product at once make one of it. */
function productId(group: readonly PricedOffer[], gtin: string | null): string {
  if (gtin !== null) return `gtin-${gtin}`;
  const urls = group.map(({ shop, candidate }) => `${shop.declaration.id} ${candidate.url}`).sort();
  return `offer-${createHash('sha256')
    .update(urls[0] ?? '')
    .digest('hex')
    .slice(0, 16)}`;
}
