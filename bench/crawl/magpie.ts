import type { HostPacer } from '../../server/fetch/host-pacer.ts';
import { HttpFetcher } from '../../server/fetch/http-fetcher.ts';
import { userAgent } from '../../server/fetch/user-agent.ts';
import { PageReaders } from '../../server/shops/reading/page-readers.ts';
import type { DeclaredShops, ShopPage } from './shop-page.ts';

/** Of the process, as in a worker: the pages of the warm-up start the threads. */
const readers = new PageReaders();

/** The guarded fetcher with all its checks but the pace, and the extractors that vote, in the threads in which a worker has them. */
export async function magpie(pages: ShopPage[], concurrency: number, shops: DeclaredShops): Promise<number> {
  const unpaced: HostPacer = { run: (_turn, request) => request() };
  const allowedOrigins = new Set(pages.map(({ url }) => new URL(url).origin));
  const fetcher = new HttpFetcher({ userAgent: userAgent(null), pacer: unpaced, allowedOrigins });
  const queue = pages.values();
  let nPriced = 0;
  const work = async () => {
    for (const { shop, url } of queue) {
      const page = await fetcher.fetch(url, { purpose: 'page' });
      const { offer } = await readers.readProduct(page, shops.get(shop)?.selectors);
      if (offer.title !== null && offer.price !== null) nPriced += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    await fetcher.close();
  }
  return nPriced;
}
