import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import { FetchError } from './fetch-error.ts';
import type { PaceLedger, PaceObservation } from './pace-ledger.ts';

interface Turn {
  /** Whose pace counts: a host, or one lane of it. */
  lane: string;
  url: URL;
  minDelayMs: number;
  deadline: Deadline;
}

/** What a request tells of itself when it has been answered. */
interface Asked {
  /** Until the headers had come. */
  latencyMs: number;
  /** When it left, by `performance.now()`. */
  sentAtMs: number;
}

/** Lets requests to one host through one at a time, at the host's pace. */
export interface HostPacer {
  /**
   * @param request must not outlast the turn's deadline.
   * @throws FetchError `rate_limited` when the turn does not come in time, or what `request` throws.
   */
  run<T extends Asked>(turn: Turn, request: () => Promise<T>): Promise<T>;
}

/** A process that dies within a request keeps its host's slot so much longer than the request could have taken. */
const LEASE_MARGIN_MS = 1_000;

/**
 * Keeps this process's requests in a line per host, first come, first served. Only the head of a line asks the ledger,
 * so that with many waiters Redis still sees one question at a time from each process.
 */
export function createHostPacer(ledger: PaceLedger): HostPacer {
  const lines = new Map<string, Promise<void>>();

  return {
    async run<T extends Asked>(turn: Turn, request: () => Promise<T>): Promise<T> {
      const { promise: done, resolve: leave } = Promise.withResolvers<void>();
      const ahead = lines.get(turn.lane) ?? Promise.resolve();
      const line = ahead.then(() => done);
      lines.set(turn.lane, line);
      line.then(() => {
        if (lines.get(turn.lane) === line) lines.delete(turn.lane);
      });
      try {
        await orDeadline(ahead, turn);
        const token = await takeSlot(ledger, turn);
        return await observed(ledger, turn, token, request);
      } finally {
        leave();
      }
    },
  };
}

async function takeSlot(ledger: PaceLedger, turn: Turn): Promise<string> {
  for (;;) {
    const leaseMs = turn.deadline.remainingMs() + LEASE_MARGIN_MS;
    const answer = await ledger.take(turn.lane, { minDelayMs: turn.minDelayMs, leaseMs });
    if ('token' in answer) return answer.token;
    if (answer.waitMs >= turn.deadline.remainingMs()) throw rateLimited(turn, answer.waitMs);
    await sleep(answer.waitMs, undefined, { signal: turn.deadline.signal }).catch(() => {
      throw turn.deadline.error(turn.url);
    });
  }
}

async function observed<T extends Asked>(
  ledger: PaceLedger,
  turn: Turn,
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
    // A breaker that is open has asked nobody: there is nothing to learn from it.
    if (error instanceof FetchError && error.reason !== 'breaker_open') {
      const latencyMs = performance.now() - startedAtMs;
      observation = { latencyMs, sentAgoMs: null, succeeded: false, retryAfterMs: error.retryAfterMs ?? 0 };
    }
    throw error;
  } finally {
    await ledger.release(turn.lane, token, observation);
  }
}

/** Waits for those ahead. Leaving early is fine: the next in line waits for them as well as for us. */
async function orDeadline(ahead: Promise<void>, turn: Turn): Promise<void> {
  const { signal } = turn.deadline;
  const { promise: passed, resolve } = Promise.withResolvers<void>();
  const onAbort = () => resolve();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([ahead, passed]);
  signal.removeEventListener('abort', onAbort);
  if (!signal.aborted) return;
  const error = turn.deadline.error(turn.url);
  throw error.reason === 'timeout' ? rateLimited(turn, turn.minDelayMs) : error;
}

function rateLimited({ url, minDelayMs }: Turn, waitMs: number): FetchError {
  const message =
    waitMs > minDelayMs
      ? `${url.host} has asked for a pause, and may be asked again in ${Math.ceil(waitMs / 1000)} s.`
      : `${url.host} is asked at most once in ${minDelayMs} ms, and the turn of this request did not come in time.`;
  return new FetchError('rate_limited', message, { url: url.href, retryAfterMs: waitMs });
}
