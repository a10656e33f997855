import type { Start } from '../start.ts';
import type { Fetcher } from './fetcher.ts';
import { createHostPacer } from './host-pacer.ts';
import { HttpFetcher } from './http-fetcher.ts';
import { createMemoryPaceLedger } from './memory-pace-ledger.ts';
import type { ChromiumOptions } from './rendering/chromium.ts';
import { RenderingFetcher } from './rendering/rendering-fetcher.ts';
import { userAgent } from './user-agent.ts';

export interface OpenFetcherOptions extends Start {
  /** Where processes agree on the pace; null when there is only this one. */
  redisUrl: string | null;
  /** Exact origins that may be fetched though their address is not public: shops on the operator's own network. */
  allowedOrigins: Iterable<string>;
  /** Those that may be fetched for everybody: the demo shops. */
  openOrigins: Iterable<string>;
  /** URL or mail address at which shops reach the operator of this server. */
  contact: string | null;
  /** `http://` or `https://` proxy for everything but the allowed origins. */
  proxyUrl: string | null;
  /** For shops whose pages are to be rendered. */
  chromium: ChromiumOptions;
}

/**
 * The process's one fetcher. The Redis client loads only where there is a Redis.
 * @throws with one clear sentence when that Redis cannot be reached, or the contact does not fit into a header.
 */
export async function openFetcher(options: OpenFetcherOptions): Promise<Fetcher & { close(): Promise<void> }> {
  const agent = userAgent(options.contact);
  const { ledger, closeLedger } = await openLedger(options.redisUrl, options);
  const http = new HttpFetcher({
    userAgent: agent,
    pacer: createHostPacer(ledger),
    allowedOrigins: options.allowedOrigins,
    openOrigins: options.openOrigins,
    ...(options.proxyUrl === null ? {} : { proxyUrl: options.proxyUrl }),
  });
  const fetcher = new RenderingFetcher(http, agent, options.chromium);
  return {
    fetch: (url, fetchOptions) => fetcher.fetch(url, fetchOptions),
    async close() {
      await fetcher.close();
      await http.close();
      await closeLedger();
    },
  };
}

/** A fetch that waits for Redis holds up a comparison: better to fail it, and let its job be tried again. */
const REDIS_OPTIONS = { maxRetriesPerRequest: 1, commandTimeout: 5_000 };

async function openLedger(redisUrl: string | null, start: Start) {
  if (redisUrl === null) return { ledger: createMemoryPaceLedger(), closeLedger: async () => {} };
  const [{ connectRedis }, { createRedisPaceLedger }] = await Promise.all([
    import('../redis/connect-redis.ts'),
    import('./redis-pace-ledger.ts'),
  ]);
  const redis = await connectRedis(redisUrl, 'REDIS_URL', start, REDIS_OPTIONS);
  return {
    ledger: createRedisPaceLedger(redis),
    closeLedger: async () => {
      await redis.quit();
    },
  };
}
