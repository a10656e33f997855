import { createHostPacer } from './host-pacer.ts';
import { createHttpFetcher, type HttpFetcher } from './http-fetcher.ts';
import { createMemoryPaceLedger } from './memory-pace-ledger.ts';
import { userAgent } from './user-agent.ts';

export interface OpenFetcherOptions {
  /** Where processes agree on the pace; null when there is only this one. */
  redisUrl: string | null;
  /** Exact origins that may be fetched though their address is not public: the demo shops. */
  allowedOrigins: Iterable<string>;
  /** URL or mail address at which shops reach the operator of this server. */
  contact: string | null;
  /** `http://` or `https://` proxy for everything but the allowed origins. */
  proxyUrl: string | null;
}

/** The process's one fetcher. The Redis client loads only where there is a Redis. */
export async function openFetcher(options: OpenFetcherOptions): Promise<HttpFetcher> {
  const { ledger, closeLedger } = await openLedger(options.redisUrl);
  const fetcher = createHttpFetcher({
    userAgent: userAgent(options.contact),
    pacer: createHostPacer(ledger),
    allowedOrigins: options.allowedOrigins,
    ...(options.proxyUrl === null ? {} : { proxyUrl: options.proxyUrl }),
  });
  return {
    fetch: (url, fetchOptions) => fetcher.fetch(url, fetchOptions),
    async close() {
      await fetcher.close();
      await closeLedger();
    },
  };
}

async function openLedger(redisUrl: string | null) {
  if (redisUrl === null) return { ledger: createMemoryPaceLedger(), closeLedger: async () => {} };
  const [{ Redis }, { createRedisPaceLedger }] = await Promise.all([
    import('ioredis'),
    import('./redis-pace-ledger.ts'),
  ]);
  const redis = new Redis(redisUrl);
  return {
    ledger: createRedisPaceLedger(redis),
    closeLedger: async () => {
      await redis.quit();
    },
  };
}
