import type { Start } from '../start.ts';
import type { Cache } from './cache.ts';
import { memoryCache } from './memory-cache.ts';

const KEY_PREFIX = 'magpie:cache:';

/**
 * The cache in Redis where `cacheRedisUrl` names one, else in this process.
 * @throws when that Redis cannot be reached.
 */
export async function openCache({ cacheRedisUrl, ...start }: { cacheRedisUrl: string | null } & Start): Promise<Cache> {
  if (cacheRedisUrl === null) return memoryCache();
  const { openRedisCache } = await import('./redis-cache.ts');
  return openRedisCache(cacheRedisUrl, KEY_PREFIX, start);
}
