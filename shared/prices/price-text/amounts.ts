import { type CurrencyMark, combineMarks, findLetterMark, isWordlikeMark } from '../currency/marks.ts';
import { decimalValue, hasPriceShape, shiftDecimal } from './number.ts';
import { hasCurrencySign, isTight, type NumberToken, type Token } from './tokens.ts';
import { isSubunit, multiplierExponent } from './vocabulary.ts';

/** A number with the currency marks that belong to it. */
export interface Amount {
  /** Decimal string. */
  readonly value: string;
  readonly mark: CurrencyMark | null;
  /** On which side the mark stands; `after` where there is none. */
  readonly position: 'before' | 'after';
  /** Index of the first and the last token that belong to it. */
  readonly first: number;
  readonly last: number;
  /** Index of the number itself. */
  readonly number: number;
  /** Written as prices are: two decimals or grouped thousands. */
  readonly priceShaped: boolean;
}

/** Currencies of three decimals whose shops write all three, so that `12.345` is an amount below thirteen. */
const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Marks after a number that are far more often a unit, a thing or a duration: `5 KGS`, `2 YR`, `1 CUP`. */
const UNITLIKE: ReadonlySet<string> = new Set(['KGS', 'CUP', 'PEN', 'TOP', 'YR', 'ALL', 'AMD']);

const BEFORE_CONNECTORS: ReadonlySet<string> = new Set([':', '(', ')', '.', '~', '≈', '=', '*']);
const AFTER_CONNECTORS: ReadonlySet<string> = new Set([',', '.', ':', '-', '–', '—', '―', '−', '=', '*']);
const MAX_CONNECTORS = 3;

/**
 * All amounts of a tokenized text, in order, each with its mark.
 * @param decimalSeparator known for sure, or null; a currency sign for `5€99`.
 * @param hint the mark that holds for amounts without one of their own.
 */
export function findAmounts(
  tokens: readonly Token[],
  decimalSeparator: string | null,
  hint: CurrencyMark | null,
): Amount[] {
  const amounts: Amount[] = [];
  let next = 0;
  while (next < tokens.length) {
    const token = tokens[next]!;
    if (token.kind !== 'number') {
      next += 1;
      continue;
    }
    const amount = readAmount(tokens, next, amounts.at(-1)?.last ?? -1, decimalSeparator, hint);
    if (amount !== null) amounts.push(amount);
    next = Math.max(next, amount?.last ?? next) + 1;
  }
  return amounts;
}

function readAmount(
  tokens: readonly Token[],
  index: number,
  taken: number,
  decimalSeparator: string | null,
  hint: CurrencyMark | null,
): Amount | null {
  const number = tokens[index] as NumberToken;
  const before = markBefore(tokens, index, taken);
  const apart = decimalSeparator === null ? centsSetApart(tokens, index, before !== null) : null;
  const scaled = scaleAfter(tokens, index, before !== null);
  const after = markAfter(tokens, apart?.last ?? scaled.last, before, hasPriceShape(number));
  const mark = before !== null && after !== null ? combineMarks(before.mark, after.mark) : (before ?? after)?.mark;
  const whole = numberValue(number, decimalSeparator, usesThreeDecimals(mark ?? hint));
  if (whole === null) return null;
  const base = {
    mark: mark ?? null,
    position: before === null ? 'after' : 'before',
    first: before?.index ?? index,
    last: Math.max(apart?.last ?? scaled.last, after?.index ?? index),
    number: index,
    priceShaped: hasPriceShape(number),
  } as const;
  const cents = whole.includes('.') ? null : (apart ?? centsAfterMark(tokens, after, decimalSeparator));
  if (cents !== null) {
    const last = Math.max(base.last, cents.last);
    return { ...base, value: `${whole}.${cents.digits}`, last, priceShaped: true };
  }
  if (after?.text === '¢') return { ...base, value: shiftDecimal(whole, -2), priceShaped: true };
  return { ...base, value: scaledValue(whole, scaled.parts) };
}

function numberValue(number: NumberToken, decimalSeparator: string | null, threeDecimals: boolean): string | null {
  if (decimalSeparator === null || !hasCurrencySign(decimalSeparator)) {
    return decimalValue(number, { decimalSeparator, threeDecimals });
  }
  return decimalValue({ digits: [number.digits.join('')], separators: [] });
}

interface FoundMark {
  mark: CurrencyMark;
  text: string;
  index: number;
}

function markBefore(tokens: readonly Token[], index: number, taken: number): FoundMark | null {
  let at = index - 1;
  for (let skipped = 0; skipped < MAX_CONNECTORS && isConnector(tokens[at], BEFORE_CONNECTORS); skipped += 1) at -= 1;
  const token = tokens[at];
  if (token === undefined || at <= taken) return null;
  const number = tokens[index] as NumberToken;
  if (token.kind === 'mark') {
    if (isWordlikeMark(token.text) && !hasPriceShape(number)) return null;
    return { mark: token.mark, text: token.text, index: at };
  }
  if (token.kind !== 'word' || at !== index - 1) return null;
  const letter = findLetterMark(token.text);
  const minDigits = at === 0 ? 2 : 3;
  if (letter === null || !(hasPriceShape(number) || number.digits[0]!.length >= minDigits)) return null;
  return tokens[at - 1]?.kind === 'word' ? null : { mark: letter, text: token.text, index: at };
}

/** The mark after an amount whose last token is `last`, past decorations such as `,-`. */
function markAfter(
  tokens: readonly Token[],
  last: number,
  before: FoundMark | null,
  priceShaped: boolean,
): FoundMark | null {
  let at = last + 1;
  while (at - last <= MAX_CONNECTORS && isConnector(tokens[at], AFTER_CONNECTORS) && isTight(tokens, at - 1)) at += 1;
  const token = tokens[at];
  if (token?.kind !== 'mark') return null;
  if (UNITLIKE.has(token.text) && !priceShaped) return null;
  const following = tokens[at + 1];
  const beforeNumber = following?.kind === 'number' || (following?.kind === 'mark' && isTight(tokens, at));
  if (before !== null) {
    if (beforeNumber || combineMarks(before.mark, token.mark) === null) return null;
  } else if (beforeNumber && isTight(tokens, at) && !isTight(tokens, at - 1) && hasCurrencySign(token.text)) {
    return null;
  }
  return { mark: token.mark, text: token.text, index: at };
}

function usesThreeDecimals(mark: CurrencyMark | null): boolean {
  return mark?.codes.length === 1 && THREE_DECIMALS.has(mark.codes[0]!);
}

interface Scaled {
  /** Powers of ten that words behind the number mean, and the digits after each: `1億2000万円`. */
  parts: { exponent: number; rest: string }[];
  last: number;
}

function scaleAfter(tokens: readonly Token[], index: number, marked: boolean): Scaled {
  const parts: Scaled['parts'] = [];
  let last = index;
  for (;;) {
    const word = tokens[last + 1];
    if (word?.kind !== 'word') return { parts, last };
    const glued = isTight(tokens, last) && (marked || tokens[last + 2]?.kind === 'mark');
    const exponent = multiplierExponent(word.text, glued);
    if (exponent === null || exponent >= (parts.at(-1)?.exponent ?? Number.POSITIVE_INFINITY)) return { parts, last };
    const number = tokens[last + 2];
    const digits = number?.kind === 'number' && continuesScale(tokens, last + 1) ? number.digits.join('') : '';
    const continues = digits !== '' && digits.length <= exponent;
    parts.push({ exponent, rest: continues ? digits : '' });
    last += continues ? 2 : 1;
    if (!continues) return { parts, last };
  }
}

/** `1万2000` without a space, or `1만 5천`, `1만 5000원` with what can only be the rest of the number. */
function continuesScale(tokens: readonly Token[], scale: number): boolean {
  if (isTight(tokens, scale)) return true;
  const next = tokens[scale + 2];
  return next?.kind === 'mark' || (next?.kind === 'word' && multiplierExponent(next.text, false) !== null);
}

/** 1, 億 2000, 万 → 1·10⁸ + 2000·10⁴. */
function scaledValue(value: string, [first, ...others]: Scaled['parts']): string {
  if (first === undefined) return value;
  const shifted = shiftDecimal(value, first.exponent);
  if (first.rest === '') return shifted;
  const rest = scaledValue(first.rest, others);
  return shifted.slice(0, -rest.length) + rest;
}

interface Cents {
  digits: string;
  last: number;
}

/** Hundredths after the mark: `5€99`, `5 € 99`, `5 руб. 50 коп.` */
function centsAfterMark(
  tokens: readonly Token[],
  mark: FoundMark | null,
  decimalSeparator: string | null,
): Cents | null {
  if (mark === null) return null;
  const last = mark.index + 1;
  const token = tokens[last];
  if (token?.kind !== 'number' || token.digits.length !== 1) return null;
  const digits = token.digits[0]!;
  if (isTight(tokens, mark.index) && isTight(tokens, mark.index - 1)) {
    const separates = mark.text === decimalSeparator || (digits.length === 2 && !isGluedToWord(tokens, last));
    return separates ? { digits, last } : null;
  }
  const unit = tokens[last + 1];
  if (unit === undefined && digits.length === 2) return { digits, last };
  const areCents = (unit?.kind === 'word' && isSubunit(unit.text.toLowerCase())) || isCentSign(unit);
  return areCents && digits.length <= 2 ? { digits: digits.padStart(2, '0'), last: last + 1 } : null;
}

/** Hundredths before the mark, set apart from the whole: `119. 95`, and `19 99 €` where they are set smaller. */
function centsSetApart(tokens: readonly Token[], index: number, marked: boolean): Cents | null {
  if ((tokens[index] as NumberToken).separators.some((separator) => separator !== ' ')) return null;
  const separator = tokens[index + 1];
  const separated = isConnector(separator, CENTS_SEPARATORS);
  const last = separated ? index + 2 : index + 1;
  const cents = tokens[last];
  if (cents?.kind !== 'number' || cents.digits.length !== 1 || cents.digits[0]!.length !== 2) return null;
  const next = tokens[last + 1];
  const marksIt = next?.kind === 'mark';
  const ends = next === undefined || (next.kind === 'punctuation' && !isTight(tokens, last));
  return (marked ? ends : marksIt) ? { digits: cents.digits[0]!, last } : null;
}

const CENTS_SEPARATORS: ReadonlySet<string> = new Set(['.', ',']);

function isCentSign(token: Token | undefined): boolean {
  return token?.kind === 'mark' && token.text === '¢';
}

function isGluedToWord(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.kind === 'word' && isTight(tokens, index);
}

function isConnector(token: Token | undefined, connectors: ReadonlySet<string>): boolean {
  return token?.kind === 'punctuation' && connectors.has(token.text);
}
