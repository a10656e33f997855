import { connectRedis } from '../redis/connect-redis.ts';
import type { Start } from '../start.ts';
import type { Cache } from './cache.ts';
import { MAX_VALUE_BYTES } from './limits.ts';

const COMMAND_TIMEOUT_MS = 1_000;
const WARN_EVERY_MS = 60_000;

/**
 * In Redis, shared by all processes. While Redis is away or full, nothing is found and nothing kept: that costs time,
 * never an answer.
 * @param prefix of all its keys.
 * @throws when Redis cannot be reached at the start.
 */
export async function openRedisCache(url: string, prefix: string, start: Start): Promise<Cache> {
  const redis = await connectRedis(url, 'CACHE_REDIS_URL or REDIS_URL', start, {
    keyPrefix: prefix,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
  });
  let warnedAt = Number.NEGATIVE_INFINITY;
  const orNull = async <T>(command: Promise<T>): Promise<T | null> => {
    try {
      return await command;
    } catch (err) {
      // The connection reports an outage.
      if (redis.status === 'ready' && performance.now() - warnedAt > WARN_EVERY_MS) {
        warnedAt = performance.now();
        start.log.warn({ err }, 'the cache in Redis does not work');
      }
      return null;
    }
  };
  return {
    get: (key) => orNull(redis.get(key)),
    async set(key, value, ttlMs) {
      // The older value must not be answered in place of the one that is too large.
      if (Buffer.byteLength(value) > MAX_VALUE_BYTES) await orNull(redis.del(key));
      else await orNull(redis.set(key, value, 'PX', Math.max(1, Math.round(ttlMs))));
    },
    async add(key, value, ttlMs) {
      const set = async () => (await redis.set(key, value, 'PX', Math.max(1, Math.round(ttlMs)), 'NX')) === 'OK';
      return (await orNull(set())) ?? true;
    },
    async delete(key) {
      await orNull(redis.del(key));
    },
    async ping() {
      await redis.ping();
    },
    async close() {
      redis.disconnect();
    },
  };
}
