import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import {
  CONTENDED_POLL_MS,
  FORGET_AFTER_MS,
  MAX_LEARNED_DELAY_MS,
  MAX_RETRY_AFTER_MS,
  type PaceLedger,
  type PaceObservation,
  type SlotAnswer,
  type SlotRequest,
} from './pace-ledger.ts';

/** Times are of `performance.now()`. The Redis adapter's script keeps the same record; `pace-ledger.test.ts` holds both to the same paces. */
interface QueuePace {
  startedAtMs: number;
  /** Learned from latency. */
  delayMs: number;
  /** From `Retry-After`. */
  pausedUntilMs: number;
  /** Of the request that holds the slot; null while it is free. */
  token: string | null;
  leaseEndsAtMs: number;
}

export function createMemoryPaceLedger(): PaceLedger {
  const queues = new LRUCache<string, QueuePace>({ max: 10_000, ttl: FORGET_AFTER_MS, updateAgeOnGet: true });
  return {
    async take(queue: string, request: SlotRequest): Promise<SlotAnswer> {
      const nowMs = performance.now();
      const pace = queues.get(queue) ?? {
        startedAtMs: Number.NEGATIVE_INFINITY,
        delayMs: 0,
        pausedUntilMs: 0,
        token: null,
        leaseEndsAtMs: 0,
      };
      const nextStartMs = Math.max(pace.pausedUntilMs, pace.startedAtMs + Math.max(pace.delayMs, request.minDelayMs));
      const isHeld = pace.token !== null && pace.leaseEndsAtMs > nowMs;
      if (isHeld) return { waitMs: Math.max(CONTENDED_POLL_MS, nextStartMs - nowMs) };
      if (nextStartMs > nowMs) return { waitMs: nextStartMs - nowMs };
      const token = randomUUID();
      queues.set(queue, { ...pace, startedAtMs: nowMs, token, leaseEndsAtMs: nowMs + request.leaseMs });
      return { token };
    },

    async release(queue: string, token: string, observation: PaceObservation): Promise<void> {
      const pace = queues.get(queue);
      if (pace?.token !== token) return;
      pace.token = null;
      if (observation.sentAgoMs !== null) {
        pace.startedAtMs = Math.max(pace.startedAtMs, performance.now() - observation.sentAgoMs);
      }
      pace.delayMs = nextDelayMs(pace.delayMs, observation);
      if (observation.retryAfterMs > 0) {
        pace.pausedUntilMs = performance.now() + Math.min(observation.retryAfterMs, MAX_RETRY_AFTER_MS);
      }
    },
  };
}

function nextDelayMs(delayMs: number, { latencyMs, succeeded }: PaceObservation): number {
  const target = Math.max(latencyMs, (delayMs + latencyMs) / 2);
  return Math.min(MAX_LEARNED_DELAY_MS, succeeded ? target : Math.max(delayMs, target));
}
