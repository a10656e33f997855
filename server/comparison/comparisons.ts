import { type Comparison, comparisonSchema } from '../../shared/api/comparison.ts';
import { FINAL_EVENTS, type JobHandler, type JobQueue, QueueFullError } from '../jobs/job-queue.ts';
import { MAX_WAITING_COMPARISONS } from '../limits/budgets.ts';
import { LimitReachedError } from '../limits/rate-limiter.ts';
import { ComparisonCache } from './comparison-cache.ts';
import { type ComparisonRequest, comparisonRequest } from './comparison-request.ts';
import { COMPARE_JOB, comparisonHandler } from './job.ts';
import type { ComparisonWorkerParts } from './worker-parts.ts';

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
    if (cached?.fresh) return { ...cached.comparison, cache: 'hit' };
    if (cached) {
      await this.#renew(request, options.asker);
      return { ...cached.comparison, cache: 'stale' };
    }
    return this.#result(await this.#add(request, options.asker && { ...options.asker, waits: true }), signal);
  }

  /** As `compare`, but never an old answer: for callers that can wait. */
  async refresh(query: string, currency: string, { signal, ...options }: CompareOptions = {}): Promise<Comparison> {
    const { jobId } = await this.start(query, currency, options);
    return this.#result(jobId, signal);
  }

  /** A job whose event stream and result give the comparison: the finished one of a fresh answer, or one that runs. */
  async start(
    query: string,
    currency: string,
    options: Omit<CompareOptions, 'signal'> = {},
  ): Promise<{ jobId: string }> {
    const request = await this.#request(query, currency, options);
    const cached = await this.#cache.get(request.key);
    if (cached?.fresh && (await this.#parts.queue.get(cached.jobId)) !== null) return { jobId: cached.jobId };
    return { jobId: await this.#add(request, options.asker) };
  }

  async #request(
    query: string,
    currency: string,
    { shipTo = null, trusted = false }: Omit<CompareOptions, 'signal'>,
  ): Promise<ComparisonRequest> {
    const { version } = await this.#parts.shops.current();
    return comparisonRequest(query, { currency, shipTo, trusted }, version);
  }

  /** An old answer is shown also to those who may not have it renewed. */
  async #renew(request: ComparisonRequest, asker: Asker | undefined): Promise<void> {
    try {
      await this.#add(request, asker && { ...asker, background: true });
    } catch (error) {
      if (!(error instanceof LimitReachedError || error instanceof QueueFullError)) throw error;
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
    if (asker === undefined) return (await queue.add(COMPARE_JOB, request, { deduplicationId: request.key })).id;
    const live = await queue.live(COMPARE_JOB, request.key);
    if (live !== null) return live;
    await asker.beforeNewJob();
    const { client, background = false, waits = false } = asker;
    const { perClient, perWaitingClient, overall } = MAX_WAITING_COMPARISONS;
    const { id } = await queue.add(COMPARE_JOB, request, {
      deduplicationId: request.key,
      turn: { client, background, maxWaiting: { perClient: waits ? perWaitingClient : perClient, overall } },
    });
    return id;
  }

  async #result(jobId: string, signal: AbortSignal | undefined): Promise<Comparison> {
    const ended = await this.#ended(jobId, signal);
    signal?.throwIfAborted();
    const job = ended ? await this.#parts.queue.get(jobId) : null;
    if (job === null) {
      throw new ComparisonError(
        `The comparison was not made within ${WAIT_MS / 1000} s: no worker is running, or all are busy. Ask again later.`,
      );
    }
    if (job.state === 'completed') return comparisonSchema.parse(job.result);
    throw new ComparisonError(
      `The comparison ${job.state === 'cancelled' ? 'was cancelled' : `failed: ${job.error}`}.`,
    );
  }

  /** Waits for the job's end; false when it did not come in time. */
  async #ended(jobId: string, caller: AbortSignal | undefined): Promise<boolean> {
    const limit = AbortSignal.timeout(WAIT_MS);
    const signal = caller ? AbortSignal.any([caller, limit]) : limit;
    for await (const { type } of this.#parts.queue.events(jobId, { signal })) {
      if (FINAL_EVENTS.includes(type)) return true;
    }
    return false;
  }
}
