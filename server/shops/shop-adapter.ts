import type { Money } from '../../shared/prices/money/money.ts';
import type { Availability, Condition } from '../../shared/prices/offer.ts';
import type { Fetcher } from '../fetch/fetcher.ts';

/** What a shop offers for one product, as read there, in the shop's own currency. */
export interface CandidateOffer {
  title: string;
  /** Absolute URL of the product page. */
  url: string;
  price: Money;
  listPrice: Money | null;
  /** null: not told. */
  shipping: Money | null;
  /** Where it is told by country: by ISO 3166-1 alpha-2 code. */
  shippingTo?: Readonly<Record<string, Money>>;
  availability: Availability | null;
  condition: Condition | null;
  brand: string | null;
  gtin: string | null;
  mpn: string | null;
  sku: string | null;
  image: string | null;
}

export interface ShopContext {
  fetcher: Fetcher;
  /** The one deadline of the whole comparison. */
  signal: AbortSignal;
  /** BCP 47, for Accept-Language and for reading numbers. */
  locale: string;
  /** ISO 3166-1 alpha-2 code of the country to send to, for shops that are asked by destination. */
  shipTo?: string;
  /** At most so many candidates are of interest. */
  limit: number;
}

/** One way of asking shops. Adapters: `html`, and a platform each (`shopify`, `woocommerce`, …). */
export interface ShopAdapter {
  readonly id: string;
  readonly name: string;
  /** What it answers depends on `context.shipTo`. */
  readonly asksByDestination?: boolean;
  /** Streams candidates as they are read. @throws FetchError, or UnreadablePageError where the page says nothing. */
  search(query: string, context: ShopContext): AsyncIterable<CandidateOffer>;
  /** Reads one product page; null when it is not a product. */
  offer(url: string, context: ShopContext): Promise<CandidateOffer | null>;
}
