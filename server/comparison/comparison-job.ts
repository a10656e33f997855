import type { Comparison } from '../../shared/api/comparison.ts';
import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import { isRelevant } from '../../shared/prices/relevance/relevance.ts';
import { forAnyone } from '../fetch/fetcher.ts';
import type { JobContext } from '../jobs/job-queue.ts';
import type { Shop } from '../shops/registry.ts';
import type { AskedShop } from './asked-shop.ts';
import type { ComparisonRequest } from './comparison-request.ts';
import { type Clock, FAILURE_FRESH_MS } from './freshness.ts';
import { markJumps } from './price-jumps.ts';
import { type PricedOffer, priceOffer } from './priced-offer.ts';
import { rank } from './ranking.ts';
import type { Question } from './read-answer.ts';
import { queryFor, type RecognisedProduct, recogniseProduct, sameProductAs } from './recognise-product.ts';
import { rememberOffers } from './record-offers.ts';
import type { ShopAnswerCache } from './shop-answer-cache.ts';
import { failureReason } from './shop-failure.ts';
import { ShopRound } from './shop-round.ts';
import { toWireComparison, toWireProduct, unrecognisedComparison } from './wire.ts';
import type { ComparisonWorkerParts } from './worker-parts.ts';

/** How long shops may take in all; what is known then is the answer. */
const DEADLINE_MS = 8000;

export interface ComparisonJobParts {
  parts: ComparisonWorkerParts;
  job: JobContext<unknown>;
  request: ComparisonRequest;
  /** The enabled shops. */
  shops: readonly Shop[];
  rates: RateTable;
  answers: ShopAnswerCache;
  now: Clock;
}

interface MadeComparison {
  comparison: Comparison;
  /** Until when the comparison need not be made again. */
  freshUntilMs: number;
}

/**
 * One comparison. Asks every enabled shop at once under one deadline, and emits `recognised` for the page whose address
 * was asked for, then what is known of each shop, before it answers.
 */
export class ComparisonJob {
  readonly #parts: ComparisonWorkerParts;
  readonly #job: JobContext<unknown>;
  readonly #request: ComparisonRequest;
  readonly #shops: readonly Shop[];
  readonly #rates: RateTable;
  readonly #answers: ShopAnswerCache;
  readonly #now: Clock;

  constructor({ parts, job, request, shops, rates, answers, now }: ComparisonJobParts) {
    this.#parts = parts;
    this.#job = job;
    this.#request = request;
    this.#shops = shops;
    this.#rates = rates;
    this.#answers = answers;
    this.#now = now;
  }

  /** @throws the reason of the job's signal */
  async run(): Promise<MadeComparison> {
    const { address } = this.#request;
    let recognised: RecognisedProduct | null = null;
    if (address !== null) {
      try {
        recognised = await this.#recognise(address);
      } catch (error) {
        return this.#unrecognised(address, error);
      }
      await this.#job.emit('recognised', toWireProduct(recognised));
    }
    const question = questionFor(this.#request, recognised);
    const [own, asked] = await Promise.all([this.#ownOffer(recognised, question), this.#askShops(question)]);
    const offers = rankedOffers(own, asked);
    // What a page of an undeclared shop claims is shown to the caller, and is no part of the price history.
    const declared = recognised?.declared === null ? offers.filter((offer) => offer !== own) : offers;
    const productIds = await rememberOffers(this.#parts.store, question.query, declared, this.#parts.onUnrecorded);
    const comparison = toWireComparison({
      ...{ request: this.#request, question, recognised, asked, offers, productIds },
      ...{ imageLinks: this.#parts.imageLinks, checkedAtMs: this.#now(), ratesDate: this.#rates.date },
    });
    return { comparison, freshUntilMs: this.#freshUntilMs(asked) };
  }

  #recognise(address: string): Promise<RecognisedProduct> {
    const { fetcher, ...resources } = this.#parts.shopResources;
    const guarded = this.#request.forAnyone ? forAnyone(fetcher) : fetcher;
    return recogniseProduct(address, this.#shops, { ...resources, fetcher: guarded, signal: this.#deadline() });
  }

  #unrecognised(address: string, error: unknown): MadeComparison {
    this.#job.signal.throwIfAborted();
    const now = this.#now();
    const comparison = unrecognisedComparison(this.#request, address, failureReason(error), now);
    return { comparison, freshUntilMs: now + FAILURE_FRESH_MS };
  }

  /** What the recognised page asks for its product; null where that cannot be said in the currency asked for. */
  async #ownOffer(recognised: RecognisedProduct | null, { currency, shipTo }: Question): Promise<PricedOffer | null> {
    if (recognised === null || recognised.candidate === null) return null;
    const { shop, declared, candidate } = recognised;
    const checkedAt = new Date(this.#now()).toISOString();
    const offer = priceOffer(shop, candidate, { currency, shipTo, rates: this.#rates, checkedAt });
    if (offer === null || declared === null) return offer;
    const [marked] = await markJumps(this.#parts.store, declared, [offer], this.#parts.onUnrecorded);
    return marked ?? offer;
  }

  #askShops(question: Question): Promise<AskedShop[]> {
    return new ShopRound({
      ...{ parts: this.#parts, job: this.#job, rates: this.#rates, answers: this.#answers, now: this.#now },
      ...{ question, deadline: this.#deadline() },
    }).askAll(this.#shops);
  }

  /** How long pages and shops may take, from now on. */
  #deadline(): AbortSignal {
    return AbortSignal.any([this.#job.signal, AbortSignal.timeout(this.#parts.deadlineMs ?? DEADLINE_MS)]);
  }

  #freshUntilMs(asked: readonly AskedShop[]): number {
    return asked.length === 0 ? this.#now() : Math.min(...asked.map(({ kept }) => kept.freshUntilMs));
  }
}

/** @param recognised the product of the page whose address was asked for: shops know its name, not its address. */
function questionFor({ query, currency, shipTo }: ComparisonRequest, recognised: RecognisedProduct | null): Question {
  if (recognised !== null) return { query: queryFor(recognised), currency, shipTo, isMeant: sameProductAs(recognised) };
  return { query, currency, shipTo, isMeant: ({ title, brand }) => isRelevant(query, { title, brand }) };
}

function rankedOffers(own: PricedOffer | null, asked: readonly AskedShop[]): PricedOffer[] {
  const found = asked.flatMap((shop) => shop.offers);
  return rank(own === null ? found : [own, ...found.filter((offer) => !isSameOffer(offer, own))]);
}

/** A shop's search may give the page's own offer again, by another address. */
function isSameOffer(a: PricedOffer, b: PricedOffer): boolean {
  if (a.shop.declaration.id !== b.shop.declaration.id) return false;
  return a.candidate.url === b.candidate.url || a.candidate.title === b.candidate.title;
}
