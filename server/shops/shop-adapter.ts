import type { CandidateOffer } from './candidate-offer.ts';
import type { ShopResources } from './shop-resources.ts';

export type { CandidateOffer } from './candidate-offer.ts';

/*
 * To add an adapter:
 *
 *   1. a folder with its declaration's schema (`x-declaration.ts`, on `declarationFields`), the adapter (`x-shop.ts`), both
 *      put together by `defineAdapter` (`x-adapter.ts`), and a test that runs `testing/shop-adapter.compliance.ts`;
 *   2. its line in `adapters.ts`.
 *
 * The declaration's schema, its error messages, the registry and the commands follow from that line. A test asks for an
 * example in `docs/operator-guide.md`. A platform that can be recognised by its pages gets its marks in
 * `detection/platform-marks.ts`, so that `magpie shops add` finds it.
 */

/** What one question to a shop comes with. */
export interface ShopContext extends ShopResources {
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
  /**
   * Streams candidates as they are read; a later one of the same address replaces the earlier. None where the shop has
   * nothing like it.
   * @throws FetchError; UnreadablePageError where the answer says nothing that can be used; the reason of the signal
   */
  search(query: string, context: ShopContext): AsyncIterable<CandidateOffer>;
  /** Reads one product page; null when it is not a product. @throws as `search` does */
  offer(url: string, context: ShopContext): Promise<CandidateOffer | null>;
}
