import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';

/** Scrapy's RETRY_TIMES. */
const MAX_RETRIES = 2;

/** Before the first retry, doubled for the next; half of it is random, so that clients do not return in step. */
const BACKOFF_MS = 500;

/**
 * Repeats an attempt after a fault that may pass (see `mayPass`). The pause is the host's `Retry-After`, else one that
 * grows. Gives up at once, with the fault itself, when the pause would outlast the deadline.
 */
export async function withRetries<T>(
  method: 'GET' | 'POST',
  deadline: Deadline,
  attempt: () => Promise<T>,
): Promise<T> {
  let lastFault: FetchError | null = null;
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      // A breaker that this very fetch has opened says less than the fault that opened it.
      if (lastFault !== null && error instanceof FetchError && error.reason === 'breaker_open') throw lastFault;
      if (retries === MAX_RETRIES || !(error instanceof FetchError) || !mayPass(error, method)) throw error;
      lastFault = error;
      const pauseMs = error.retryAfterMs ?? BACKOFF_MS * 2 ** retries * (0.5 + Math.random() / 2);
      if (pauseMs >= deadline.remainingMs()) throw error;
      await sleep(pauseMs, undefined, { signal: deadline.signal }).catch(() => {
        throw deadline.error(new URL(error.url));
      });
    }
  }
}

/** 429 and 503 were not acted upon, so that a POST may be repeated; after 408, another 5xx or a broken connection only a GET. */
function mayPass(error: FetchError, method: 'GET' | 'POST'): boolean {
  if (error.reason === 'http_status' && error.status !== null) {
    if (error.status === 429 || error.status === 503) return true;
    return method === 'GET' && (error.status === 408 || error.status >= 500);
  }
  return method === 'GET' && error.reason === 'connection';
}

/**
 * `Retry-After` (RFC 9110, 10.2.3) in milliseconds from now, or null when it is absent or unreadable.
 * @param value seconds, or an HTTP date.
 */
export function parseRetryAfter(value: string | undefined, nowMs = Date.now()): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
