import { z } from 'zod';
import { COUNTRIES, isCountryCode } from '../prices/countries.ts';
import { CURRENCY_CODES, isCurrencyCode } from '../prices/money/currency/iso-4217.ts';

/** NUL, which Postgres does not take in text, and the others of C0 and C1 (Unicode category Cc). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const NO_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/;

/** Text in one line, as clients send it. */
export function textSchema({ min = 0, max }: { min?: number; max: number }) {
  return z
    .string()
    .min(min)
    .max(max)
    .regex(NO_CONTROL_CHARACTERS, { error: 'has control characters' })
    .refine((text) => text.isWellFormed(), { error: 'has half of a surrogate pair, which is no character' });
}

/** An id of a shopper, a product, a watch or a job. */
export function idSchema({ max = 128 } = {}) {
  return textSchema({ min: 1, max });
}

/** A whole number in a query: decimal digits alone, so neither `0x10` nor `1e2`, nor nothing at all. */
export function wholeNumberSchema({ min, max }: { min: number; max: number }) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text),
    z.int({ error: 'is not a whole number in decimal digits' }).min(min).max(max),
  );
}

/** An ISO 4217 code in either case, upper case from here on. */
export const currencySchema = z
  .string()
  .regex(/^[A-Za-z]{3}$/, { error: 'is not an ISO 4217 currency code' })
  .transform((code) => code.toUpperCase())
  .refine(isCurrencyCode, { error: 'is not an ISO 4217 currency code' })
  .meta({ enum: CURRENCY_CODES });

/** An ISO 3166-1 alpha-2 code in either case, upper case from here on. */
export const countrySchema = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { error: 'is not an ISO 3166-1 alpha-2 country code' })
  .transform((code) => code.toUpperCase())
  .refine(isCountryCode, { error: 'is not an ISO 3166-1 alpha-2 country code' })
  .meta({ enum: COUNTRIES });

/** A decimal amount above zero, such as `"99.90"`. */
export const positiveAmountSchema = z
  .string()
  .regex(/^(?!0*(\.0*)?$)\d{1,9}(\.\d{1,4})?$/, { error: 'must be a decimal above 0, such as "99.90"' });

/** Where a list goes on: opaque, as the answer before gave it in `next`. */
export const cursorSchema = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[\w-]+$/, { error: 'is not a cursor of an answer' })
  .describe('`next` of the answer before: what comes after it. Opaque; good for the same query alone.');

export const nextSchema = z.string().nullable().describe('The `cursor` with which the list goes on; null at its end.');
