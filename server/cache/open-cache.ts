import type { Log } from '../logging/log.ts';
import type { Cache } from './cache.ts';
import { memoryCache } from './memory-cache.ts';

const KEY_PREFIX = 'magpie:cache:';

/**
 * The cache in Redis where `cacheRedisUrl` names one, else in this process.
 * @throws when that Redis cannot be reached.
 */
export async function openCache(options: { cacheRedisUrl: string | null; log: Log }): Promise<Cache> {
  if (options.cacheRedisUrl === null) return memoryCache();
  const { openRedisCache } = await import('./redis-cache.ts');
  return openRedisCache(options.cacheRedisUrl, KEY_PREFIX, options.log);
}
