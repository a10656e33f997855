import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRedis } from '../testing/start-redis.ts';
import { silentLog } from '../testing/test-log.ts';
import { testRedisUrl } from '../testing/test-services.ts';
import type { Cache } from './cache.ts';
import { MAX_VALUE_BYTES } from './limits.ts';
import { openCache } from './open-cache.ts';

const ADAPTERS: { name: string; cacheRedisUrl(): Promise<string | null> }[] = [
  { name: 'memory', cacheRedisUrl: async () => null },
  { name: 'redis', cacheRedisUrl: testRedisUrl },
];

describe.each(ADAPTERS)('the $name cache', ({ cacheRedisUrl }) => {
  let cache: Cache;
  beforeEach(async () => {
    cache = await openCache({ cacheRedisUrl: await cacheRedisUrl(), log: silentLog });
  });
  afterEach(() => cache.close());

  test('finds what was set, the last value of a key', async () => {
    await cache.set('a key: with "signs" ☕', 'first', 60_000);
    await cache.set('a key: with "signs" ☕', 'värde ☕\n', 60_000);
    expect(await cache.get('a key: with "signs" ☕')).toBe('värde ☕\n');
    expect(await cache.get('another')).toBeNull();
  });

  test('answers when it is there', async () => {
    await cache.ping();
  });

  test('keeps an empty value', async () => {
    await cache.set('empty', '', 60_000);
    expect(await cache.get('empty')).toBe('');
  });

  test('forgets an entry after its time', async () => {
    await cache.set('short', 'x', 30);
    await cache.set('long', 'y', 60_000);
    expect(await cache.get('short')).toBe('x');
    await delay(50);
    expect(await cache.get('short')).toBeNull();
    expect(await cache.get('long')).toBe('y');
  });

  test('forgets what is deleted', async () => {
    await cache.set('key', 'x', 60_000);
    await cache.delete('key');
    await cache.delete('never there');
    expect(await cache.get('key')).toBeNull();
  });

  test('adds what is not there, for one of those who try at once', async () => {
    const added = await Promise.all(['a', 'b', 'c'].map((value) => cache.add('claim', value, 60_000)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await cache.get('claim')).toBe(['a', 'b', 'c'][added.indexOf(true)]);
    await cache.delete('claim');
    expect(await cache.add('claim', 'd', 30)).toBe(true);
    await delay(50);
    expect(await cache.add('claim', 'e', 60_000)).toBe(true);
  });

  test('keeps no value above the limit, nor the older one in its place', async () => {
    await cache.set('page', 'small', 60_000);
    await cache.set('page', 'é'.repeat(MAX_VALUE_BYTES / 2 + 1), 60_000);
    expect(await cache.get('page')).toBeNull();
    await cache.set('page', 'é'.repeat(MAX_VALUE_BYTES / 2), 60_000);
    expect(await cache.get('page')).toHaveLength(MAX_VALUE_BYTES / 2);
  });
});

test('the memory cache is bounded: the entry that was not used for longest goes first', async () => {
  const cache = await openCache({ cacheRedisUrl: null, log: silentLog });
  const large = 'x'.repeat(MAX_VALUE_BYTES - 1_000);
  for (let index = 0; index < 40; index += 1) {
    await cache.set(`page ${index}`, large, 60_000);
    await cache.get('page 0');
  }
  expect(await cache.get('page 0')).toBe(large);
  expect(await cache.get('page 1')).toBeNull();
  expect(await cache.get('page 39')).toBe(large);
});

test('a Redis that goes away costs entries, never an answer; after it is back, the cache works again', async () => {
  const first = await startRedis();
  const cache = await openCache({ cacheRedisUrl: first.url, log: silentLog });
  await cache.set('key', 'x', 60_000);
  await first.stop();
  expect(await cache.get('key')).toBeNull();
  await cache.set('key', 'y', 60_000);
  await cache.delete('key');

  const second = await startRedis({ port: Number(new URL(first.url).port) });
  await expect
    .poll(async () => {
      await cache.set('key', 'z', 60_000);
      return cache.get('key');
    })
    .toBe('z');
  await cache.close();
  await second.stop();
});

test('a Redis that cannot be reached at the start is named, without the password', async () => {
  const opening = openCache({ cacheRedisUrl: 'redis://:secret@127.0.0.1:9', log: silentLog });
  await expect(opening).rejects.toThrow(
    /^Redis at 127\.0\.0\.1:9 \(CACHE_REDIS_URL or REDIS_URL\) cannot be used: .*ECONNREFUSED/,
  );
  await expect(opening).rejects.not.toThrow('secret');
});
