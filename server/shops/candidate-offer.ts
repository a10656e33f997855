import type { Money } from '../../shared/prices/money/money.ts';
import type { Availability, Condition } from '../../shared/prices/offer.ts';

/** What a shop offers for one product, as read there, in the shop's own currency. */
export interface CandidateOffer {
  title: string;
  /** Absolute URL of the product page. */
  url: string;
  price: Money;
  /** The price was read off a page that does not tell it surely. */
  uncertain?: true;
  listPrice: Money | null;
  /** null where the shop does not say. */
  shipping: Money | null;
  /** By ISO 3166-1 alpha-2 code, where the shop gives it by country. */
  shippingTo?: Readonly<Record<string, Money>>;
  availability: Availability | null;
  condition: Condition | null;
  brand: string | null;
  gtin: string | null;
  mpn: string | null;
  sku: string | null;
  image: string | null;
}
