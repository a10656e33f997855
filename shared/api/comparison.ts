import { z } from 'zod';
import { isCurrencyCode } from '../prices/money/currency/iso-4217.ts';
import { AVAILABILITIES, CONDITIONS } from '../prices/offer.ts';
import { productAddress } from '../prices/product-address.ts';
import { moneySchema } from './money.ts';

export const comparedOfferSchema = z
  .object({
    /** Shop's id, as in its declaration. */
    shop: z.string(),
    shop_name: z.string(),
    title: z.string(),
    url: z.string(),
    image: z.string().nullable(),
    /** In the currency that was asked for. */
    price: moneySchema,
    /** The price is far off this offer's history: it is no deal until a second look confirms it. */
    unconfirmed: z.boolean(),
    /** As the shop shows it, where its currency is another. */
    original_price: moneySchema.nullable(),
    list_price: moneySchema.nullable(),
    /** null: the shop does not say. Never assumed to be free. */
    shipping: moneySchema.nullable(),
    /** Price plus shipping; price alone where shipping is unknown (`shipping: null`). */
    total: moneySchema,
    /** e.g. `{"amount": "3.98", "currency": "EUR", "per": "kg"}` */
    unit_price: z.object({ amount: z.string(), currency: z.string(), per: z.string() }).nullable(),
    availability: z.enum(AVAILABILITIES).nullable(),
    /** null: the shop does not say, which for most shops means new. */
    condition: z.enum(CONDITIONS).nullable(),
    brand: z.string().nullable(),
    gtin: z.string().nullable(),
    sku: z.string().nullable(),
    /** Product that the offer was matched to. */
    product_id: z.string().nullable(),
    /** ISO 8601 instant at which the shop was read. */
    checked_at: z.iso.datetime(),
  })
  .meta({ id: 'ComparedOffer' });

/** Why a shop gave nothing; the list is closed so that clients can act on it. */
export const SHOP_FAILURES = [
  'timeout',
  'connection',
  'http_status',
  'robots_disallowed',
  'blocked_by_shop',
  'blocked_address',
  'too_large',
  'redirects',
  'unreadable',
  'breaker_open',
  'rate_limited',
  'internal',
] as const;

export const shopFailureSchema = z
  .object({
    shop: z.string(),
    shop_name: z.string(),
    reason: z.enum(SHOP_FAILURES),
    /** One sentence for people. */
    detail: z.string(),
  })
  .meta({ id: 'ShopFailure' });

export const bestDealSchema = z
  .object({
    shop: z.string(),
    shop_name: z.string(),
    url: z.string(),
    title: z.string(),
    total: moneySchema,
    /** One sentence: why this one. */
    reason: z.string(),
    /** The same in values, for those who write the sentence in a language and number format of their own. */
    why: z
      .object({
        /** How surely it can be had: in stock; no shop says so; later. */
        standing: z.enum(['in_stock', 'uncertain', 'later']),
        /** Among how many offers that can be had as surely. */
        n_offers: z.int(),
        price: moneySchema,
        /** null: the shop does not say. */
        shipping: moneySchema.nullable(),
        /** Where this one's shipping is not told: the lowest total that is known. */
        lowest_known: z.object({ shop_name: z.string(), total: moneySchema }).nullable(),
        /** Used goods, as nobody offers it new. */
        only_used: z.boolean(),
      })
      .optional(),
  })
  .meta({ id: 'BestDeal' });

/** Longer addresses are no product pages, and no server promises to take them (RFC 9110, 4.1). */
const MAX_ADDRESS_LENGTH = 2048;
const MAX_WORDS_LENGTH = 200;

/** Of punctuation and symbols nothing is left that a shop's hits could be told from the rest of its page by. */
export function namesSomething(product: string): boolean {
  return /[\p{L}\p{N}]/u.test(product);
}

export const compareQuerySchema = z.object({
  product: z
    .string()
    .trim()
    .min(1)
    .max(MAX_ADDRESS_LENGTH)
    .refine((text) => text.length <= MAX_WORDS_LENGTH || productAddress(text) !== null, {
      error: `has more than ${MAX_WORDS_LENGTH} characters`,
    })
    .refine(namesSomething, { error: 'has no letter and no digit, so no shop can be asked for it' })
    .meta({
      example: 'headphones',
      description: 'Words, or the address of a product page in any shop: its product is then looked for in all shops',
    }),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/)
    .transform((code) => code.toUpperCase())
    .refine(isCurrencyCode, { error: 'is not an ISO 4217 currency code' })
    .default('EUR')
    .meta({ example: 'EUR' }),
  ship_to: z
    .string()
    .regex(/^[A-Za-z]{2}$/, { error: 'is not an ISO 3166-1 alpha-2 country code' })
    .transform((code) => code.toUpperCase())
    .nullable()
    .default(null)
    .meta({ example: 'DE', description: 'Country to send to: shipping, totals and ranking are for there' }),
  async: z.enum(['true', 'false']).default('false').meta({ description: '`true` answers 202 with a job_id' }),
});

export const recognisedProductSchema = z
  .object({
    url: z.string(),
    /** Id of the declared shop that the page is of, else its host. */
    shop: z.string(),
    title: z.string(),
    brand: z.string().nullable(),
    gtin: z.string().nullable(),
  })
  .meta({ id: 'RecognisedProduct' });

/** `GET /compare_price`: offers by total ascending. */
export const comparisonSchema = z
  .object({
    /** As the shops were asked. */
    query: z.string(),
    /** The product of the page whose address was asked for; null where words were, or the page could not be read. */
    recognised: recognisedProductSchema.nullable(),
    currency: z.string(),
    /** ISO 3166-1 alpha-2 code of the country that shipping and totals are for; null: none was named. */
    ship_to: z.string().nullable().optional(),
    cache: z.enum(['hit', 'stale', 'miss']),
    /** false: the deadline came before every shop had answered. */
    complete: z.boolean(),
    best: bestDealSchema.nullable(),
    offers: z.array(comparedOfferSchema),
    failures: z.array(shopFailureSchema),
    /** Where no shop has it: what that means and what to do next, for people. */
    next_step: z.string().nullable(),
    /** How many shops were asked. */
    shops_asked: z.int(),
    checked_at: z.iso.datetime(),
    /** Date of the exchange rates used, ISO 8601 date; null where nothing was converted. */
    rates_date: z.string().nullable(),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof comparisonSchema>;
export type RecognisedProduct = z.infer<typeof recognisedProductSchema>;
export type ComparedOffer = z.infer<typeof comparedOfferSchema>;
export type ShopFailure = z.infer<typeof shopFailureSchema>;
export type ShopFailureReason = (typeof SHOP_FAILURES)[number];
export type BestDeal = z.infer<typeof bestDealSchema>;

/** One message of a comparison job's event stream (`event: shop`). */
export const shopResultSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('answered'),
    shop: z.string(),
    shop_name: z.string(),
    offers: z.array(comparedOfferSchema),
    elapsed_ms: z.number(),
  }),
  z.object({ status: z.literal('failed'), elapsed_ms: z.number(), failure: shopFailureSchema }),
]);
export type ShopResult = z.infer<typeof shopResultSchema>;
