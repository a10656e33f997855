import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SHOP_FAILURES } from '../../shared/api/comparison.ts';
import { AVAILABILITIES, CONDITIONS } from '../../shared/prices/offer.ts';
import { orAborted } from '../abortable.ts';
import type { Cache } from '../cache/cache.ts';
import type { Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import type { ShopAnswer } from './ask-shop.ts';
import { type Clock, FAILURE_FRESH_MS, FRESH_MS } from './freshness.ts';

const money = z.object({ minor: z.int(), currency: z.string() });
const candidateSchema = z.object({
  title: z.string(),
  url: z.string(),
  price: money,
  uncertain: z.literal(true).exactOptional(),
  listPrice: money.nullable(),
  shipping: money.nullable(),
  shippingTo: z.record(z.string(), money).exactOptional(),
  availability: z.enum(AVAILABILITIES).nullable(),
  condition: z.enum(CONDITIONS).nullable(),
  brand: z.string().nullable(),
  gtin: z.string().nullable(),
  mpn: z.string().nullable(),
  sku: z.string().nullable(),
  image: z.string().nullable(),
}) satisfies z.ZodType<CandidateOffer>;

const entrySchema = z.object({
  answer: z.object({
    candidates: z.array(candidateSchema),
    failure: z.object({ reason: z.enum(SHOP_FAILURES), detail: z.string() }).nullable(),
    cutOff: z.boolean(),
    checkedAt: z.string(),
    elapsedMs: z.number(),
  }) satisfies z.ZodType<ShopAnswer>,
  freshUntilMs: z.number(),
});
export type KeptAnswer = z.infer<typeof entrySchema>;

/** How often to look for the answer of another process that is asking the shop. */
const LOOK_EVERY_MS = 50;
/** A process that dies while it asks holds the others up so much longer than the shop's own limit. */
const CLAIM_MARGIN_MS = 1000;

/**
 * What each shop said to a query, kept on its own: a comparison that is made again because one shop had failed, or in
 * another currency, asks only the shops whose answer has run out; and two that run at once, in this process or in
 * several, ask each shop once. Failures are kept too, for a shorter time.
 */
export class ShopAnswerCache {
  readonly #cache: Cache;
  readonly #now: Clock;
  /** What this process is asking now. */
  readonly #asking = new Map<string, Promise<KeptAnswer>>();

  constructor(cache: Cache, now: Clock) {
    this.#cache = cache;
    this.#now = now;
  }

  /**
   * The shop's answer: the kept one, else the one that another caller is getting now, else what `ask` gets.
   * @param signal limits how long the caller waits for another's answer.
   */
  async answer(
    shop: Shop,
    question: { query: string; shipTo: string | null },
    ask: () => Promise<ShopAnswer>,
    signal: AbortSignal,
  ): Promise<KeptAnswer> {
    const key = keyOf(shop, question);
    const running = this.#asking.get(key);
    // The first caller may have been cancelled, or have had less time: then the shop is asked again.
    const shared = running && (await orAborted(running, signal).catch(() => null));
    if (shared && !shared.answer.cutOff) return shared;
    const asking = this.#fromCacheOr(key, shop, ask, signal);
    this.#asking.set(key, asking);
    try {
      return await asking;
    } finally {
      if (this.#asking.get(key) === asking) this.#asking.delete(key);
    }
  }

  async #fromCacheOr(
    key: string,
    { declaration }: Shop,
    ask: () => Promise<ShopAnswer>,
    signal: AbortSignal,
  ): Promise<KeptAnswer> {
    const claim = `${key}-asking`;
    for (;;) {
      const kept = await this.#get(key);
      if (kept !== null) return kept;
      if (signal.aborted || (await this.#cache.add(claim, '1', declaration.timeout_ms + CLAIM_MARGIN_MS))) break;
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {}); // then it is asked, and says that it is late
    }
    try {
      return await this.#keep(key, await ask());
    } finally {
      await this.#cache.delete(claim);
    }
  }

  async #get(key: string): Promise<KeptAnswer | null> {
    const text = await this.#cache.get(key);
    if (text === null) return null;
    const { success, data } = entrySchema.safeParse(JSON.parse(text));
    return success && this.#now() < data.freshUntilMs ? data : null;
  }

  async #keep(key: string, answer: ShopAnswer): Promise<KeptAnswer> {
    const lifeMs = answer.failure === null ? FRESH_MS : FAILURE_FRESH_MS;
    const kept = { answer, freshUntilMs: this.#now() + lifeMs };
    await this.#cache.set(key, JSON.stringify(kept), lifeMs);
    return kept;
  }
}

function keyOf({ declaration, adapter }: Shop, { query, shipTo }: { query: string; shipTo: string | null }): string {
  const parts = JSON.stringify([declaration, query, adapter.asksByDestination === true ? shipTo : null]);
  return `shop-answer-${createHash('sha256').update(parts).digest('base64url')}`;
}
