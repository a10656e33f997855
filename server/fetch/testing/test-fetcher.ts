import { createHostPacer } from '../host-pacer.ts';
import { HttpFetcher, type HttpFetcherOptions } from '../http-fetcher.ts';
import { createMemoryPaceLedger } from '../memory-pace-ledger.ts';
import { userAgent } from '../user-agent.ts';

/** The real fetcher with the pace that a test can wait for. */
export function createTestFetcher(options: Partial<HttpFetcherOptions> = {}): HttpFetcher {
  return new HttpFetcher({
    userAgent: userAgent('https://shopwatch.example/bot'),
    pacer: createHostPacer(createMemoryPaceLedger()),
    minDelayMs: 0,
    ...options,
  });
}
