import { LRUCache } from 'lru-cache';
import type { FetchResult } from '../fetcher.ts';

/** A shop's pages share their scripts, which change with its releases. */
const MAX_AGE_MS = 10 * 60_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Scripts of rendered pages, so that the second page of a shop costs it one request and not twenty. */
export class ScriptCache {
  readonly #scripts = new LRUCache<string, FetchResult>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }) => body.length + 1,
    ttl: MAX_AGE_MS,
  });

  async get(url: string, fetch: () => Promise<FetchResult>): Promise<FetchResult> {
    const known = this.#scripts.get(url);
    if (known !== undefined) return known;
    const script = await fetch();
    if (!/no-store/i.test(script.headers['cache-control'] ?? '')) this.#scripts.set(url, script);
    return script;
  }
}
