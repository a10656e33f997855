import { isCurrencyCode } from '../money/currency/iso-4217.ts';
import type { QuotedPrice } from '../offer.ts';
import { parsePriceText } from '../price-text/parse-price-text.ts';

export interface QuoteContext {
  /** Text or code that may name the currency. */
  currencyHint?: string | null;
  /** ISO 3166 alpha-2 code of the shop's country. */
  country?: string | null;
}

const PLAIN_DECIMAL = /^\d{1,12}(?:\.(?:\d{1,2}|\d{4,8}))?$/;
const THREE_DECIMALS = /^(?:0|[1-9]\d{0,2})\.\d{3}$/;
/** Currencies of which a thousand buys little, so that no shop counts thousandths of one. */
const SMALL_UNITS: ReadonlySet<string> = new Set(
  'ARS CLP COP CRC HUF IDR IQD IRR ISK JPY KHR KRW KZT LAK LBP MMK MNT NGN PKR PYG RSD RWF TZS UGX UZS VND XAF XOF YER'.split(
    ' ',
  ),
);
/** Larger amounts are identifiers or timestamps, not prices, in every currency. */
const MAX_AMOUNT = 1e12;

/**
 * A price from a field that is declared to hold one. Zero is how templates write "no price", so it is null. Three digits
 * after a dot are mills, unless the currency is unknown or too small for them: those are left to the price reader.
 */
export function quoteDeclaredPrice(raw: string | number, context: QuoteContext): QuotedPrice | null {
  const text = typeof raw === 'number' ? numberText(raw) : withoutNoise(raw.trim());
  const currency = currencyOf(context);
  const hasMills = THREE_DECIMALS.test(text) && currency !== null && !SMALL_UNITS.has(currency);
  return PLAIN_DECIMAL.test(text) || hasMills ? checked(trimFraction(text), currency) : quotePriceText(text, context);
}

/** A price from text that a reader sees; null where the text tells no amount or a zero one. */
export function quotePriceText(text: string, context: QuoteContext): QuotedPrice | null {
  return readQuote(text, context).price;
}

/** What a text tells of a price. */
export interface Quote {
  price: QuotedPrice | null;
  /** Of an amount that is no price, too: `€ 0.00`. */
  currency: string | null;
  /** What the price is for, where that is not one item: `kg`, `month`. */
  per: string | null;
}

/** The same with the currency and what the price is for. */
export function readQuote(text: string, context: QuoteContext): Quote {
  const { amount, currency, per } = parsePriceText(text, {
    currencyHint: context.currencyHint,
    country: context.country,
  });
  return { price: amount === null ? null : checked(amount, currency), currency, per };
}

/** Same amount (`12.5` and `12.50`), and currencies that do not contradict each other. */
export function samePrice(a: QuotedPrice, b: QuotedPrice): boolean {
  return (
    Number(a.amount) === Number(b.amount) && (a.currency === b.currency || a.currency === null || b.currency === null)
  );
}

function checked(amount: string, currency: string | null): QuotedPrice | null {
  const value = Number(amount);
  if (!/^\d+(?:\.\d+)?$/.test(amount) || !(value > 0) || value >= MAX_AMOUNT) return null;
  return { amount, currency };
}

/** Binary fractions such as 49.99000000000001 lose their noise; no currency has more than four digits. */
/** More decimals than any currency has are a binary fraction's that was written out: `2.2200000000000001954`. */
function withoutNoise(text: string): string {
  return /^\d{1,12}\.\d{9,}$/.test(text) ? trimFraction(Number(text).toFixed(4)) : text;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(4))) : '';
}

/** `12.5000` is how databases write 12.50. */
function trimFraction(text: string): string {
  const dot = text.indexOf('.');
  if (dot < 0 || text.length - dot <= 3) return text;
  const trimmed = text.replace(/0+$/, '');
  const kept = Math.max(trimmed.length, dot + 3);
  return text.slice(0, kept);
}

function currencyOf({ currencyHint, country }: QuoteContext): string | null {
  const code = currencyHint?.trim().toUpperCase();
  if (!code) return null;
  return isCurrencyCode(code) ? code : parsePriceText(`1 ${currencyHint}`, { country }).currency;
}
