import { shiftDecimal } from './number.ts';
import { isTight, type Token } from './tokens.ts';
import { multiplierExponent } from './vocabulary.ts';

/** What words for powers of ten behind a number say: `1.5 lakh`, `1億2000万円`. */
export interface Scaled {
  /** Powers of ten that words behind the number mean, and the digits after each: `1億2000万円`. */
  parts: { exponent: number; rest: string }[];
  last: number;
}

/** @param marked the number has a currency mark, so that `k` and `M` behind it are powers of ten. */
export function scaleAfter(tokens: readonly Token[], index: number, marked: boolean): Scaled {
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
export function scaledValue(value: string, [first, ...others]: Scaled['parts']): string {
  if (first === undefined) return value;
  const shifted = shiftDecimal(value, first.exponent);
  if (first.rest === '') return shifted;
  const rest = scaledValue(first.rest, others);
  return shifted.slice(0, -rest.length) + rest;
}
