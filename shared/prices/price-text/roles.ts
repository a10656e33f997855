import { wordsOf } from '../words/compile.ts';
import type { AmountLabel } from '../words/words.ts';
import type { Amount } from './amounts.ts';
import { labelAfter, labelsBefore, taxLabelAfter } from './labels.ts';
import { perAfter, perBefore, unitOf } from './per-unit.ts';
import { isPunctuation, isTight, type Token } from './tokens.ts';

/** What an amount is in its text. */
export interface AmountRole {
  /** How likely it is the price that is asked: higher is likelier; null for "is no price". */
  rank: number | null;
  /** What the price is for, if the text says so. */
  per: string | null;
  from: boolean;
}

const RANK = { now: 4, plain: 3, net: 2.5, perMeasure: 2, oldPrice: 1, shipping: 0 } as const;

/** Units that a price can be for and still be the price of the thing on sale. */
const WHOLE_THINGS: ReadonlySet<string> = new Set(['piece', 'person', 'night', 'pack']);

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
  const taxLabels = taxLabelsOf(tokens, amounts, before, last);
  const per = perAfter(tokens, last) ?? perBefore(tokens, amount);
  const from = before.has('from') || after === 'from';
  return { rank: rank(before, after, taxLabels, per), per, from };
}

function rank(
  before: ReadonlySet<AmountLabel>,
  after: AmountLabel | null,
  taxLabels: ReadonlySet<AmountLabel>,
  per: string | null,
): number {
  if (before.has('shipping') || after === 'shipping') return RANK.shipping;
  if (before.has('oldPrice')) return RANK.oldPrice;
  if (taxLabels.has('net') && !taxLabels.has('gross')) return RANK.net;
  if (per !== null && !WHOLE_THINGS.has(per)) return RANK.perMeasure;
  return before.has('now') ? RANK.now : RANK.plain;
}

const TAX_LABELS: readonly AmountLabel[] = ['net', 'gross'];

/**
 * Whether an amount is called net or gross. A text that labels its first amount from before labels all so ("excl. VAT
 * £10 incl. VAT £12"), and one that begins with an amount labels from behind ("£10 exc VAT £12 inc VAT").
 */
function taxLabelsOf(
  tokens: readonly Token[],
  amounts: readonly Amount[],
  before: ReadonlySet<AmountLabel>,
  last: number,
): ReadonlySet<AmountLabel> {
  const labelled = labelsBefore(tokens, amounts[0]!.first);
  if (TAX_LABELS.some((label) => labelled.has(label))) return before;
  const after = taxLabelAfter(tokens, last);
  return new Set(after === null ? [] : [after]);
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
const PERCENT_WORDS: ReadonlySet<string> = new Set(wordsOf(({ percent }) => percent));

function isPercentage(tokens: readonly Token[], amount: Amount, last: number): boolean {
  const next = tokens[last + 1];
  if (isPunctuation(next, PERCENT) || (next?.kind === 'word' && PERCENT_WORDS.has(next.text.toLowerCase())))
    return true;
  return isPunctuation(tokens[amount.first - 1], PERCENT) && isTight(tokens, amount.first - 1);
}

/** What stands between a count and the amount of one of so many: `12x`, `en 3 fois`, `6 cuotas`. */
const TIMES: ReadonlySet<string> = new Set(wordsOf(({ times }) => times));
const OF_WORDS: ReadonlySet<string> = new Set(wordsOf(({ ofEach }) => ofEach));
const FOR_WORDS: ReadonlySet<string> = new Set(wordsOf(({ forAll }) => forAll));
/** American flyers write `2/$5`. */
const STROKE: ReadonlySet<string> = new Set(['/']);
/** Multi-buy offers are for a few things; a larger number before "for" is a model or a size. */
const MOST_IN_MULTI_BUY = 10;

/** The amount is one of several (`12x de R$ 44,00`) or is for several (`2 for $5`): not the price of one. */
function isMultiplied(tokens: readonly Token[], amount: Amount, last: number): boolean {
  let at = amount.first - 1;
  if (at === 1 && isPunctuation(tokens[at], STROKE)) return isSeveral(tokens[0], MOST_IN_MULTI_BUY);
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
