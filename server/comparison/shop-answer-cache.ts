import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SHOP_FAILURES } from '../../shared/api/comparison.ts';
import { AVAILABILITIES, CONDITIONS } from '../../shared/prices/offer.ts';
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
  listPrice: money.nullable(),
  shipping: money.nullable(),
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

/**
 * What each shop said to a query, kept on its own: a comparison that is made again because one shop had failed, or in
 * another currency, asks only the shops whose answer has run out. Failures are kept too, for a shorter time.
 */
export class ShopAnswerCache {
  readonly #cache: Cache;
  readonly #now: Clock;

  constructor(cache: Cache, now: Clock) {
    this.#cache = cache;
    this.#now = now;
  }

  /** Null where the shop is to be asked. */
  async get(shop: Shop, query: string): Promise<KeptAnswer | null> {
    const text = await this.#cache.get(keyOf(shop, query));
    if (text === null) return null;
    const { success, data } = entrySchema.safeParse(JSON.parse(text));
    return success && this.#now() < data.freshUntilMs ? data : null;
  }

  async keep(shop: Shop, query: string, answer: ShopAnswer): Promise<KeptAnswer> {
    const lifeMs = answer.failure === null ? FRESH_MS : FAILURE_FRESH_MS;
    const kept = { answer, freshUntilMs: this.#now() + lifeMs };
    await this.#cache.set(keyOf(shop, query), JSON.stringify(kept), lifeMs);
    return kept;
  }
}

function keyOf({ declaration }: Shop, query: string): string {
  const parts = JSON.stringify([declaration, query]);
  return `shop-answer-${createHash('sha256').update(parts).digest('base64url')}`;
}
