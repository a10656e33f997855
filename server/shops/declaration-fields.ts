import { z } from 'zod';
import { isCurrencyCode } from '../../shared/prices/money/currency/iso-4217.ts';
import { visibleLine } from '../../shared/text/visible-text.ts';

const MAX_CANDIDATES = 50;
const MAX_DELAY_MS = 60_000;
const MAX_TIMEOUT_MS = 60_000;

const CURRENCY = 'expected an ISO 4217 code in capitals, such as "EUR"';
const AMOUNT = 'expected an amount as text with a point, such as "4.90"';

const amount = z.string({ error: AMOUNT }).regex(/^\d{1,9}(\.\d{1,4})?$/, { error: AMOUNT });

const whole = (min: number, max: number) => {
  const error = `expected a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

const shopUrl = z
  .string({ error: 'expected the address of the shop, such as "https://shop.example"' })
  .refine(isShopUrl, {
    error: 'expected an http or https address without user name, "?" or "#", such as "https://shop.example"',
  });

function isShopUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

const COUNTRIES = 'expected ISO 3166 country codes in capitals, such as ["DE", "AT"]';

/** What an order costs to send, in the declaration's `currency`. Without a rule, unknown shipping stays unknown. */
const shippingRule = z.strictObject(
  {
    /** Where to; everywhere else than other rules say, without it. */
    to: z
      .array(z.string().regex(/^[A-Z]{2}$/, { error: COUNTRIES }), { error: COUNTRIES })
      .min(1)
      .optional(),
    amount,
    /** Goods of this price or more are sent for nothing. */
    free_from: amount.optional(),
  },
  { error: 'expected an object such as {"amount": "4.90", "free_from": "50.00"}' },
);

/** The fields that every shop's declaration has, whatever its adapter. */
export const declarationFields = {
  /** Names the shop in answers, failures and the price history; it does not change once used. */
  id: z
    .string({ error: 'expected a short name for the shop, such as "my-shop"' })
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
      error: 'expected 1 to 40 lower-case letters, digits and inner hyphens, such as "my-shop"',
    }),
  /** As people know the shop. */
  name: z.string({ error: 'expected the name people know the shop by' }).overwrite(visibleLine).trim().min(1).max(80),
  /** Where the shop lives; paths are resolved against it. */
  url: shopUrl,
  /** BCP 47: the language to ask for, and how numbers are to be read where a page leaves it open. */
  locale: z.string().refine(isLocale, { error: 'expected a language tag, such as "de-DE"' }).default('en'),
  /** Of prices that are shown without one. */
  currency: z.string({ error: CURRENCY }).refine(isCurrencyCode, { error: CURRENCY }).optional(),
  /** One rule, or several by destination. */
  shipping: z.union([shippingRule, z.array(shippingRule).min(1).max(50)]).optional(),
  pace: z
    .strictObject({
      /** Between the starts of two requests, at least; the fetcher slows down further by itself. */
      min_delay_ms: whole(0, MAX_DELAY_MS).optional(),
    })
    .default({}),
  /** For all of one search, at most; the comparison's own deadline still holds. */
  timeout_ms: whole(100, MAX_TIMEOUT_MS).default(8000),
  /** How many of a search's results are read, at most. */
  max_candidates: whole(1, MAX_CANDIDATES).default(10),
  enabled: z.boolean({ error: 'expected true or false' }).default(true),
};

/** The part of a declaration that says how fast a shop may be asked. */
export type DeclaredPace = Pick<z.infer<z.ZodObject<typeof declarationFields>>, 'pace'>;
