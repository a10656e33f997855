import { type CurrencyMark, combineMarks } from '../money/currency/marks.ts';
import { centsAfterMark, centsSetApart } from './cents.ts';
import { markAfter, markBefore } from './marks-beside.ts';
import { decimalValue, hasPriceShape, shiftDecimal } from './number.ts';
import { scaleAfter, scaledValue } from './scale.ts';
import { hasCurrencySign, type NumberToken, type Token } from './tokens.ts';

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
    const amount = readAmount(tokens, next, token, amounts.at(-1)?.last ?? -1, decimalSeparator, hint);
    if (amount !== null) amounts.push(amount);
    next = Math.max(next, amount?.last ?? next) + 1;
  }
  return amounts;
}

function readAmount(
  tokens: readonly Token[],
  index: number,
  number: NumberToken,
  taken: number,
  decimalSeparator: string | null,
  hint: CurrencyMark | null,
): Amount | null {
  const before = markBefore(tokens, index, number, taken);
  const apart = decimalSeparator === null ? centsSetApart(tokens, index, number, before !== null) : null;
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

function usesThreeDecimals(mark: CurrencyMark | null): boolean {
  return mark?.codes.length === 1 && THREE_DECIMALS.has(mark.codes[0]!);
}
