import type { Start } from '../start.ts';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Counts in Redis where `redisUrl` names one, so that limits hold over all processes; else in this process.
 * @throws when that Redis cannot be reached.
 */
export async function openRateLimiter({
  redisUrl,
  ...start
}: { redisUrl: string | null } & Start): Promise<RateLimiter> {
  if (redisUrl === null) return memoryRateLimiter();
  const { openRedisRateLimiter } = await import('./redis-rate-limiter.ts');
  return openRedisRateLimiter(redisUrl, start);
}
