import { currencyOfCountry } from '../money/currency/countries.ts';
import { isCurrencyCode, minorUnitDigits } from '../money/currency/iso-4217.ts';
import { type CurrencyMark, findCurrencyMark, isWordlikeMark } from '../money/currency/marks.ts';
import { plainPriceText } from './characters.ts';
import { hasCurrencySign, type MarkToken, type Token, tokenize } from './tokens.ts';

export interface CurrencyContext {
  /** The mark that was found near the price; null for none. */
  hint: CurrencyMark | null;
  /** ISO 3166-1 alpha-2 code of the shop's country, or null. */
  country: string | null;
}

/**
 * The ISO code that a mark means: its only one, else the hint's, else that of the shop's country, else the default of
 * the mark; null for "cannot tell". `amount` rules out currencies that are written without decimals.
 */
export function resolveCurrency(
  mark: CurrencyMark,
  position: 'before' | 'after',
  amount: string | null,
  context: CurrencyContext,
): string | null {
  const { codes } = mark;
  if (codes.length <= 1) return codes[0] ?? null;
  const hinted = context.hint?.codes.filter((code) => codes.includes(code)) ?? [];
  if (hinted.length === 1) return hinted[0]!;
  const local = context.country === null ? null : currencyOfCountry(context.country);
  if (local !== null && codes.includes(local)) return local;
  const usual = mark[position];
  if (usual === null || !hasFraction(amount) || minorUnitDigits(usual) > 0) return usual;
  const possible = codes.filter((code) => minorUnitDigits(code) > 0);
  return possible.length === 1 ? possible[0]! : null;
}

function hasFraction(amount: string | null): boolean {
  return amount?.includes('.') ?? false;
}

/** Longer hints are paragraphs, and a currency far into one says nothing of this price. */
const MAX_HINT_LENGTH = 400;

/** The currency mark in a hint, which may be a code (`usd`), a sign, or any text from near the price. */
export function findHintMark(hint: string): CurrencyMark | null {
  const whole = hint.trim();
  const code = whole.toUpperCase();
  if (isCurrencyCode(code) && (code === whole || !isWordlikeMark(code))) return findCurrencyMark(code);
  return findTextMark(tokenize(plainPriceText(hint.slice(0, MAX_HINT_LENGTH))))?.mark ?? null;
}

/**
 * The first mark in running text that surely means a currency: a sign, a code in capitals, a mark beside a number, or
 * one that begins the text (`руб. (шт)`).
 */
export function findTextMark(tokens: readonly Token[]): MarkToken | null {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'mark') continue;
    if (hasCurrencySign(token.text)) return token;
    if (isWordlikeMark(token.text)) continue;
    const besideNumber = tokens[index + 1]?.kind === 'number' || tokens[index - 1]?.kind === 'number';
    if (index === 0 || besideNumber || /^[A-Z]{3}$/.test(token.text)) return token;
  }
  return null;
}
