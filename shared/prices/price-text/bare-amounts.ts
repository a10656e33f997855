import type { Amount } from './amounts.ts';
import { labelsBefore } from './labels.ts';
import { isPunctuation, isTight, type Token } from './tokens.ts';
import { isPriceWord, isUnit } from './vocabulary.ts';

/** Longer bare numbers are article numbers and telephone numbers. */
const MAX_BARE_DIGITS = 9;
const GLUE: ReadonlySet<string> = new Set(['/', ':', '#', '@', '_', '+', '-', '–', '№', '"', '″', '°', '&', '=']);

/**
 * Whether an amount without a currency mark may be a price: written with two decimals, or a bare number with nothing
 * but price words around it (`Our price 29`), or before a short word that can be an abbreviated currency (`12 zz`).
 */
export function isPlausibleWithoutMark(tokens: readonly Token[], amount: Amount, text: TextTraits): boolean {
  const token = tokens[amount.number];
  if (token?.kind !== 'number') return false;
  if (isPartOfSomething(tokens, amount)) return false;
  if (labelsBefore(tokens, amount.first).has('reference')) return false;
  const next = tokens[amount.last + 1];
  if (next !== undefined && next.kind !== 'number' && isUnit(next.text.toLowerCase())) return false;
  if (hasCents(tokens, amount) || hasEmptyCents(tokens, amount)) return true;
  if (text.hasMarkedAmount || text.nNumbers > 1 || wholeDigits(tokens, amount) > MAX_BARE_DIGITS) return false;
  return text.hasOnlyPriceWords || isAmountOfUnknownCurrency(tokens, amount);
}

/** Digits in one piece before the decimal separator: those of grouped thousands are no code's. */
function wholeDigits(tokens: readonly Token[], { number, value }: Amount): number {
  const token = tokens[number];
  return token?.kind === 'number' && token.separators.length > 1 ? 0 : value.split('.')[0]!.length;
}

function hasCents(tokens: readonly Token[], amount: Amount): boolean {
  const token = tokens[amount.number];
  return token?.kind === 'number' && token.digits.length > 1 && token.digits.at(-1)!.length === 2;
}

const EMPTY_CENTS_SEPARATORS: ReadonlySet<string> = new Set([',', '.', ':']);

/** `399,-` and `399:-`: no cents, and nothing else is written so. */
function hasEmptyCents(tokens: readonly Token[], amount: Amount): boolean {
  const at = amount.last + 1;
  return (
    isPunctuation(tokens[at], EMPTY_CENTS_SEPARATORS) &&
    isPunctuation(tokens[at + 1], DASHES) &&
    isTight(tokens, at - 1) &&
    isTight(tokens, at) &&
    !(tokens[at + 2]?.kind === 'number' && isTight(tokens, at + 1))
  );
}

/** What is known of the whole text. */
export interface TextTraits {
  hasMarkedAmount: boolean;
  /** Of several bare numbers none is known to be the price. */
  nNumbers: number;
  hasOnlyPriceWords: boolean;
}

export function hasOnlyPriceWords(tokens: readonly Token[]): boolean {
  return tokens.every((token) => token.kind !== 'word' || isPriceWord(token.text.toLowerCase()));
}

const LONGEST_ABBREVIATION = 3;

function isAmountOfUnknownCurrency(tokens: readonly Token[], amount: Amount): boolean {
  if (amount.first !== 0) return false;
  const rest = tokens.slice(amount.last + 1, amount.last + 4).filter((token) => token.kind !== 'punctuation');
  const letters = rest.map((token) => (token.kind === 'number' ? '0000' : token.text)).join('');
  return letters.length <= LONGEST_ABBREVIATION && tokens.length <= amount.last + 4;
}

const DASHES: ReadonlySet<string> = new Set(['-', '−', '–']);
const TRAILING: ReadonlySet<string> = new Set(['-', '–', '+']);

/** Part of a date, a ratio, a code, a measure in inches, or a count in parentheses. */
function isPartOfSomething(tokens: readonly Token[], amount: Amount): boolean {
  const before = tokens[amount.first - 1];
  const after = tokens[amount.last + 1];
  if (before !== undefined && isTight(tokens, amount.first - 1)) {
    if (before.kind === 'word' || before.kind === 'mark' || isPunctuation(before, GLUE)) return true;
  }
  if (before?.kind === 'punctuation' && before.text === '(' && after?.kind === 'punctuation' && after.text === ')') {
    return !hasCents(tokens, amount);
  }
  if (after === undefined || !isTight(tokens, amount.last) || !isPunctuation(after, GLUE)) return false;
  if (after.text === ':' && isPunctuation(tokens[amount.last + 2], DASHES)) return false;
  const endsText = tokens[amount.last + 2] === undefined || !isTight(tokens, amount.last + 1);
  return !(endsText && TRAILING.has(after.text));
}
