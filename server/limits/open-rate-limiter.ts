import type { Log } from '../logging/log.ts';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Counts in Redis where `redisUrl` names one, so that limits hold over all processes; else in this process.
 * @throws when that Redis cannot be reached.
 */
export async function openRateLimiter({ redisUrl, log }: { redisUrl: string | null; log: Log }): Promise<RateLimiter> {
  if (redisUrl === null) return memoryRateLimiter();
  const { openRedisRateLimiter } = await import('./redis-rate-limiter.ts');
  return openRedisRateLimiter(redisUrl, log);
}
