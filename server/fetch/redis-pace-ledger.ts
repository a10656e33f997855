import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
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

/**
 * One hash per queue, changed only by these scripts, each of which Redis runs alone. They take the time from Redis, so
 * that the clocks of the processes need not agree. The record and its rules are those of `memory-pace-ledger.ts`.
 */
const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** KEYS: queue. ARGV: token, minDelayMs, leaseMs, pollMs, forgetMs (whole numbers). Returns 0 for a slot, else milliseconds to wait. */
const TAKE = `
  ${NOW}
  local pace = redis.call('HMGET', KEYS[1], 'started_at', 'delay', 'paused_until', 'token', 'lease_ends_at')
  local delay = math.max(tonumber(pace[2] or 0), tonumber(ARGV[2]))
  local next_start = math.max(tonumber(pace[3] or 0), tonumber(pace[1] or 0) + delay)
  if pace[4] and pace[4] ~= '' and tonumber(pace[5]) > now then
    return math.ceil(math.max(tonumber(ARGV[4]), next_start - now))
  end
  if next_start > now then return math.ceil(next_start - now) end
  redis.call('HSET', KEYS[1], 'started_at', now, 'token', ARGV[1], 'lease_ends_at', now + tonumber(ARGV[3]))
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return 0
`;

/** KEYS: queue. ARGV: token, latencyMs, succeeded (0 or 1), pauseMs, maxDelayMs, sentAgoMs (empty: not known). */
const RELEASE = `
  ${NOW}
  if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return end
  local delay = tonumber(redis.call('HGET', KEYS[1], 'delay') or 0)
  local latency = tonumber(ARGV[2])
  local target = math.max(latency, (delay + latency) / 2)
  if ARGV[3] == '0' then target = math.max(delay, target) end
  redis.call('HSET', KEYS[1], 'token', '', 'delay', math.min(target, tonumber(ARGV[5])))
  if ARGV[6] ~= '' then
    local started_at = tonumber(redis.call('HGET', KEYS[1], 'started_at'))
    redis.call('HSET', KEYS[1], 'started_at', math.max(started_at, now - tonumber(ARGV[6])))
  end
  if tonumber(ARGV[4]) > 0 then redis.call('HSET', KEYS[1], 'paused_until', now + tonumber(ARGV[4])) end
`;

/** @param redis stays the caller's to close. */
export function createRedisPaceLedger(redis: Redis): PaceLedger {
  const keyOf = (queue: string) => `magpie:pace:${queue}`;
  return {
    async take(queue: string, request: SlotRequest): Promise<SlotAnswer> {
      const token = randomUUID();
      const [minDelayMs, leaseMs] = [Math.ceil(request.minDelayMs), Math.ceil(request.leaseMs)];
      const waitMs = Number(
        await redis.eval(TAKE, 1, keyOf(queue), token, minDelayMs, leaseMs, CONTENDED_POLL_MS, FORGET_AFTER_MS),
      );
      return waitMs === 0 ? { token } : { waitMs };
    },

    async release(queue: string, token: string, observation: PaceObservation): Promise<void> {
      const latencyMs = Math.round(observation.latencyMs);
      const pauseMs = Math.ceil(Math.min(observation.retryAfterMs, MAX_RETRY_AFTER_MS));
      const succeeded = observation.succeeded ? 1 : 0;
      const sentAgoMs = observation.sentAgoMs === null ? '' : Math.round(observation.sentAgoMs);
      await redis.eval(RELEASE, 1, keyOf(queue), token, latencyMs, succeeded, pauseMs, MAX_LEARNED_DELAY_MS, sentAgoMs);
    },
  };
}
