/** A page to be read, and the demo shop that it is of. */
export interface ShopPage {
  shop: string;
  url: string;
}

/** What a crawler read of all pages. */
export interface CrawlReport {
  seconds: number;
  cpuSeconds: number;
  peakRssBytes: number;
  /** Pages that gave a title and a price with its currency. */
  nPriced: number;
}
