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
