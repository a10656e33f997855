import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import type { JobContext } from '../jobs/job-queue.ts';
import type { Shop } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import { askShop } from './ask-shop.ts';
import type { AskedShop } from './asked-shop.ts';
import type { Clock } from './freshness.ts';
import { markJumps } from './price-jumps.ts';
import { type Question, readAnswer } from './read-answer.ts';
import type { KeptAnswer, ShopAnswerCache } from './shop-answer-cache.ts';
import { toShopResult } from './wire.ts';
import type { ComparisonWorkerParts } from './worker-parts.ts';

/** A shop's cards come together: the first of them is emitted at once, and what its pages add at this interval. */
const SO_FAR_EVERY_MS = 500;

export interface ShopRoundParts {
  parts: ComparisonWorkerParts;
  job: JobContext<unknown>;
  question: Question;
  deadline: AbortSignal;
  rates: RateTable;
  answers: ShopAnswerCache;
  now: Clock;
}

/** Asks all shops one question at once; emits `shop` for each that has answered, and `shop_so_far` before that. */
export class ShopRound {
  readonly #round: ShopRoundParts;
  #nAnswered = 0;

  constructor(round: ShopRoundParts) {
    this.#round = round;
  }

  /** @throws the reason of the job's signal */
  askAll(shops: readonly Shop[]): Promise<AskedShop[]> {
    return Promise.all(shops.map((shop) => this.#ask(shop, shops.length)));
  }

  async #ask(shop: Shop, nShops: number): Promise<AskedShop> {
    const { job, parts, question, rates } = this.#round;
    const kept = await this.#answer(shop);
    const { offers: read, failure } = readAnswer(shop, kept.answer, question, rates);
    const offers = await markJumps(parts.store, shop, read, parts.onUnrecorded);
    this.#nAnswered += 1;
    const { elapsedMs } = kept.answer;
    await job.emit('shop', toShopResult({ shop, offers, failure, elapsedMs }, parts.imageLinks));
    await job.progress(this.#nAnswered / nShops);
    return { shop, kept, offers, failure };
  }

  #answer(shop: Shop): Promise<KeptAnswer> {
    const { parts, job, question, deadline, answers, now } = this.#round;
    const { query, shipTo } = question;
    const onCandidates = this.#soFarListener(shop);
    const ask = async () => {
      const answer = await askShop(shop, query, {
        resources: parts.shopResources,
        shipTo,
        deadline,
        now,
        onCandidates,
      });
      job.signal.throwIfAborted();
      parts.listener?.onShopAnswer(shop.declaration.id, answer.failure?.reason ?? null, answer.elapsedMs);
      return answer;
    };
    return answers.answer(shop, { query, shipTo }, ask, deadline);
  }

  /** Emits what is known of a shop that is slow to answer in full. */
  #soFarListener(shop: Shop): (candidates: CandidateOffer[]) => void {
    const { job, parts, question, rates, now } = this.#round;
    const startedAt = performance.now();
    let emittedAt = Number.NEGATIVE_INFINITY;
    return (candidates) => {
      if (performance.now() - emittedAt < SO_FAR_EVERY_MS) return;
      const checkedAt = new Date(now()).toISOString();
      const answer = { candidates, failure: null, cutOff: false, checkedAt, elapsedMs: 0 };
      const { offers } = readAnswer(shop, answer, question, rates);
      if (offers.length === 0) return;
      emittedAt = performance.now();
      const elapsedMs = Math.round(emittedAt - startedAt);
      // The full answer follows; one message less is no loss.
      job
        .emit('shop_so_far', toShopResult({ shop, offers, failure: null, elapsedMs }, parts.imageLinks))
        .catch(parts.onUnrecorded);
    };
  }
}
