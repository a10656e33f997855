import type { Fetcher } from '../../fetch/fetcher.ts';
import { createTestFetcher } from '../../fetch/testing/test-fetcher.ts';
import { HeldFeeds } from '../feed/held-feeds.ts';
import { PageReaders } from '../reading/page-readers.ts';
import type { ShopContext } from '../shop-adapter.ts';
import type { ShopResources } from '../shop-resources.ts';

/** One pool for all tests of a file, as a process has one: its threads end by themselves when they are idle. */
const pages = new PageReaders();

/** Has the pool's threads started: a test with a deadline then does not measure how long a loaded machine takes for that. */
export async function warmPages(): Promise<void> {
  const body = new TextEncoder().encode('<h1>Kettle</h1>');
  const page = {
    ...{ url: 'http://shop.test/kettle', status: 200, notModified: false, headers: { 'content-type': 'text/html' } },
    ...{ body, text: () => '', redirects: [], elapsedMs: 0 },
  };
  await Promise.all([pages.readProduct(page), pages.readProduct(page), pages.readProduct(page)]);
}

/** What shops are asked with, with feeds of its own. */
export function testShopResources(fetcher: Fetcher): ShopResources {
  return { fetcher, pages, feeds: new HeldFeeds() };
}

/** What a shop at `origin` is asked with: the real fetcher, and five seconds of time. */
export function shopContext(origin: string, change: Partial<ShopContext> = {}): ShopContext {
  const resources = testShopResources(createTestFetcher({ allowedOrigins: [origin] }));
  return { ...resources, signal: AbortSignal.timeout(5000), locale: 'en', limit: 10, ...change };
}
