import { type Comparison, comparisonSchema } from '../../shared/api/comparison.ts';
import { FINAL_EVENTS, type JobHandler, type JobQueue } from '../jobs/job-queue.ts';
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

export interface CompareOptions {
  signal?: AbortSignal;
  /** ISO 3166-1 alpha-2 code of the country to send to: shipping, totals and ranking are for there. */
  shipTo?: string | null;
  /**
   * The caller is the operator, or has a key: an address may lead to the operator's own network. Callers who have proven
   * nothing get no answer that was made so either.
   */
  trusted?: boolean;
}

/** Asks for comparisons. A worker's job makes what is not in the cache, once for all callers. */
export class Comparisons {
  readonly #parts: ComparisonsParts;
  readonly #cache: ComparisonCache;

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
   * @throws ComparisonError; the signal's reason when the caller gives up: the job goes on for the others.
   */
  async compare(query: string, currency: string, { signal, ...options }: CompareOptions = {}): Promise<Comparison> {
    const request = await this.#request(query, currency, options);
    const cached = await this.#cache.get(request.key);
    this.#parts.listener?.onLookup(cached === null ? 'miss' : cached.fresh ? 'hit' : 'stale');
    if (cached?.fresh) return { ...cached.comparison, cache: 'hit' };
    const jobId = await this.#add(request);
    if (cached) return { ...cached.comparison, cache: 'stale' };
    return this.#result(jobId, signal);
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
    return { jobId: await this.#add(request) };
  }

  async #request(
    query: string,
    currency: string,
    { shipTo = null, trusted = false }: Omit<CompareOptions, 'signal'>,
  ): Promise<ComparisonRequest> {
    const { version } = await this.#parts.shops.current();
    return comparisonRequest(query, { currency, shipTo, trusted }, version);
  }

  async #add(request: ComparisonRequest): Promise<string> {
    const { id } = await this.#parts.queue.add(COMPARE_JOB, request, { deduplicationId: request.key });
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
