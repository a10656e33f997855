import type { ComparedOffer, Comparison, ShopFailure, ShopResult } from '../../shared/api/comparison.ts';
import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import { isRelevant } from '../../shared/prices/relevance/relevance.ts';
import type { Cache } from '../cache/cache.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { ImageLinks } from '../images/image-links.ts';
import { type JobContext, type JobHandler, UnretryableError } from '../jobs/job-queue.ts';
import type { KnownShops, Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import type { Store } from '../store/store.ts';
import { askShop } from './ask-shop.ts';
import { assignProducts } from './assign-products.ts';
import { ComparisonCache } from './comparison-cache.ts';
import { type ComparisonRequest, comparisonRequestSchema } from './comparison-request.ts';
import { type Clock, FAILURE_FRESH_MS } from './freshness.ts';
import { nextStep } from './next-step.ts';
import { holdBackJumps } from './price-jumps.ts';
import { type PricedOffer, priceOffer, toWireOffer } from './priced-offer.ts';
import { bestDeal, rank } from './ranking.ts';
import { type Question, readAnswer } from './read-answer.ts';
import {
  queryFor,
  type RecognisedProduct,
  recogniseProduct,
  sameProductAs,
  toWireProduct,
} from './recognise-product.ts';
import { recordOffers, toObservation } from './record-offers.ts';
import { type KeptAnswer, ShopAnswerCache } from './shop-answer-cache.ts';
import { unrecognised } from './unrecognised-page.ts';

export const COMPARE_JOB = 'compare';

/** How long shops may take in all; what is known then is the answer. */
const DEADLINE_MS = 8000;

/** A shop's cards come together: the first of them is told at once, and what its pages add now and then. */
const SO_FAR_EVERY_MS = 500;

export interface ComparisonWorkerParts {
  shops: { current(): Promise<KnownShops> };
  fetcher: Fetcher;
  store: Store;
  cache: Cache;
  /** Puts the shops' pictures on our own origin. */
  imageLinks: ImageLinks;
  /** The exchange rates of the day. */
  rates(): Promise<RateTable>;
  /** A comparison that cannot be remembered is still answered, and this is told why. */
  onUnrecorded(error: unknown): void;
  now?: Clock;
  deadlineMs?: number;
}

/** What one shop came to. */
interface AskedShop {
  kept: KeptAnswer;
  offers: PricedOffer[];
  failure: ShopFailure | null;
}

/**
 * Makes comparisons: asks every enabled shop at once under one deadline, tells each as it answers (`shop` events, and
 * before that what is known so far as `shop_so_far`), and
 * keeps the whole in the cache and each price in the history.
 */
export function comparisonHandler(parts: ComparisonWorkerParts): JobHandler {
  const now = parts.now ?? Date.now;
  const comparisons = new ComparisonCache(parts.cache, now);
  const answers = new ShopAnswerCache(parts.cache, now);
  const toWire = (offer: PricedOffer, productId: string | null) =>
    parts.imageLinks.linked(toWireOffer(offer, productId));

  return async (job): Promise<Comparison> => {
    const request = readRequest(job.payload);
    // Whoever asked while the last such job was ending has started this one: the shops have just been asked.
    const cached = await comparisons.get(request.key);
    if (cached?.fresh) return { ...cached.comparison, cache: 'hit' };

    const [known, rates] = await Promise.all([parts.shops.current(), parts.rates()]);
    let recognised: RecognisedProduct | null = null;
    if (request.address !== null) {
      try {
        recognised = await recogniseProduct(request.address, known, {
          fetcher: parts.fetcher,
          signal: deadlineOf(job),
        });
      } catch (error) {
        job.signal.throwIfAborted();
        const comparison = unrecognised(request, request.address, error, now());
        await comparisons.set(request.key, comparison, job.id, now() + FAILURE_FRESH_MS);
        return comparison;
      }
      await job.emit('recognised', toWireProduct(recognised));
    }
    const question = questionFor(request, recognised);
    const [own, asked] = await Promise.all([
      recognised === null ? null : ownOffer(recognised, question, rates),
      askAll(job, known.enabled, question, rates),
    ]);
    const found = asked.flatMap((shop) => shop.offers);
    const offers = rank(own === null ? found : [own, ...found.filter((offer) => !isSameOffer(offer, own))]);
    // What a page claims whose shop nobody declared is shown to who asked, and is no part of the price history.
    const declared = recognised?.declared === null ? offers.filter((offer) => offer !== own) : offers;
    const productIds = await remember(question.query, declared);
    const failures = asked.flatMap(({ failure }) => failure ?? []);
    const nShops = known.enabled.length;
    const comparison: Comparison = {
      query: question.query,
      recognised: recognised === null ? null : toWireProduct(recognised),
      currency: request.currency,
      ship_to: request.shipTo,
      cache: 'miss',
      complete: !asked.some(({ kept }) => kept.answer.cutOff),
      best: bestDeal(offers),
      offers: offers.map((offer) => toWire(offer, productIds.get(offer) ?? null)),
      failures,
      next_step: found.length + failures.length === 0 ? nextStep(question.query, { nShops }) : null,
      shops_asked: nShops,
      checked_at: new Date(now()).toISOString(),
      rates_date: offers.some(isConverted) ? rates.date : null,
    };
    const freshUntilMs = asked.length === 0 ? now() : Math.min(...asked.map(({ kept }) => kept.freshUntilMs));
    await comparisons.set(request.key, comparison, job.id, freshUntilMs);
    return comparison;
  };

  /** How long pages and shops may take, from now on. */
  function deadlineOf(job: JobContext<unknown>): AbortSignal {
    return AbortSignal.any([job.signal, AbortSignal.timeout(parts.deadlineMs ?? DEADLINE_MS)]);
  }

  /** What the page that was named asks for its product; null where that cannot be said in the currency asked for. */
  async function ownOffer(
    { shop, declared, candidate }: RecognisedProduct,
    { currency, shipTo }: Question,
    rates: RateTable,
  ): Promise<PricedOffer | null> {
    if (candidate === null) return null;
    const offer = priceOffer(shop, candidate, { currency, shipTo, rates, checkedAt: new Date(now()).toISOString() });
    if (offer === null || declared === null) return offer;
    const [judged] = await judge(declared, [offer]);
    return judged ?? offer;
  }

  async function askAll(job: JobContext<unknown>, shops: readonly Shop[], question: Question, rates: RateTable) {
    const deadline = deadlineOf(job);
    let nAnswered = 0;
    const asked = await Promise.all(
      shops.map(async (shop): Promise<AskedShop> => {
        const kept = await ask(job, shop, question, deadline, tellSoFar(job, shop, question, rates));
        const { offers: read, failure } = readAnswer(shop, kept.answer, question, rates);
        const offers = await judge(shop, read);
        nAnswered += 1;
        const shown = offers.map((offer) => toWire(offer, null));
        await job.emit('shop', shopResult(shop, shown, failure, kept.answer.elapsedMs));
        await job.progress(nAnswered / shops.length);
        return { kept, offers, failure };
      }),
    );
    return asked;
  }

  function ask(
    job: JobContext<unknown>,
    shop: Shop,
    { query, shipTo }: Question,
    deadline: AbortSignal,
    onCandidates: (candidates: CandidateOffer[]) => void,
  ): Promise<KeptAnswer> {
    const getAnswer = async () => {
      const answer = await askShop(shop, query, { fetcher: parts.fetcher, shipTo, deadline, now, onCandidates });
      job.signal.throwIfAborted();
      return answer;
    };
    return answers.answer(shop, { query, shipTo }, getAnswer, deadline);
  }

  /** What is known of a shop that is slow to answer in full, told now and then. */
  function tellSoFar(job: JobContext<unknown>, shop: Shop, question: Question, rates: RateTable) {
    const startedAt = performance.now();
    let toldAt = Number.NEGATIVE_INFINITY;
    return (candidates: CandidateOffer[]): void => {
      if (performance.now() - toldAt < SO_FAR_EVERY_MS) return;
      const checkedAt = new Date(now()).toISOString();
      const answer = { candidates, failure: null, cutOff: false, checkedAt, elapsedMs: 0 };
      const { offers } = readAnswer(shop, answer, question, rates);
      if (offers.length === 0) return;
      toldAt = performance.now();
      const shown = offers.map((offer) => toWire(offer, null));
      // The full answer follows; one message less is no loss.
      job.emit('shop_so_far', shopResult(shop, shown, null, Math.round(toldAt - startedAt))).catch(parts.onUnrecorded);
    };
  }

  /** Marks prices that have jumped beyond reason; where the store does not answer, what the shop shows is believed. */
  async function judge({ declaration: { id } }: Shop, offers: readonly PricedOffer[]): Promise<PricedOffer[]> {
    const held = await holdBackJumps(parts.store, id, offers.map(toObservation)).catch((error: unknown) => {
      parts.onUnrecorded(error);
      return new Set<string>();
    });
    return offers.map((offer) => ({ ...offer, unconfirmed: held.has(offer.candidate.url) }));
  }

  /** The product of each offer; empty where the store could not take them. */
  async function remember(query: string, offers: readonly PricedOffer[]): Promise<ReadonlyMap<PricedOffer, string>> {
    try {
      const productIds = await assignProducts(parts.store, query, offers);
      await recordOffers(
        parts.store,
        offers.flatMap((offer) => {
          const productId = productIds.get(offer);
          return productId === undefined || offer.unconfirmed ? [] : [{ offer, productId }];
        }),
      );
      return productIds;
    } catch (error) {
      parts.onUnrecorded(error);
      return new Map();
    }
  }
}

function readRequest(payload: unknown): ComparisonRequest {
  const parsed = comparisonRequestSchema.safeParse(payload);
  if (!parsed.success) throw new UnretryableError(`the job's payload is not a comparison: ${parsed.error.message}`);
  return parsed.data;
}

/** @param recognised the product of the page whose address was asked for: shops know its name, not its address. */
function questionFor({ query, currency, shipTo }: ComparisonRequest, recognised: RecognisedProduct | null): Question {
  if (recognised !== null) return { query: queryFor(recognised), currency, shipTo, isMeant: sameProductAs(recognised) };
  return { query, currency, shipTo, isMeant: ({ title, brand }) => isRelevant(query, { title, brand }) };
}

/** A shop's search may give the page's own offer again, by another address. */
function isSameOffer(a: PricedOffer, b: PricedOffer): boolean {
  if (a.shop.declaration.id !== b.shop.declaration.id) return false;
  return a.candidate.url === b.candidate.url || a.candidate.title === b.candidate.title;
}

function shopResult(
  { declaration }: Shop,
  offers: ComparedOffer[],
  failure: ShopFailure | null,
  elapsedMs: number,
): ShopResult {
  if (failure !== null && offers.length === 0) return { status: 'failed', elapsed_ms: elapsedMs, failure };
  return {
    status: 'answered',
    shop: declaration.id,
    shop_name: declaration.name,
    offers,
    elapsed_ms: elapsedMs,
  };
}

function isConverted({ candidate, price }: PricedOffer): boolean {
  return candidate.price.currency !== price.currency;
}
