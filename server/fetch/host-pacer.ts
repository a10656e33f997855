import { setTimeout as sleep } from 'node:timers/promises';
import { orAborted } from '../abortable.ts';
import type { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import type { PaceLedger, PaceObservation } from './pace-ledger.ts';

interface PacedRequest {
  /** Requests of one queue have one pace: those to a host, or those of one kind to it. */
  queue: string;
  url: URL;
  minDelayMs: number;
  deadline: Deadline;
}

/** When a request was sent and answered. */
interface RequestTiming {
  /** Until the headers had come. */
  latencyMs: number;
  /** When it left, by `performance.now()`. */
  sentAtMs: number;
}

/** Lets the requests of one queue through one at a time, at the host's pace. */
export interface HostPacer {
  /**
   * @param request must not outlast the deadline.
   * @throws FetchError `rate_limited` when the slot is not free in time, or what `request` throws.
   */
  run<T extends RequestTiming>(paced: PacedRequest, request: () => Promise<T>): Promise<T>;
}

/** A process that dies within a request keeps its queue's slot so much longer than the request could have taken. */
const LEASE_MARGIN_MS = 1_000;

/**
 * Keeps this process's requests in a line per queue, first come, first served. Only the head of a line asks the ledger,
 * so that with many waiters Redis still gets one question at a time from each process.
 */
export function createHostPacer(ledger: PaceLedger): HostPacer {
  const lines = new Map<string, Promise<void>>();

  return {
    async run<T extends RequestTiming>(paced: PacedRequest, request: () => Promise<T>): Promise<T> {
      const { promise: done, resolve: leave } = Promise.withResolvers<void>();
      const ahead = lines.get(paced.queue) ?? Promise.resolve();
      const line = ahead.then(() => done);
      lines.set(paced.queue, line);
      line.then(() => {
        if (lines.get(paced.queue) === line) lines.delete(paced.queue);
      });
      try {
        await orDeadline(ahead, paced);
        const token = await takeSlot(ledger, paced);
        return await observed(ledger, paced, token, request);
      } finally {
        leave();
      }
    },
  };
}

async function takeSlot(ledger: PaceLedger, paced: PacedRequest): Promise<string> {
  for (;;) {
    const leaseMs = paced.deadline.remainingMs() + LEASE_MARGIN_MS;
    const answer = await ledger.take(paced.queue, { minDelayMs: paced.minDelayMs, leaseMs });
    if ('token' in answer) return answer.token;
    if (answer.waitMs >= paced.deadline.remainingMs()) throw rateLimited(paced, answer.waitMs);
    await sleep(answer.waitMs, undefined, { signal: paced.deadline.signal }).catch(() => {
      throw paced.deadline.error(paced.url);
    });
  }
}

async function observed<T extends RequestTiming>(
  ledger: PaceLedger,
  paced: PacedRequest,
  token: string,
  request: () => Promise<T>,
): Promise<T> {
  const startedAtMs = performance.now();
  let observation: PaceObservation = { latencyMs: 0, sentAgoMs: null, succeeded: false, retryAfterMs: 0 };
  try {
    const result = await request();
    const { latencyMs, sentAtMs } = result;
    observation = { latencyMs, sentAgoMs: performance.now() - sentAtMs, succeeded: true, retryAfterMs: 0 };
    return result;
  } catch (error) {
    // An open breaker sends nothing: there is nothing to learn from it.
    if (error instanceof FetchError && error.reason !== 'breaker_open') {
      const latencyMs = performance.now() - startedAtMs;
      observation = { latencyMs, sentAgoMs: null, succeeded: false, retryAfterMs: error.retryAfterMs ?? 0 };
    }
    throw error;
  } finally {
    await ledger.release(paced.queue, token, observation);
  }
}

/** Waits for the requests ahead. Leaving early is safe: the next in line waits for them as well as for this one. */
async function orDeadline(ahead: Promise<void>, paced: PacedRequest): Promise<void> {
  const { signal } = paced.deadline;
  await orAborted(ahead, signal).catch(() => {});
  if (!signal.aborted) return;
  const error = paced.deadline.error(paced.url);
  throw error.reason === 'timeout' ? rateLimited(paced, paced.minDelayMs) : error;
}

function rateLimited({ url, minDelayMs }: PacedRequest, waitMs: number): FetchError {
  const message =
    waitMs > minDelayMs
      ? `${url.host} has asked for a pause, and may be asked again in ${Math.ceil(waitMs / 1000)} s.`
      : `${url.host} is asked at most once in ${minDelayMs} ms, and this request's turn did not come before its deadline.`;
  return new FetchError('rate_limited', message, { url: url.href, retryAfterMs: waitMs });
}
