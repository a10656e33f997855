import { z } from 'zod';
import { AVAILABILITIES, CONDITIONS } from '../prices/offer.ts';
import { productAddress } from '../prices/product-address.ts';
import { visibleLine } from '../text/visible-text.ts';
import { moneySchema } from './money.ts';
import { countrySchema, currencySchema, textSchema } from './values.ts';

export const comparedOfferSchema = z
  .object({
    shop: z.string().describe('Id of the shop, as in its declaration.'),
    shop_name: z.string().describe('Name of the shop, for people.'),
    title: z.string().describe('Title of the goods, as the shop writes it.'),
    url: z.string().describe('Address of the offer’s page in the shop.'),
    image: z.string().nullable().describe('Path of a picture on this server; null where the shop shows none.'),
    price: moneySchema.describe('Price without shipping, in the currency that was asked for.'),
    unconfirmed: z
      .boolean()
      .describe(
        'The price could not be read surely, or is far off this offer’s history: it is no deal until a second look confirms it.',
      ),
    original_price: moneySchema
      .nullable()
      .describe('The price as the shop shows it, where its currency is another; else null.'),
    list_price: moneySchema.nullable().describe('The price before the discount that the shop shows; null without one.'),
    shipping: moneySchema
      .nullable()
      .describe('Cost of shipping; null where the shop does not say. Never assumed free.'),
    total: moneySchema.nullable().describe('Price plus shipping; null where shipping is unknown.'),
    unit_price: z
      .object({
        amount: z.string().describe('Amount per unit, a decimal string.'),
        currency: z.string().describe('ISO 4217 code.'),
        per: z.string().describe('The unit: `kg`, `l`, `m`, `piece` …'),
      })
      .nullable()
      .describe(
        'Price per unit, where the title names a quantity: `{"amount": "3.98", "currency": "EUR", "per": "kg"}`.',
      ),
    availability: z
      .enum(AVAILABILITIES)
      .nullable()
      .describe('Stock, by schema.org’s names; null where the shop does not say.'),
    condition: z
      .enum(CONDITIONS)
      .nullable()
      .describe('Condition, by schema.org’s names; null where the shop does not say, which for most shops means new.'),
    brand: z.string().nullable().describe('Brand, where the shop names it.'),
    gtin: z.string().nullable().describe('GTIN-14 with a valid check digit, where the shop names it.'),
    sku: z.string().nullable().describe('The shop’s own article number, where it names it.'),
    product_id: z
      .string()
      .nullable()
      .describe('Product of the catalogue that the offer was matched to; null without one.'),
    checked_at: z.iso.datetime().describe('When the shop was read.'),
  })
  .meta({ id: 'ComparedOffer', description: 'One offer of one shop.' });

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
    shop: z.string().describe('Id of the shop, as in its declaration.'),
    shop_name: z.string().describe('Name of the shop, for people.'),
    reason: z.enum(SHOP_FAILURES).describe('What went wrong; the list is closed, so that clients can act on it.'),
    detail: z.string().describe('The same in one sentence for people.'),
  })
  .meta({ id: 'ShopFailure', description: 'Why a shop gave nothing.' });

export const bestDealSchema = z
  .object({
    shop: z.string().describe('Id of the shop, as in its declaration.'),
    shop_name: z.string().describe('Name of the shop, for people.'),
    url: z.string().describe('Address of the offer’s page; the offer of this `url` stands in `offers` too.'),
    title: z.string().describe('Title of the goods, as the shop writes it.'),
    total: moneySchema.nullable().describe('Price plus shipping; null where shipping is unknown.'),
    price: moneySchema.optional().describe('Price without shipping.'),
    reason: z.string().describe('Why this one, in one sentence.'),
    why: z
      .object({
        standing: z
          .enum(['in_stock', 'uncertain', 'later'])
          .describe('How surely it can be had: in stock; the shop does not say; later.'),
        n_offers: z.int().describe('How many offers competed, this one included.'),
        price: moneySchema.describe('Price without shipping.'),
        shipping: moneySchema.nullable().describe('Cost of shipping; null where the shop does not say.'),
        lowest_known: z
          .object({
            shop_name: z.string().describe('Name of the shop, for people.'),
            total: moneySchema.describe('Its total.'),
          })
          .nullable()
          .describe('Where this one’s shipping is unknown: the lowest known total of the others.'),
        shipping_at_most: moneySchema
          .nullable()
          .optional()
          .describe('Where this one’s shipping is unknown: the most that its shop asks for shipping in this answer.'),
        only_used: z.boolean().describe('Used goods, since no offer is new.'),
      })
      .optional()
      .describe('`reason` in values, for a sentence in another language.'),
  })
  .meta({ id: 'BestDeal', description: 'The answer to “cheapest”: the offer to take, and why.' });

/** Longer addresses are no product pages, and no server promises to take them (RFC 9110, 4.1). */
const MAX_ADDRESS_LENGTH = 2048;
const MAX_WORDS_LENGTH = 200;

/** Of punctuation and symbols nothing is left that a shop's hits could be told from the rest of its page by. */
export function namesSomething(product: string): boolean {
  return /[\p{L}\p{N}]/u.test(product);
}

export const compareQuerySchema = z.object({
  product: textSchema({ min: 1, max: MAX_ADDRESS_LENGTH })
    .overwrite(visibleLine)
    .trim()
    .refine((text) => text.length <= MAX_WORDS_LENGTH || productAddress(text) !== null, {
      error: `has more than ${MAX_WORDS_LENGTH} characters`,
    })
    .refine(namesSomething, { error: 'has no letter and no digit, so no shop can be asked for it' })
    .meta({
      example: 'headphones',
      anyOf: [
        { type: 'string', maxLength: MAX_WORDS_LENGTH, pattern: '[\\p{L}\\p{N}]' },
        { type: 'string', pattern: '^https?://[A-Za-z0-9][A-Za-z0-9.-]*/[A-Za-z0-9/_.?=&-]*$' },
      ],
      description: `Words (at most ${MAX_WORDS_LENGTH} characters, with a letter or digit among them), or the address of a product page in any shop: its product is then looked for in all shops.`,
    }),
  currency: currencySchema
    .default('EUR')
    .meta({ example: 'EUR', description: 'Currency of all amounts of the answer.' }),
  ship_to: countrySchema
    .optional()
    .meta({ example: 'DE', description: 'Country to send to: shipping, totals and ranking are for there.' }),
  async: z.enum(['true', 'false']).default('false').meta({ description: '`true` answers 202 with a `job_id`.' }),
});

export const recognisedProductSchema = z
  .object({
    url: z.string().describe('Address of the page.'),
    shop: z.string().describe('Id of the declared shop that the page is of, else its host.'),
    title: z.string().describe('Title of the goods.'),
    brand: z.string().nullable().describe('Brand, where the page names it.'),
    gtin: z.string().nullable().describe('GTIN-14, where the page names it.'),
  })
  .meta({ id: 'RecognisedProduct', description: 'The product of the page whose address was asked for.' });

/** `GET /compare_price`: known totals ascending, then unknown ones by price. */
export const comparisonSchema = z
  .object({
    query: z.string().describe('The words that the shops were asked for.'),
    recognised: recognisedProductSchema
      .nullable()
      .describe('The product of the page whose address was asked for; null where words were, or it could not be read.'),
    currency: z.string().describe('ISO 4217 code of all amounts but `original_price`.'),
    ship_to: z
      .string()
      .nullable()
      .optional()
      .describe('ISO 3166-1 alpha-2 code of the country that shipping and totals are for; null: none was named.'),
    cache: z
      .enum(['hit', 'stale', 'miss'])
      .describe('`hit`: kept and fresh; `stale`: kept and old, while a new one is being made; `miss`: made now.'),
    complete: z.boolean().describe('False where the deadline came before every shop had answered.'),
    best: bestDealSchema
      .nullable()
      .describe(
        'The answer to “cheapest”: the lowest known total among offers that are not known to be out of stock and whose price is certain; null where there is none.',
      ),
    offers: z
      .array(comparedOfferSchema)
      .describe('Known totals ascending, then those of unknown total by price, sold-out ones included.'),
    failures: z.array(shopFailureSchema).describe('The shops that gave nothing, with the reason.'),
    next_step: z.string().nullable().describe('Where no shop has it: what that means and what to do next, for people.'),
    shops_asked: z.int().describe('How many shops were asked.'),
    checked_at: z.iso.datetime().describe('When the comparison was made.'),
    rates_date: z
      .string()
      .nullable()
      .describe('ISO 8601 date of the exchange rates that were used; null where nothing was converted.'),
  })
  .meta({ id: 'Comparison', description: 'What every shop asks for a product.' });
export type Comparison = z.infer<typeof comparisonSchema>;
export type RecognisedProduct = z.infer<typeof recognisedProductSchema>;
export type ComparedOffer = z.infer<typeof comparedOfferSchema>;
export type ShopFailure = z.infer<typeof shopFailureSchema>;
export type ShopFailureReason = (typeof SHOP_FAILURES)[number];
export type BestDeal = z.infer<typeof bestDealSchema>;

/** One message of a comparison job's event stream (`event: shop`). */
export const shopResultSchema = z
  .discriminatedUnion('status', [
    z
      .object({
        status: z.literal('answered').describe('The shop has answered.'),
        shop: z.string().describe('Id of the shop, as in its declaration.'),
        shop_name: z.string().describe('Name of the shop, for people.'),
        offers: z.array(comparedOfferSchema).describe('Its offers; none where it does not have the product.'),
        elapsed_ms: z.number().describe('Milliseconds since the comparison began.'),
      })
      .meta({ id: 'ShopAnswered', description: 'A shop that has answered, in full or so far.' }),
    z
      .object({
        status: z.literal('failed').describe('The shop gave nothing.'),
        elapsed_ms: z.number().describe('Milliseconds since the comparison began.'),
        failure: shopFailureSchema.describe('Which shop, and why.'),
      })
      .meta({ id: 'ShopFailed', description: 'A shop that gave nothing.' }),
  ])
  .meta({ id: 'ShopResult', description: 'What one shop came to.' });
export type ShopResult = z.infer<typeof shopResultSchema>;
