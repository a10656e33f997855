import { createHash } from 'node:crypto';
import { clusterOffers } from '../../shared/prices/matching/cluster-offers.ts';
import { matchProbability } from '../../shared/prices/matching/match.ts';
import { type MatchableOffer, type MatchProfile, profileOf } from '../../shared/prices/matching/profile.ts';
import { SAME_FROM } from '../../shared/prices/matching/weights.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import type { PricedOffer } from './priced-offer.ts';

/** So many products of the catalogue are looked at for one query, the likeliest ones. */
const MAX_CATALOGUE = 100;
/** A thorough comparison takes some 30 µs: only so many of these are compared with each offer, the likest ones. */
const MAX_COMPARED = 6;
/** Source of the products that are known from shops alone. */
const COMPARISON_SOURCE = 'comparison';

/**
 * The product that each offer is of: by GTIN, else as it was assigned before, else the one of the catalogue that it
 * matches, else that of another offer that it matches. Offers that match none of these become products of their own.
 */
export async function assignProducts(
  store: Store,
  query: string,
  offers: readonly PricedOffer[],
): Promise<Map<PricedOffer, string>> {
  const known = await knownProducts(store, offers);
  if (known.size < offers.length) {
    const { items } = await store.products.search({ query, limit: MAX_CATALOGUE, offset: 0 });
    assignByCatalogue(known, offers, new Set([...known.values(), ...items]));
  }
  const created = assignByEachOther(known, offers);
  await store.products.upsert(created);
  return new Map([...known].map(([offer, product]) => [offer, product.id]));
}

type Assigned = Map<PricedOffer, ProductRecord>;

function assignByCatalogue(
  assigned: Assigned,
  offers: readonly PricedOffer[],
  catalogue: Iterable<ProductRecord>,
): void {
  const products = Array.from(catalogue, (product) => ({ product, profile: profileOf(describeProduct(product)) }));
  for (const offer of offers) {
    if (assigned.has(offer)) continue;
    const profile = profileOf(describeOffer(offer));
    const closest = products
      .map((candidate) => ({ ...candidate, likeness: likeness(profile, candidate.profile) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, MAX_COMPARED)
      .map((candidate) => ({ ...candidate, probability: matchProbability(profile, candidate.profile) }))
      .reduce((best, next) => (next.probability > best.probability ? next : best), NO_MATCH);
    if (closest.product && closest.probability >= SAME_FROM) assigned.set(offer, closest.product);
  }
}

const NO_MATCH: { product: ProductRecord | null; probability: number } = { product: null, probability: 0 };

/** Cosine of the words of two titles, each weighed by its rarity: cheap, and next to never low for the same product. */
function likeness(a: MatchProfile, b: MatchProfile): number {
  let dot = 0;
  for (const [word, rarity] of a.rarities) {
    if (b.rarities.has(word)) dot += rarity * rarity;
  }
  return dot / (a.norm * b.norm || 1);
}

/** @returns the products that were made for offers of which none is known. */
function assignByEachOther(assigned: Assigned, offers: readonly PricedOffer[]): ProductRecord[] {
  if (assigned.size === offers.length) return [];
  const clusters = clusterOffers(offers.map(describeOffer));
  const groups = Map.groupBy(offers.keys(), (index) => clusters[index]);
  const created: ProductRecord[] = [];
  for (const indices of groups.values()) {
    const group = Array.from(indices, (index) => offers[index]!);
    const open = group.filter((offer) => !assigned.has(offer));
    if (open.length === 0) continue;
    let product = group.map((offer) => assigned.get(offer)).find((found) => found !== undefined);
    if (!product) {
      product = productOf(open);
      created.push(product);
    }
    for (const offer of open) assigned.set(offer, product);
  }
  return created;
}

/** The products of offers that are identified: a GTIN says more than what was found out before. */
async function knownProducts(store: Store, offers: readonly PricedOffer[]): Promise<Assigned> {
  const gtins = new Set(offers.flatMap(({ candidate }) => candidate.gtin ?? []));
  const found = await Promise.all(
    [...gtins].map(async (gtin) => [gtin, await store.products.findByGtin(gtin)] as const),
  );
  const byGtin = new Map(found);
  const before = await assignedBefore(store, offers);
  const known = new Map<PricedOffer, ProductRecord>();
  for (const offer of offers) {
    const product = byGtin.get(offer.candidate.gtin ?? '') ?? before.get(offer);
    if (product) known.set(offer, product);
  }
  return known;
}

/** An offer that was assigned before stays with its product, unless their GTINs say that the page shows another now. */
async function assignedBefore(store: Store, offers: readonly PricedOffer[]): Promise<Assigned> {
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

function describeOffer({ shop, candidate, price }: PricedOffer): MatchableOffer {
  const { title, brand, gtin, mpn } = candidate;
  // On a marketplace several sellers offer the same product, elsewhere a shop's two offers are two products.
  const { id, adapter } = shop.declaration;
  return { title, brand, gtin, mpn, price: price.minor, shop: adapter === 'ebay-browse' ? null : id };
}

function describeProduct({ title, brand, gtin, mpn, description }: ProductRecord): MatchableOffer {
  return { title, brand, gtin, mpn, description };
}

/** A product as its offers describe it: of each field what the first offer tells that has it, in the order of rank. */
function productOf(offers: readonly PricedOffer[]): ProductRecord {
  const candidates = offers.map(({ candidate }) => candidate);
  const first = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;
  const gtin = first(candidates.map((candidate) => candidate.gtin));
  return {
    id: productId(offers, gtin),
    title: candidates[0]?.title ?? '',
    brand: first(candidates.map(({ brand }) => brand)),
    category: null,
    description: null,
    gtin,
    mpn: first(candidates.map(({ mpn }) => mpn)),
    image: first(candidates.map(({ image }) => image)),
    listPrice: null,
    source: COMPARISON_SOURCE,
  };
}

/** Follows from what the product is, so that two workers that meet a product at once make one of it. */
function productId(offers: readonly PricedOffer[], gtin: string | null): string {
  if (gtin !== null) return `gtin-${gtin}`;
  const addresses = offers.map(({ shop, candidate }) => `${shop.declaration.id} ${candidate.url}`).sort();
  return `offer-${createHash('sha256')
    .update(addresses[0] ?? '')
    .digest('hex')
    .slice(0, 16)}`;
}
