import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import type { Cache } from '../cache/cache.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { KnownShops } from '../shops/registry.ts';
import type { ShopResources } from '../shops/shop-resources.ts';
import type { Store } from '../store/store.ts';
import type { ComparisonListener } from './comparison-listener.ts';
import type { Clock } from './freshness.ts';

/** What a worker makes comparisons with. */
export interface ComparisonWorkerParts {
  shops: { current(): Promise<KnownShops> };
  shopResources: ShopResources;
  store: Store;
  cache: Cache;
  /** Puts the shops' pictures on our own origin. */
  imageLinks: ImageLinks;
  /** The exchange rates of the day. */
  rates(): Promise<RateTable>;
  /** Called with the reason where a comparison cannot be remembered; it is answered all the same. */
  onUnrecorded(error: unknown): void;
  listener?: ComparisonListener;
  now?: Clock;
  deadlineMs?: number;
}
