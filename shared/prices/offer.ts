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
export const CONDITIONS = ['NewCondition', 'UsedCondition', 'RefurbishedCondition', 'DamagedCondition'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Where a value was read and how sure the extractor is. */
export interface Evidence {
  /** Name of the extractor, e.g. `json-ld`, `microdata`, `visible-price`. */
  source: string;
  /** The text as it stood on the page, shortened to 200 characters. */
  raw: string;
  /** How likely its value is the field's, 0…1. */
  confidence: number;
}

/**
 * An amount as a page quotes it: a decimal string (`"1299.00"`, never a float) and an ISO 4217 code.
 * The currency is null where the page does not tell it; a shop's declaration may then supply it, nothing may guess it.
 */
export interface QuotedPrice {
  amount: string;
  currency: string | null;
}

/** One of the versions (size, colour, …) that a product page offers. */
export interface ProductVariant {
  title: string | null;
  price: QuotedPrice | null;
  availability: Availability | null;
  sku: string | null;
  gtin: string | null;
}

/** What one product page says of one product. Every field that the page does not tell is null. */
export interface ExtractedOffer {
  title: string | null;
  price: QuotedPrice | null;
  /** The price before the discount, where one is shown. Always above `price`. */
  listPrice: QuotedPrice | null;
  availability: Availability | null;
  condition: Condition | null;
  shipping: QuotedPrice | null;
  /** Where the page tells it by country: by ISO 3166-1 alpha-2 code. */
  shippingTo: Readonly<Record<string, QuotedPrice>> | null;
  sku: string | null;
  gtin: string | null;
  mpn: string | null;
  brand: string | null;
  /** Absolute URL. */
  image: string | null;
  rating: { value: number; best: number; count: number | null } | null;
  variants: ProductVariant[];
  /** Per field that was told, how likely it is right, 0…1. */
  probability: Partial<Record<string, number>>;
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
  price: QuotedPrice | null;
  image: string | null;
}
