import type { Money } from '../../shared/prices/money/money.ts';
import type { Shop } from '../shops/registry.ts';
import type { PriceObservation, Store } from '../store/store.ts';
import type { PricedOffer } from './priced-offer.ts';
import { toObservation } from './record-offers.ts';

/** Sales of half price are common; what changes by more is as often a slip of the shop, or of the reading. */
const MAX_CHANGE = 0.6;

/** The price of a season: an offer's own history in these days says what is usual for it. */
const HISTORY_MS = 90 * 24 * 60 * 60 * 1000;

/** A second look confirms a price that is that near to the first. */
const SAME_PRICE = 0.1;

/** Two looks closer together may see one and the same slip. */
const SECOND_LOOK_AFTER_MS = 5 * 60_000;

/** Is this price beyond reason for an offer that was seen at those prices (same currency, oldest first)? */
export function isJump(price: Money, history: readonly Money[]): boolean {
  const latest = history.at(-1);
  if (latest === undefined) return false;
  // The median alone would take every price after a confirmed jump for another jump.
  return differs(price.minor, median(history), MAX_CHANGE) && differs(price.minor, latest.minor, MAX_CHANGE);
}

/**
 * Holds back the prices of offers that have jumped beyond reason, until a second look, at least five minutes after the
 * first, sees them again: then both go into the history, and the price is believed.
 * @param seen prices of one shop's offers as just read.
 * @returns URLs of the offers whose price is held back: neither a deal nor history.
 */
export async function holdBackJumps(
  store: Pick<Store, 'prices' | 'pendingPrices'>,
  shop: string,
  seen: readonly PriceObservation[],
): Promise<ReadonlySet<string>> {
  const urls = seen.map(({ url }) => url);
  const newest = Math.max(...seen.map(({ observedAt }) => observedAt.getTime()));
  const [recorded, waiting] = await Promise.all([
    store.prices.ofOffers(shop, urls, new Date(newest - HISTORY_MS)),
    store.pendingPrices.of(shop, urls),
  ]);
  const pendingAt = new Map(waiting.map((observation) => [observation.url, observation]));
  const held = new Set<string>();
  for (const observation of seen) {
    const pending = pendingAt.get(observation.url);
    const history = recorded.filter(
      ({ url, price }) => url === observation.url && price.currency === observation.price.currency,
    );
    const jumped = isJump(
      observation.price,
      history.map(({ price }) => price),
    );
    const again = pending !== undefined && isSamePrice(pending.price, observation.price);
    const waitedMs = again ? observation.observedAt.getTime() - pending.observedAt.getTime() : 0;
    if (jumped && waitedMs < SECOND_LOOK_AFTER_MS) {
      held.add(observation.url);
      if (!again) await store.pendingPrices.put(observation);
    } else if (pending !== undefined) {
      if (jumped) await store.prices.record([pending]);
      await store.pendingPrices.remove(shop, observation.url);
    }
  }
  return held;
}

/**
 * The offers of one shop, each marked `unconfirmed` whose price is held back. Where the store does not answer, what the
 * shop shows is believed, and `onFailure` gets the reason.
 */
export async function markJumps(
  store: Pick<Store, 'prices' | 'pendingPrices'>,
  { declaration: { id } }: Shop,
  offers: readonly PricedOffer[],
  onFailure: (error: unknown) => void,
): Promise<PricedOffer[]> {
  // A price that was read uncertainly neither confirms another nor waits to be confirmed.
  const certain = offers.filter(({ unconfirmed }) => !unconfirmed);
  if (certain.length === 0) return [...offers];
  const held = await holdBackJumps(store, id, certain.map(toObservation)).catch((error: unknown) => {
    onFailure(error);
    return new Set<string>();
  });
  return offers.map((offer) => ({ ...offer, unconfirmed: offer.unconfirmed || held.has(offer.candidate.url) }));
}

function isSamePrice(a: Money, b: Money): boolean {
  return a.currency === b.currency && !differs(b.minor, a.minor, SAME_PRICE);
}

/** By more than this share of the second? */
function differs(minor: number, fromMinor: number, share: number): boolean {
  return Math.abs(minor - fromMinor) > share * fromMinor;
}

function median(history: readonly Money[]): number {
  const sorted = history.map(({ minor }) => minor).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = 0, above = 0] = sorted.length % 2 === 0 ? sorted.slice(middle - 1) : [sorted[middle], sorted[middle]];
  return (below + above) / 2;
}
