import type { Money } from './money.ts';

/** schema.org ItemAvailability, by its names. `null` everywhere means "cannot tell", and is never guessed away. */
export const AVAILABILITIES = [
  'InStock',
  'LimitedAvailability',
  'OnlineOnly',
  'InStoreOnly',
  'MadeToOrder',
  'PreOrder',
  'PreSale',
  'BackOrder',
  'Reserved',
  'OutOfStock',
  'SoldOut',
  'Discontinued',
] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** schema.org OfferItemCondition, by its names. */
export type Condition = 'NewCondition' | 'UsedCondition' | 'RefurbishedCondition' | 'DamagedCondition';

/** Where a value was read and how sure the extractor is. */
export interface Evidence {
  /** Name of the extractor, e.g. `json-ld`, `microdata`, `visible-text`. */
  source: string;
  /** The text as it stood on the page, shortened to 200 characters. */
  raw: string;
  /** 0…1. */
  confidence: number;
}

/** What one product page says of one product. Every field that the page does not tell is null. */
export interface ExtractedOffer {
  title: string | null;
  price: Money | null;
  listPrice: Money | null;
  availability: Availability | null;
  condition: Condition | null;
  shipping: Money | null;
  sku: string | null;
  gtin: string | null;
  mpn: string | null;
  brand: string | null;
  /** Absolute URL. */
  image: string | null;
  rating: { value: number; best: number; count: number | null } | null;
  /** Per field, every extractor's vote, the chosen one first. */
  evidence: Partial<Record<string, Evidence[]>>;
}

/** What kind of page this is; anything but `product` and `list` is never read as a price or a stock state. */
export type PageKind = 'product' | 'list' | 'empty' | 'block' | 'consent' | 'unknown';

/** One repeated card of a list or search page. */
export interface ListedOffer {
  title: string;
  /** Absolute URL of the product page. */
  url: string;
  price: Money | null;
  image: string | null;
}
