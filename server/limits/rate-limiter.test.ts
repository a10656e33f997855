import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startRedis } from '../testing/start-redis.ts';
import { silentLog } from '../testing/test-log.ts';
import { testRedisUrl } from '../testing/test-services.ts';
import { openRateLimiter } from './open-rate-limiter.ts';
import { type Allowance, LimitReachedError, type RateLimiter } from './rate-limiter.ts';

const ADAPTERS = [
  { name: 'memory', redisUrl: async () => null },
  { name: 'redis', redisUrl: testRedisUrl },
];

const HOUR: Allowance = { name: 'tests', points: 5, windowS: 3600 };

/** How many of some takes at once were granted. */
async function granted(takes: Promise<void>[]): Promise<number> {
  const outcomes = await Promise.allSettled(takes);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LimitReachedError);
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

describe.each(ADAPTERS)('the rate limiter: $name', ({ redisUrl }) => {
  let limiter: RateLimiter;
  beforeEach(async () => {
    limiter = await openRateLimiter({ redisUrl: await redisUrl(), log: silentLog });
  });
  afterEach(() => limiter.close());

  test('grants an allowance to each client, and says when the next one comes', async () => {
    expect(await granted(Array.from({ length: 9 }, () => limiter.take(HOUR, 'ada')))).toBe(5);
    expect(await granted([limiter.take(HOUR, 'bob')])).toBe(1);
    const error = await limiter.take(HOUR, 'ada').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'LimitReachedError', allowance: HOUR });
    const { retryAfterS } = error as LimitReachedError;
    expect(retryAfterS).toBeGreaterThan(3590);
    expect(retryAfterS).toBeLessThanOrEqual(3600);
  });

  test('counts allowances of different names apart, and by cost', async () => {
    expect(await granted([limiter.take(HOUR, 'ada', 4)])).toBe(1);
    expect(await granted([limiter.take(HOUR, 'ada', 2)])).toBe(0);
    expect(await granted([limiter.take({ ...HOUR, name: 'others' }, 'ada', 5)])).toBe(1);
  });

  test('grants it anew after the window', async () => {
    const second = { ...HOUR, windowS: 1 };
    expect(await granted(Array.from({ length: 7 }, () => limiter.take(second, 'ada')))).toBe(5);
    await delay(1100);
    expect(await granted([limiter.take(second, 'ada')])).toBe(1);
  });
});

test('in Redis, an allowance is one over all processes that share it', async () => {
  const redisUrl = await testRedisUrl();
  const processes = await Promise.all([
    openRateLimiter({ redisUrl, log: silentLog }),
    openRateLimiter({ redisUrl, log: silentLog }),
  ]);
  const takes = Array.from({ length: 12 }, (_, n) => processes[n % 2]!.take(HOUR, 'ada'));
  expect(await granted(takes)).toBe(5);
  for (const each of processes) await each.close();
});

test('while Redis is away, the process counts by itself', async () => {
  const redis = await startRedis();
  const limiter = await openRateLimiter({ redisUrl: redis.url, log: silentLog });
  await redis.stop();
  expect(await granted(Array.from({ length: 8 }, () => limiter.take(HOUR, 'ada')))).toBe(5);
  await limiter.close();
});
