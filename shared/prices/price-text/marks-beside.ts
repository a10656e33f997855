import {
  type CurrencyMark,
  combineMarks,
  findLetterMark,
  isUnitlikeMark,
  isWordlikeMark,
} from '../money/currency/marks.ts';
import { hasPriceShape } from './number.ts';
import { hasCurrencySign, isPunctuation, isTight, type NumberToken, type Token } from './tokens.ts';
import { isPriceWord, multiplierExponent, perByItself } from './vocabulary.ts';

const BEFORE_CONNECTORS: ReadonlySet<string> = new Set([':', '(', ')', '.', '~', '≈', '=', '*']);
const AFTER_CONNECTORS: ReadonlySet<string> = new Set([',', '.', ':', '-', '–', '—', '―', '−', '=', '*']);
const MAX_CONNECTORS = 3;

/** A currency mark that belongs to an amount. */
export interface FoundMark {
  mark: CurrencyMark;
  text: string;
  index: number;
}

/** The mark before the number at `index`, unless it is the `taken` one of the amount before. */
export function markBefore(
  tokens: readonly Token[],
  index: number,
  number: NumberToken,
  taken: number,
): FoundMark | null {
  let at = index - 1;
  for (let skipped = 0; skipped < MAX_CONNECTORS && isPunctuation(tokens[at], BEFORE_CONNECTORS); skipped += 1) at -= 1;
  const token = tokens[at];
  if (token === undefined || at <= taken) return null;
  if (token.kind === 'mark') {
    if (isWordlikeMark(token.text) && !hasPriceShape(number) && !isAlone(tokens, at, index)) return null;
    if (isModelName(tokens, at, index)) return null;
    return { mark: token.mark, text: token.text, index: at };
  }
  if (token.kind !== 'word' || at !== index - 1) return null;
  const letter = findLetterMark(token.text);
  const minDigits = at === 0 ? 2 : 3;
  if (
    letter === null ||
    isModelName(tokens, at, index) ||
    !(hasPriceShape(number) || number.digits[0]!.length >= minDigits)
  )
    return null;
  return tokens[at - 1]?.kind === 'word' ? null : { mark: letter, text: token.text, index: at };
}

/** `LE 79`: nothing but a mark of two capitals and its amount. */
function isAlone(tokens: readonly Token[], at: number, index: number): boolean {
  const mark = tokens[at];
  if (mark?.kind !== 'mark' || at !== 0 || index !== tokens.length - 1) return false;
  return /^\p{Lu}{2}$/u.test(mark.text) && !isUnitlikeMark(mark.text);
}

/** Whether letters, a number and letters are written as one: `NT450i5`, `RM450x` are models, `Rp25rb` and `Rs450ea` prices. */
function isModelName(tokens: readonly Token[], at: number, index: number): boolean {
  const mark = tokens[at];
  const next = tokens[index + 1];
  if (mark === undefined || mark.kind === 'number' || !/^\p{Script=Latin}+$/u.test(mark.text)) return false;
  if (at !== index - 1 || !isTight(tokens, at) || next?.kind !== 'word' || !isTight(tokens, index)) return false;
  const word = next.text.toLowerCase();
  const saysPrice = perByItself(word) !== null || (word.length > 2 && isPriceWord(word));
  return /^\p{Script=Latin}/u.test(word) && !saysPrice && multiplierExponent(next.text, true) === null;
}

/** The mark after an amount whose last token is `last`, past decorations such as `,-`. */
export function markAfter(
  tokens: readonly Token[],
  last: number,
  before: FoundMark | null,
  priceShaped: boolean,
): FoundMark | null {
  let at = last + 1;
  while (at - last <= MAX_CONNECTORS && isPunctuation(tokens[at], AFTER_CONNECTORS) && isTight(tokens, at - 1)) at += 1;
  const token = tokens[at];
  if (token?.kind !== 'mark') return null;
  if (isUnitlikeMark(token.text) && !priceShaped) return null;
  const following = tokens[at + 1];
  const beforeNumber = following?.kind === 'number' || (following?.kind === 'mark' && isTight(tokens, at));
  if (before !== null) {
    if (beforeNumber || combineMarks(before.mark, token.mark) === null) return null;
  } else if (beforeNumber && isTight(tokens, at) && !isTight(tokens, at - 1) && hasCurrencySign(token.text)) {
    return null;
  }
  return { mark: token.mark, text: token.text, index: at };
}
