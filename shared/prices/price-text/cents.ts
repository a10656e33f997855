import type { FoundMark } from './marks-beside.ts';
import { isPunctuation, isTight, type NumberToken, type Token } from './tokens.ts';
import { isSubunit } from './vocabulary.ts';

/** Hundredths that stand apart from their whole number. */
export interface Cents {
  digits: string;
  last: number;
}

/** Hundredths after the mark: `5€99`, `5 € 99`, `5 руб. 50 коп.` */
export function centsAfterMark(
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
export function centsSetApart(
  tokens: readonly Token[],
  index: number,
  number: NumberToken,
  marked: boolean,
): Cents | null {
  if (number.separators.some((separator) => separator !== ' ')) return null;
  const separator = tokens[index + 1];
  if (marked && isCentsAlone(separator)) return { digits: separator.digits[1]!, last: index + 1 };
  const separated = isPunctuation(separator, CENTS_SEPARATORS);
  const last = separated ? index + 2 : index + 1;
  const cents = tokens[last];
  if (cents?.kind !== 'number' || cents.digits.length !== 1 || cents.digits[0]!.length !== 2) return null;
  const next = tokens[last + 1];
  const marksIt = next?.kind === 'mark';
  const ends = next === undefined || (next.kind === 'punctuation' && !isTight(tokens, last));
  return (marked ? ends : marksIt) ? { digits: cents.digits[0]!, last } : null;
}

/** `.34` behind a whole number: `$12 .34`. */
function isCentsAlone(token: Token | undefined): token is NumberToken {
  return (
    token?.kind === 'number' && token.digits.length === 2 && token.digits[0] === '' && token.digits[1]!.length === 2
  );
}

const CENTS_SEPARATORS: ReadonlySet<string> = new Set(['.', ',']);

function isCentSign(token: Token | undefined): boolean {
  return token?.kind === 'mark' && token.text === '¢';
}

function isGluedToWord(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.kind === 'word' && isTight(tokens, index);
}
