import type { SelectorDeclaration } from '../../shared/prices/page/selectors/selector-declaration.ts';

/** A page to be read, and the demo shop that it is of. */
export interface ShopPage {
  shop: string;
  url: string;
}

/** What a crawler read of all pages. */
export interface CrawlReport {
  seconds: number;
  /** Of all threads, V8's and libuv's own among them. */
  cpuSeconds: number;
  peakRssBytes: number;
  /** Threads that run JavaScript: the main one and each worker that was started. */
  nThreads: number;
  /** Pages that gave a title and a price with its currency. */
  nPriced: number;
}

/** Reads all pages, so many at a time. @returns how many gave a title and a price with its currency. */
export type Crawler = (pages: ShopPage[], concurrency: number, shops: DeclaredShops) => Promise<number>;

/** What the demo shops' declarations say of their pages, by shop id. */
export type DeclaredShops = ReadonlyMap<string, { currency: string | undefined; selectors: SelectorDeclaration }>;
