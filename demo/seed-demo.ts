import type { OfferRecord, PriceObservation, Store } from '../server/store/store.ts';
import { demoProducts } from './catalogue/catalogue.ts';
import { DEMO_SOURCE, eventRecord, productRecord } from './demo-records.ts';
import { declaredShops } from './demo-shops.ts';
import { demoEvents, demoShopperIds } from './shoppers/events.ts';
import { type OfferHistory, priceHistories } from './shops/price-history.ts';
import { quoteOn, type Stock } from './shops/quote.ts';

/** Rows per call to the store: few enough that a call takes milliseconds, and the process stays responsive between them. */
const EVENTS_PER_CALL = 2_000;
const PRODUCTS_PER_CALL = 200;
const HISTORIES_PER_CALL = 100;
const HISTORY_DAYS = 90;
const SHOPS_PER_PRODUCT = 2;

const AVAILABILITY: Record<Stock, OfferRecord['availability']> = {
  'in-stock': 'InStock',
  'few-left': 'LimitedAvailability',
  'sold-out': 'OutOfStock',
  'back-order': 'BackOrder',
  'pre-order': 'PreOrder',
};

export interface SeedOptions {
  /** What the demo world takes for now: price histories end here. */
  now?: Date;
  /** Where the shops' pages are, as `startDemoShops` returns; by default where their declarations say. */
  shops?: readonly { id: string; origin: string }[];
}

/** Whether the store is empty, or its seeding was interrupted. A store with other goods is left alone. */
export async function needsDemo(store: Store): Promise<boolean> {
  const products = demoProducts();
  const [first, last] = [products[0]!.id, products[products.length - 1]!.id];
  const known = await store.products.getMany([first, last]);
  return !known.has(last) && (known.has(first) || (await store.products.count()) === 0);
}

/**
 * Fills a store with the demo world: catalogue, shoppers' events, and what some of the shops asked over the last 90 days.
 * Does nothing where all is there; an interrupted seeding is completed.
 */
export async function seedDemo(
  store: Store,
  { now = new Date(), shops = declaredShops() }: SeedOptions = {},
): Promise<void> {
  if (!(await needsDemo(store))) return;
  const products = demoProducts();
  // The last product is written after everything else: its presence says "complete". Writing the rest again changes nothing.
  const [others, last] = [products.slice(0, -1), products.slice(-1)];
  for (const batch of batches(others, PRODUCTS_PER_CALL)) await store.products.upsert(batch.map(productRecord));
  await store.publicShoppers.add(demoShopperIds(), DEMO_SOURCE);
  for (const batch of batches(demoEvents(), EVENTS_PER_CALL)) await store.events.append(batch.map(eventRecord));
  const origins = new Map(shops.map(({ id, origin }) => [id, origin]));
  const histories = priceHistories(products, { until: now, days: HISTORY_DAYS, shopsPerProduct: SHOPS_PER_PRODUCT });
  for (const batch of batches(histories, HISTORIES_PER_CALL)) {
    await store.offers.upsert(batch.map((history) => offerRecord(history, origins, now)));
    await store.prices.record(batch.flatMap((history) => observationsOf(history, origins)));
  }
  await store.products.upsert(last.map(productRecord));
}

function offerRecord(history: OfferHistory, origins: ReadonlyMap<string, string>, now: Date): OfferRecord {
  const { profile, item } = history;
  const { priceMinor, shippingMinor, stock } = quoteOn(profile, item.product, now);
  const { currency } = profile;
  return {
    shop: profile.id,
    url: urlOf(history, origins),
    productId: item.product.id,
    title: item.title,
    price: { minor: priceMinor, currency },
    shipping: shippingMinor === null ? null : { minor: shippingMinor, currency },
    availability: AVAILABILITY[stock],
    checkedAt: now,
  };
}

function observationsOf(history: OfferHistory, origins: ReadonlyMap<string, string>): PriceObservation[] {
  const { profile } = history;
  const url = urlOf(history, origins);
  return history.quotes.map(({ at, quote }) => ({
    shop: profile.id,
    url,
    price: { minor: quote.priceMinor, currency: profile.currency },
    availability: AVAILABILITY[quote.stock],
    observedAt: at,
  }));
}

function urlOf({ profile, item }: OfferHistory, origins: ReadonlyMap<string, string>): string {
  const origin = origins.get(profile.id);
  if (origin === undefined)
    throw new Error(`The demo shop ${profile.id} has no address: pass every shop that startDemoShops started.`);
  return origin + profile.path(item);
}

function* batches<T>(source: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const value of source) {
    batch.push(value);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
