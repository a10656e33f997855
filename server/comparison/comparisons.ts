import { LRUCache } from 'lru-cache';
import { type Comparison, comparisonSchema } from '../../shared/api/comparison.ts';
import { FINAL_EVENTS, type JobHandler, type JobQueue, QueueFullError } from '../jobs/job-queue.ts';
import { MAX_WAITING_COMPARISONS } from '../limits/budgets.ts';
import { LimitReachedError } from '../limits/rate-limiter.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { ComparisonCache } from './comparison-cache.ts';
import { type ComparisonRequest, comparisonRequest } from './comparison-request.ts';
import { COMPARE_JOB, comparisonHandler } from './job.ts';
import type { ComparisonWorkerParts } from './worker-parts.ts';

/**
 * Workers that die again and again take many comparisons with them that are not to blame: a page that defeats its reader ends
 * a thread, not the process. An attempt costs shops little, since their answers are cached.
 */
const COMPARISON_ATTEMPTS = 10;

/** Questions whose requests are kept: a hash each, which takes longer than to find the answer. Some 2 kB at most. */
const MAX_REQUESTS_KEPT = 1_000;

/** A comparison takes 8 s at most; the rest is for waiting behind others in the queue. */
const WAIT_MS = 30_000;

/** The comparison could not be made: its job failed, was cancelled, or no worker took it. For people. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
}

export interface ComparisonsParts extends ComparisonWorkerParts {
  queue: JobQueue;
}

/** Who asks: limits and the turns in the queue go by it. */
export interface Asker {
  client: string;
  /** Called before a job is made for this asker, not for what is cached or on its way. @throws to refuse it. */
  beforeNewJob(): Promise<void>;
  /** Nothing waits for the answer. */
  background?: boolean;
  /** The caller has nothing else to do until the answer is there, or its time is over. */
  waits?: boolean;
}

export interface CompareOptions {
  signal?: AbortSignal;
  /** ISO 3166-1 alpha-2 code of the country to send to: shipping, totals and ranking are for there. */
  shipTo?: string | null;
  /**
   * The caller is the operator, or has a key: an address may lead to the operator's own network. Callers who have proven
   * nothing get no answer that was made so either.
   */
  trusted?: boolean;
  /** Without one there are no limits: commands of the operator. */
  asker?: Asker;
}

/** Asks for comparisons. A worker's job makes what is not in the cache, once for all callers. */
export class Comparisons {
  readonly #parts: ComparisonsParts;
  readonly #cache: ComparisonCache;
  readonly #requests = new LRUCache<string, ComparisonRequest>({ max: MAX_REQUESTS_KEPT });
  /** Jobs that are being added, by the key of their request: all who ask meanwhile share one addition and its cost. */
  readonly #adding = new Map<string, { client: string | null; jobId: Promise<string> }>();

  constructor(parts: ComparisonsParts) {
    this.#parts = parts;
    this.#cache = new ComparisonCache(parts.cache, parts.now ?? Date.now);
  }

  /** What a worker does with `COMPARE_JOB`: the only place from which shops are asked. */
  handler(): JobHandler {
    return comparisonHandler(this.#parts);
  }

  /**
   * A fresh answer from the cache (`hit`); else an old one, while a new one is made (`stale`); else a new one, which
   * all callers meanwhile wait for together (`miss`).
   * @param currency ISO 4217 code
   * @throws ComparisonError; LimitReachedError or QueueFullError where the asker may have no new job; the signal's reason
   * when the caller gives up: the job goes on for the others.
   */
  async compare(query: string, currency: string, { signal, ...options }: CompareOptions = {}): Promise<Comparison> {
    const request = await this.#request(query, currency, options);
    const cached = await this.#cache.get(request.key);
    this.#parts.listener?.onLookup(cached === null ? 'miss' : cached.fresh ? 'hit' : 'stale');
    if (cached?.fresh) return cached.comparison;
    if (cached) {
      await this.#renew(request, options.asker);
      return cached.comparison;
    }
    const asker = options.asker && { ...options.asker, waits: true };
    return this.#made(await this.#add(request, asker), request, asker, signal);
  }

  /** A fresh answer from the cache, as `compare` would give it; null: there is none. The same object as long as it is one. */
  async fresh(
    query: string,
    currency: string,
    options: Omit<CompareOptions, 'signal' | 'asker'> = {},
  ): Promise<Comparison | null> {
    const cached = await this.#cache.get((await this.#request(query, currency, options)).key);
    if (!cached?.fresh) return null;
    this.#parts.listener?.onLookup('hit');
    return cached.comparison;
  }

  /** As `compare`, but never an old answer: for callers that can wait. */
  async refresh(query: string, currency: string, { signal, ...options }: CompareOptions = {}): Promise<Comparison> {
    const request = await this.#request(query, currency, options);
    return this.#made(await this.#start(request, options.asker), request, options.asker, signal);
  }

  /** A job whose event stream and result give the comparison: the finished one of a fresh answer, or one that runs. */
  async start(
    query: string,
    currency: string,
    options: Omit<CompareOptions, 'signal'> = {},
  ): Promise<{ jobId: string }> {
    return { jobId: await this.#start(await this.#request(query, currency, options), options.asker) };
  }

  async #start(request: ComparisonRequest, asker: Asker | undefined): Promise<string> {
    const cached = await this.#cache.get(request.key);
    if (cached?.fresh && (await this.#parts.queue.get(cached.jobId)) !== null) return cached.jobId;
    return this.#add(request, asker);
  }

  async #request(
    query: string,
    currency: string,
    { shipTo = null, trusted = false }: Omit<CompareOptions, 'signal'>,
  ): Promise<ComparisonRequest> {
    const { version } = await this.#parts.shops.current();
    const question = `${version} ${currency} ${shipTo} ${trusted} ${query}`;
    const request = this.#requests.get(question) ?? comparisonRequest(query, { currency, shipTo, trusted }, version);
    this.#requests.set(question, request);
    return request;
  }

  /** An old answer is shown also to those who may not have it renewed, and while the queue is away. */
  async #renew(request: ComparisonRequest, asker: Asker | undefined): Promise<void> {
    try {
      await this.#add(request, asker && { ...asker, background: true });
    } catch (error) {
      const isForeseen = [LimitReachedError, QueueFullError, UnavailableError].some((kind) => error instanceof kind);
      if (!isForeseen) throw error;
    }
  }

  async #add(request: ComparisonRequest, asker: Asker | undefined): Promise<string> {
    const client = asker?.client ?? null;
    for (;;) {
      const adding = this.#adding.get(request.key);
      if (adding === undefined) break;
      if (adding.client === client) return adding.jobId;
      // What was refused to another client may be allowed to this one.
      const jobId = await adding.jobId.catch(() => null);
      if (jobId !== null) return jobId;
    }
    const jobId = this.#addNew(request, asker).finally(() => this.#adding.delete(request.key));
    this.#adding.set(request.key, { client, jobId });
    return jobId;
  }

  async #addNew(request: ComparisonRequest, asker: Asker | undefined): Promise<string> {
    const { queue } = this.#parts;
    if (asker === undefined)
      return (await queue.add(COMPARE_JOB, request, { deduplicationId: request.key, attempts: COMPARISON_ATTEMPTS }))
        .id;
    const live = await queue.live(COMPARE_JOB, request.key);
    if (live !== null) return live;
    await asker.beforeNewJob();
    const { client, background = false, waits = false } = asker;
    const { perClient, perWaitingClient, overall } = MAX_WAITING_COMPARISONS;
    const { id } = await queue.add(COMPARE_JOB, request, {
      deduplicationId: request.key,
      attempts: COMPARISON_ATTEMPTS,
      turn: { client, background, maxWaiting: { perClient: waits ? perWaitingClient : perClient, overall } },
    });
    return id;
  }

  /** Waits for the job. One that its queue has lost (a Redis that came back empty) is made again, at no cost to the asker. */
  async #made(
    firstJobId: string,
    request: ComparisonRequest,
    asker: Asker | undefined,
    caller: AbortSignal | undefined,
  ): Promise<Comparison> {
    const limit = AbortSignal.timeout(WAIT_MS);
    const signal = caller ? AbortSignal.any([caller, limit]) : limit;
    for (
      let jobId = firstJobId;
      ;
      jobId = await this.#add(request, asker && { ...asker, beforeNewJob: async () => {} })
    ) {
      const hasEnded = await this.#hasEnded(jobId, signal);
      caller?.throwIfAborted();
      const job = hasEnded ? await this.#parts.queue.get(jobId) : null;
      if (job?.state === 'completed') return comparisonSchema.parse(job.result);
      if (job !== null) {
        throw new ComparisonError(
          `The comparison ${job.state === 'cancelled' ? 'was cancelled' : `failed: ${job.error}`}.`,
        );
      }
      if (limit.aborted) {
        throw new ComparisonError(
          `The comparison was not made within ${WAIT_MS / 1000} s: no worker is running, or all are busy. Ask again later.`,
        );
      }
    }
  }

  /** Waits for the job's end. False: it did not come in time, or there is no such job. */
  async #hasEnded(jobId: string, signal: AbortSignal): Promise<boolean> {
    for await (const { type } of this.#parts.queue.events(jobId, { signal })) {
      if (FINAL_EVENTS.includes(type)) return true;
    }
    return false;
  }
}
