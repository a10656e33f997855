import type { Comparison } from '../../shared/api/comparison.ts';
import type { Asker, Comparisons } from '../comparison/comparisons.ts';
import type { JobHandler } from '../jobs/job-queue.ts';
import type { Store, WatchSubject } from '../store/store.ts';
import { afterCheck } from './after-check.ts';
import { bestOffer, offersOf } from './best-offer.ts';
import { MAX_AHEAD_MS, nextCheckAt, secondLookAt } from './check-times.ts';

/** Looks at what is due. Scheduled every minute. */
export const REFRESH_WATCHES_JOB = 'refresh-watches';
export const REFRESH_WATCHES_EVERY_MS = 60_000;

/** 1,200 subjects an hour. What is over waits for the next minute: shoppers that ask for prices now come first. */
const MAX_PER_RUN = 20;
const AT_ONCE = 2;

/** Watches take turns as one client, behind shoppers that wait for an answer. */
const ASKER: Asker = { client: 'watches', beforeNewJob: async () => {}, background: true };

/** A title is a query; the words that tell products apart come first. */
const MAX_QUERY_LENGTH = 200;

export interface RefreshWatchesParts {
  store: Store;
  comparisons: Comparisons;
  /** Told why something could not be looked at; it is tried again at its next time. */
  onFailure(error: unknown): void;
  now?(): number;
}

/**
 * Looks at the watches that are due through comparisons, so that single-flight, pace and history are those of every
 * other question to the shops.
 */
export function refreshWatchesHandler({
  store,
  comparisons,
  onFailure,
  now = Date.now,
}: RefreshWatchesParts): JobHandler {
  return async (job) => {
    const due = await store.watches.due(new Date(now()), MAX_PER_RUN, new Date(now() + MAX_AHEAD_MS));
    const queue = due.values();
    const work = async (): Promise<void> => {
      for (const subject of queue) {
        job.signal.throwIfAborted();
        await refresh(subject, job.signal);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { looked_at: due.length };
  };

  async function refresh(subject: WatchSubject, signal: AbortSignal): Promise<void> {
    const comparison = await look(subject, signal);
    const checkedAt = new Date(now());
    const held = comparison !== null && offersOf(subject, comparison).some(({ unconfirmed }) => unconfirmed);
    const next = held ? secondLookAt(now()) : nextCheckAt(subject, now());
    const best = comparison === null ? null : bestOffer(subject, comparison);
    const watches = await store.watches.onSubject(subject);
    await store.watches.recordChecks(
      watches.map((watch) => ({
        ...(comparison === null ? watch : afterCheck(watch, best, checkedAt)),
        nextCheckAt: next,
      })),
    );
  }

  /** Null where nothing was learnt: then what was known stays. */
  async function look(subject: WatchSubject, signal: AbortSignal): Promise<Comparison | null> {
    try {
      const query = await queryFor(subject);
      if (query === null) return null;
      const comparison = await comparisons.refresh(query, subject.currency, { signal, asker: ASKER });
      const nobodyAnswered = comparison.offers.length === 0 && comparison.failures.length > 0;
      return nobodyAnswered ? null : comparison;
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
      return null;
    }
  }

  /** Null where the product is gone. */
  async function queryFor({ kind, subject }: WatchSubject): Promise<string | null> {
    if (kind === 'query') return subject;
    const product = await store.products.get(subject);
    return product?.title.slice(0, MAX_QUERY_LENGTH) ?? null;
  }
}
