import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import {
  CONTENDED_POLL_MS,
  FORGET_AFTER_MS,
  MAX_HOLD_MS,
  MAX_LEARNED_DELAY_MS,
  type PaceLedger,
  type PaceObservation,
  type SlotAnswer,
  type SlotRequest,
} from './pace-ledger.ts';

/** Times are of `performance.now()`. The Redis adapter's script keeps the same record; `pace-ledger.test.ts` holds both to the same paces. */
interface HostPace {
  startedAtMs: number;
  /** Learned from latency. */
  delayMs: number;
  heldUntilMs: number;
  token: string | null;
  leaseEndsAtMs: number;
}

export function createMemoryPaceLedger(): PaceLedger {
  const hosts = new LRUCache<string, HostPace>({ max: 10_000, ttl: FORGET_AFTER_MS, updateAgeOnGet: true });
  return {
    async take(host: string, request: SlotRequest): Promise<SlotAnswer> {
      const nowMs = performance.now();
      const pace = hosts.get(host) ?? {
        startedAtMs: Number.NEGATIVE_INFINITY,
        delayMs: 0,
        heldUntilMs: 0,
        token: null,
        leaseEndsAtMs: 0,
      };
      const nextStartMs = Math.max(pace.heldUntilMs, pace.startedAtMs + Math.max(pace.delayMs, request.minDelayMs));
      const isHeld = pace.token !== null && pace.leaseEndsAtMs > nowMs;
      if (isHeld) return { waitMs: Math.max(CONTENDED_POLL_MS, nextStartMs - nowMs) };
      if (nextStartMs > nowMs) return { waitMs: nextStartMs - nowMs };
      const token = randomUUID();
      hosts.set(host, { ...pace, startedAtMs: nowMs, token, leaseEndsAtMs: nowMs + request.leaseMs });
      return { token };
    },

    async release(host: string, token: string, observation: PaceObservation): Promise<void> {
      const pace = hosts.get(host);
      if (pace?.token !== token) return;
      pace.token = null;
      if (observation.sentAgoMs !== null) {
        pace.startedAtMs = Math.max(pace.startedAtMs, performance.now() - observation.sentAgoMs);
      }
      pace.delayMs = nextDelayMs(pace.delayMs, observation);
      if (observation.retryAfterMs > 0) {
        pace.heldUntilMs = performance.now() + Math.min(observation.retryAfterMs, MAX_HOLD_MS);
      }
    },
  };
}

function nextDelayMs(delayMs: number, { latencyMs, succeeded }: PaceObservation): number {
  const target = Math.max(latencyMs, (delayMs + latencyMs) / 2);
  return Math.min(MAX_LEARNED_DELAY_MS, succeeded ? target : Math.max(delayMs, target));
}
