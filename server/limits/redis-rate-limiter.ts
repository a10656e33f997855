import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { connectRedis } from '../redis/connect-redis.ts';
import type { Start } from '../start.ts';
import { countedLimiter } from './counted-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';

const KEY_PREFIX = 'magpie:limit:';
/** A request waits no longer for its own count; then this process counts by itself. */
const COMMAND_TIMEOUT_MS = 500;

/**
 * Counts in Redis, for all processes that share it. While Redis is away, each process counts by itself.
 * @throws when Redis cannot be reached at the start.
 */
export async function openRedisRateLimiter(url: string, start: Start): Promise<RateLimiter> {
  const redis = await connectRedis(url, 'REDIS_URL', start, {
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
  });
  return countedLimiter(
    ({ name, points, windowS }) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: KEY_PREFIX + name,
        points,
        duration: windowS,
        rejectIfRedisNotReady: true,
        // A client that goes on asking costs Redis nothing until its window ends.
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: windowS }),
      }),
    async () => redis.disconnect(),
  );
}
