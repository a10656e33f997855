import { LRUCache } from 'lru-cache';
import type { Cache } from './cache.ts';
import { MAX_VALUE_BYTES } from './limits.ts';

const MAX_CACHE_BYTES = 64 * 1024 * 1024;
/** What an entry takes beside its value. */
const ENTRY_BYTES = 200;

/** In this process, bounded by bytes: the entries that were not used for longest go first. */
export function memoryCache(): Cache {
  const entries = new LRUCache<string, string>({
    maxSize: MAX_CACHE_BYTES,
    sizeCalculation: (value, key) => ENTRY_BYTES + Buffer.byteLength(key) + Buffer.byteLength(value),
  });
  return {
    async get(key) {
      return entries.get(key) ?? null;
    },
    async set(key, value, ttlMs) {
      // The older value must not be answered in place of the one that is too large.
      if (Buffer.byteLength(value) > MAX_VALUE_BYTES) entries.delete(key);
      else entries.set(key, value, { ttl: ttlMs });
    },
    async add(key, value, ttlMs) {
      if (entries.has(key)) return false;
      entries.set(key, value, { ttl: ttlMs });
      return true;
    },
    async delete(key) {
      entries.delete(key);
    },
    async ping() {},
    async close() {
      entries.clear();
    },
  };
}
