import type { Fetcher } from '../../fetch/fetcher.ts';
import { createTestFetcher } from '../../fetch/testing/test-fetcher.ts';
import { HeldFeeds } from '../feed/held-feeds.ts';
import { PageReaders } from '../reading/page-readers.ts';
import type { ShopContext } from '../shop-adapter.ts';

/** One pool for the tests of a file: its threads end by themselves when they are idle. */
const pages = new PageReaders();

/** What a shop at `origin` is asked with: the real fetcher, and five seconds of time. */
export function shopContext(origin: string, change: Partial<ShopContext> = {}): ShopContext {
  const fetcher: Fetcher = createTestFetcher({ allowedOrigins: [origin] });
  return {
    fetcher,
    pages,
    feeds: new HeldFeeds(),
    signal: AbortSignal.timeout(5000),
    locale: 'en',
    limit: 10,
    ...change,
  };
}
