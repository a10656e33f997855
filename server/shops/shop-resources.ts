import type { Fetcher } from '../fetch/fetcher.ts';
import { HeldFeeds } from './feed/held-feeds.ts';
import { PageReaders } from './reading/page-readers.ts';

/** What all shops of a process are asked with. */
export interface ShopResources {
  /** The only way to a shop. */
  readonly fetcher: Fetcher;
  /** Worker threads that read pages. */
  readonly pages: PageReaders;
  /** Feeds that have been downloaded. */
  readonly feeds: HeldFeeds;
}

/** @param fetcher stays the caller's to close */
export function openShopResources(fetcher: Fetcher): ShopResources & { close(): Promise<void> } {
  const pages = new PageReaders();
  return { fetcher, pages, feeds: new HeldFeeds(), close: () => pages.close() };
}
