import { v7 } from 'uuid';
import { demoProducts } from '../catalogue/catalogue.ts';
import type { DemoProduct } from '../catalogue/product.ts';
import { normal, type Random } from '../random.ts';
import { drawFrom, type Market, openMarket } from './market.ts';
import { createShopper, type Shopper } from './shopper.ts';

const N_SHOPPERS = 3000;
/** The events end here and begin a year earlier: fixed, so that the same events are made on every day. */
export const EVENTS_END = Date.UTC(2026, 10, 1);
const DAY_MS = 86_400_000;
const DAYS = 365;

/** Sessions per shopper: log-normal, so that a few are very active. Chosen for about 150,000 events in all. */
const SESSIONS_MEDIAN = 11.7;
const SESSIONS_SPREAD = 0.55;
const MIN_SESSIONS = 3;
/** How many products a shopper meets in a session, and how many of these are opened. */
const MET = 14;
const MAX_OPENED = 4;

export interface DemoEvent {
  /** UUIDv7 of the event's own time. */
  id: string;
  shopperId: string;
  productId: string;
  type: 'view' | 'rating' | 'purchase';
  /** rating: 1…5; purchase: quantity; view: 1. */
  value: number;
  occurredAt: Date;
}

/** `1` … `3000` */
export function demoShopperIds(): string[] {
  return Array.from({ length: N_SHOPPERS }, (_, i) => String(i + 1));
}

/**
 * What the demo shoppers did: views, purchases and ratings, shopper by shopper, each one's in order of time. Made while it is
 * read; nothing is held. The same events at every call.
 */
export function* demoEvents(): Generator<DemoEvent> {
  const market = openMarket(demoProducts());
  for (const id of demoShopperIds()) yield* eventsOf(createShopper(id, market), market);
}

function eventsOf(shopper: Shopper, market: Market): DemoEvent[] {
  const { random } = shopper;
  const events: DemoEvent[] = [];
  const owned = new Set<string>();
  const add = (product: DemoProduct, type: DemoEvent['type'], value: number, at: number) => {
    if (at >= EVENTS_END) return;
    const occurredAt = new Date(at);
    events.push({ id: uuidAt(at, random), shopperId: shopper.id, productId: product.id, type, value, occurredAt });
  };

  const buy = (product: DemoProduct, at: number) => {
    owned.add(product.modelKey);
    add(product, 'purchase', product.category === 'Groceries' ? 1 + Math.floor(random() * 3) : 1, at);
    if (random() < 0.6) {
      const stars = 2.9 + 0.55 * shopper.liking(product) + 0.5 * market.quality(product) + 0.5 * normal(random);
      add(product, 'rating', Math.min(Math.max(Math.round(stars), 1), 5), at + (3 + 18 * random()) * DAY_MS);
    }
    const accessory = market.accessories.get(product.modelKey)?.[0];
    if (accessory && random() < 0.4) {
      const later = at + (0.01 + 12 * random()) * DAY_MS;
      add(accessory, 'view', 1, later);
      if (random() < 0.7) add(accessory, 'purchase', 1, later + 60_000 * (1 + 9 * random()));
    }
  };

  for (const start of sessionStarts(random)) {
    const shelf = market.shelves.get(shopper.nextCategory())!;
    const opened = bestOf(
      shopper,
      Array.from({ length: MET }, () => drawFrom(shelf, random())),
    );
    let at = start;
    for (const { product } of opened) {
      add(product, 'view', 1, at);
      at += (20 + 160 * random()) * 1000;
    }
    const best = opened[0]!;
    const again = best.product.category === 'Groceries' || !owned.has(best.product.modelKey);
    if (again && random() < 1 / (1 + Math.exp(1.1 - best.score))) buy(best.product, at);
  }
  return events.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
}

/** The products that a shopper opens, best first: by liking, with Gumbel noise (a draw from the softmax, Plackett–Luce). */
function bestOf(shopper: Shopper, met: DemoProduct[]): { product: DemoProduct; score: number }[] {
  const opened = 1 + Math.floor(shopper.random() * MAX_OPENED);
  return [...new Set(met)]
    .map((product) => ({ product, score: shopper.liking(product) - Math.log(-Math.log(1 - shopper.random())) * 0.6 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, opened);
}

/** Ascending; more of them towards the end of the year and in the evening. */
function sessionStarts(random: Random): number[] {
  const count = Math.max(Math.round(SESSIONS_MEDIAN * Math.exp(SESSIONS_SPREAD * normal(random))), MIN_SESSIONS);
  const starts = Array.from({ length: count }, () => {
    const day = Math.floor(DAYS * random() ** 0.8);
    const hour = 7 + 16 * Math.sqrt(random());
    return EVENTS_END - (DAYS - day) * DAY_MS + Math.floor(hour * 3_600_000);
  });
  return starts.sort((a, b) => a - b);
}

function uuidAt(msecs: number, random: Random): string {
  const bytes = new Uint8Array(16);
  const words = new DataView(bytes.buffer);
  for (let i = 0; i < 4; i++) words.setUint32(4 * i, random() * 2 ** 32);
  return v7({ msecs, random: bytes });
}
