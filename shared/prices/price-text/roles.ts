import type { Amount } from './amounts.ts';
import { isTight, type Token } from './tokens.ts';
import { isPerWord, isPriceWord, isUnit, type Label, labelOf, perByItself, perUnit } from './vocabulary.ts';

/** What an amount is in its text. */
export interface AmountRole {
  /** How likely it is the price that is asked: higher is likelier; null for "is no price". */
  rank: number | null;
  /** What the price is for, if the text says so. */
  per: string | null;
  from: boolean;
}

const RANK = { now: 4, plain: 3, net: 2.5, perMeasure: 2, list: 1, shipping: 0 } as const;

/** Units that a price can be for and still be the price of the thing on sale. */
const WHOLE_THINGS: ReadonlySet<string> = new Set(['piece', 'person', 'night', 'pack']);

/** How many tokens a label can stand before its amount; labels are near. */
const LABEL_REACH = 6;
const LONGEST_PHRASE = 4;

/** Classifies the amount at `index` of `amounts`, by the words and characters around it. */
export function roleOf(
  tokens: readonly Token[],
  amounts: readonly Amount[],
  index: number,
  upTo: Amount | null,
): AmountRole {
  const amount = amounts[index]!;
  const last = upTo?.last ?? amount.last;
  const none = { rank: null, per: null, from: false };
  if (isNegative(tokens, amount) || isPercentage(tokens, amount, last)) return none;
  if (isMultiplied(tokens, amount, last) || isPartOfList(tokens, amount)) return none;
  const before = labelsBefore(tokens, amount.first);
  if (before.has('saving') || before.has('threshold') || before.has('instalment')) return none;
  if (before.has('freeShipping') && before.has('from')) return none;
  const after = labelAfter(tokens, last);
  if (after === 'saving') return none;
  const per = perAfter(tokens, last) ?? perBefore(tokens, amount);
  const from = before.has('from') || after === 'from';
  return { rank: rank(before, after, per), per, from };
}

function rank(before: ReadonlySet<Label>, after: Label | null, per: string | null): number {
  if (before.has('shipping') || after === 'shipping') return RANK.shipping;
  if (before.has('list')) return RANK.list;
  if (after === 'net' || (after !== 'gross' && before.has('net'))) return RANK.net;
  if (per !== null && !WHOLE_THINGS.has(per)) return RANK.perMeasure;
  return before.has('now') ? RANK.now : RANK.plain;
}

const MINUS: ReadonlySet<string> = new Set(['-', '−', '–']);

/** `-$5.00` is a discount or a refund; `- $5.00` is a price after a dash. */
function isNegative(tokens: readonly Token[], amount: Amount): boolean {
  const minus = amount.first - 1;
  if (!isPunctuation(tokens[minus], MINUS) || !isTight(tokens, minus)) return false;
  const previous = tokens[minus - 1];
  return previous === undefined || previous.kind === 'mark' || !isTight(tokens, minus - 1);
}

const PERCENT: ReadonlySet<string> = new Set(['%', '٪', '‰']);
const PERCENT_WORDS: ReadonlySet<string> = new Set(['percent', 'prozent', 'procent', 'procenta', 'pct', 'процентов']);

function isPercentage(tokens: readonly Token[], amount: Amount, last: number): boolean {
  const next = tokens[last + 1];
  if (isPunctuation(next, PERCENT) || (next?.kind === 'word' && PERCENT_WORDS.has(next.text.toLowerCase())))
    return true;
  return isPunctuation(tokens[amount.first - 1], PERCENT) && isTight(tokens, amount.first - 1);
}

const TIMES: ReadonlySet<string> = new Set(['x', '×', '✕', 'х']);
const OF_WORDS: ReadonlySet<string> = new Set('de of von à a di da zu po по по rate mal'.split(' '));
const FOR_WORDS: ReadonlySet<string> = new Set('for für pour por per za за voor för'.split(' '));
/** Multi-buy offers are for a few things; a larger number before "for" is a model or a size. */
const MOST_IN_MULTI_BUY = 10;

/** The amount is one of several (`12x de R$ 44,00`) or is for several (`2 for $5`): not the price of one. */
function isMultiplied(tokens: readonly Token[], amount: Amount, last: number): boolean {
  let at = amount.first - 1;
  if (wordIn(tokens[at], FOR_WORDS)) {
    return isSeveral(tokens[at - 1], MOST_IN_MULTI_BUY) && (at === 1 || tokens[at - 2]?.kind === 'word');
  }
  const of = wordIn(tokens[at], OF_WORDS);
  if (of) at -= 1;
  const times = wordIn(tokens[at], TIMES);
  if (times) at -= 1;
  if ((of || times) && unitOf(tokens[at]) === 'month') return isSeveral(tokens[at - 1]);
  if (times) return isSeveral(tokens[at]);
  const next = tokens[last + 1];
  if (wordIn(next, TIMES)) return isSeveral(tokens[last + 2]);
  return wordIn(next, FOR_WORDS) && tokens[last + 3] === undefined && isSeveral(tokens[last + 2], MOST_IN_MULTI_BUY);
}

function isSeveral(token: Token | undefined, most = Number.POSITIVE_INFINITY): boolean {
  const count = wholeNumber(token) ?? 0;
  return count >= 2 && count <= most;
}

/** `1 , 299.00`: what stands before the comma may belong to the number or not. */
function isPartOfList(tokens: readonly Token[], amount: Amount): boolean {
  return isPunctuation(tokens[amount.first - 1], LIST_SEPARATORS) && tokens[amount.first - 2]?.kind === 'number';
}

const LIST_SEPARATORS: ReadonlySet<string> = new Set([',', '.']);

function wholeNumber(token: Token | undefined): number | null {
  return token?.kind === 'number' && token.digits.length === 1 ? Number(token.digits[0]) : null;
}

function wordIn(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token !== undefined && token.kind !== 'number' && words.has(token.text.toLowerCase());
}

const CLAUSE_ENDS: ReadonlySet<string> = new Set(['|', ';', '•', '+', '/', '!', '?']);

/** Labels that leave it to those before them what the amount is. */
const PASSED_OVER: ReadonlySet<Label> = new Set(['price', 'tax', 'from', 'net', 'gross']);

/** The labels before token `first`: the nearest that decides, and whether "from" stands with it. */
function labelsBefore(tokens: readonly Token[], first: number): ReadonlySet<Label> {
  const labels = new Set<Label>();
  let at = first - 1;
  const end = Math.max(0, first - LABEL_REACH);
  while (at >= end) {
    const token = tokens[at]!;
    if (token.kind === 'number' || isPunctuation(token, CLAUSE_ENDS)) break;
    const found = phraseEndingAt(tokens, at);
    if (found === null) {
      at -= 1;
      continue;
    }
    // "25% off $15": the words belong to the number before them.
    if (found.label === 'saving' && endsAmount(tokens[found.first - 1])) break;
    // "discount price" and "sale price" name what is paid, not what is saved.
    labels.add(found.label === 'saving' && labels.has('price') ? 'now' : found.label);
    if (!PASSED_OVER.has(found.label)) break;
    at = found.first - 1;
  }
  return labels;
}

function endsAmount(token: Token | undefined): boolean {
  return token?.kind === 'number' || isPunctuation(token, PERCENT);
}

function phraseEndingAt(tokens: readonly Token[], last: number): { label: Label; first: number } | null {
  for (let first = Math.max(0, last - LONGEST_PHRASE + 1); first <= last; first += 1) {
    const label = labelOf(phrase(tokens, first, last));
    if (label !== null) return { label, first };
  }
  return null;
}

/** A phrase has no more characters; it bounds the work on texts of very long words. */
const LONGEST_PHRASE_LENGTH = 60;

/** The words of a stretch of tokens, lower case; characters of scripts without spaces run together as written. */
function phrase(tokens: readonly Token[], first: number, last: number): string {
  let text = '';
  for (let at = first; at <= last && text.length <= LONGEST_PHRASE_LENGTH; at += 1) {
    const token = tokens[at]!;
    if (token.kind === 'number') return '';
    if (token.kind === 'punctuation' && token.text === '.') continue;
    text += at > first && tokens[at - 1]!.end !== token.start ? ` ${token.text}` : token.text;
  }
  return text.toLowerCase();
}

const OPENERS: ReadonlySet<string> = new Set(['(', '*', ',', ')']);

/** What the words directly after an amount say of it, unless they belong to the next amount. */
function labelAfter(tokens: readonly Token[], last: number): Label | null {
  let first = last + 1;
  while (isPunctuation(tokens[first], OPENERS)) first += 1;
  for (let end = Math.min(tokens.length, first + LONGEST_PHRASE) - 1; end >= first; end -= 1) {
    const label = labelOf(phrase(tokens, first, end));
    if (label === null) continue;
    const next = isPunctuation(tokens[end + 1], NAMES_NEXT) ? tokens[end + 2] : tokens[end + 1];
    return next?.kind === 'number' || next?.kind === 'mark' ? null : label;
  }
  return null;
}

const NAMES_NEXT: ReadonlySet<string> = new Set([':', '.', '-']);
const STROKE: ReadonlySet<string> = new Set(['/']);
const CLOSERS: ReadonlySet<string> = new Set(['*', '(', ')']);

/** `€/kg`, `per month`, `/ 100 g`, `(ea)`. */
function perAfter(tokens: readonly Token[], last: number): string | null {
  let at = last + 1;
  while (isPunctuation(tokens[at], CLOSERS)) at += 1;
  const token = tokens[at];
  if (token === undefined) return null;
  const byItself = token.kind === 'word' ? perByItself(token.text.toLowerCase()) : null;
  if (byItself !== null) return byItself;
  if (!isPunctuation(token, STROKE) && !(token.kind === 'word' && isPerWord(token.text.toLowerCase()))) return null;
  const unit = tokens[at + 1]?.kind === 'number' ? tokens[at + 2] : tokens[at + 1];
  return unitOf(unit);
}

const EQUALS: ReadonlySet<string> = new Set(['=', ':', ')']);

/** `1 kg = 19,90 €`, `Preis pro l: 2,50`. */
function perBefore(tokens: readonly Token[], amount: Amount): string | null {
  let at = amount.first - 1;
  const equals = tokens[at];
  while (isPunctuation(tokens[at], EQUALS)) at -= 1;
  const unit = unitOf(tokens[at]);
  if (unit === null) return null;
  const previous = tokens[at - 1];
  if (previous?.kind === 'number') return isPunctuation(equals, EQUALS) ? unit : null;
  const opensWithStroke = isPunctuation(previous, STROKE) && (tokens[at - 2]?.kind ?? 'word') === 'word';
  const introduced = opensWithStroke || (previous?.kind === 'word' && isPerWord(previous.text.toLowerCase()));
  return introduced ? unit : null;
}

function unitOf(token: Token | undefined): string | null {
  if (token === undefined || token.kind === 'number') return null;
  return perUnit(token.text.toLowerCase());
}

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
  const hasCents = token.digits.length > 1 && token.digits.at(-1)!.length === 2;
  if (hasCents) return true;
  if (text.hasMarkedAmount || text.nNumbers > 1 || amount.value.length > MAX_BARE_DIGITS) return false;
  return text.hasOnlyPriceWords || isAmountOfUnknownCurrency(tokens, amount);
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

const TRAILING: ReadonlySet<string> = new Set(['-', '–', '+']);

/** Part of a date, a ratio, a code, a measure in inches, or a count in parentheses. */
function isPartOfSomething(tokens: readonly Token[], amount: Amount): boolean {
  const before = tokens[amount.first - 1];
  const after = tokens[amount.last + 1];
  if (before !== undefined && isTight(tokens, amount.first - 1)) {
    if (before.kind === 'word' || before.kind === 'mark' || isPunctuation(before, GLUE)) return true;
  }
  if (before?.kind === 'punctuation' && before.text === '(' && after?.kind === 'punctuation' && after.text === ')') {
    return !amount.priceShaped;
  }
  if (after === undefined || !isTight(tokens, amount.last) || !isPunctuation(after, GLUE)) return false;
  if (after.text === ':' && isPunctuation(tokens[amount.last + 2], MINUS)) return false;
  const endsText = tokens[amount.last + 2] === undefined || !isTight(tokens, amount.last + 1);
  return !(endsText && TRAILING.has(after.text));
}

function isPunctuation(
  token: Token | undefined,
  characters: ReadonlySet<string>,
): token is Extract<Token, { kind: 'punctuation' }> {
  return token?.kind === 'punctuation' && characters.has(token.text);
}
