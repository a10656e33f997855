import type { Availability } from '../offer.ts';
import { wholeText, wordBeginning, wordsOf } from '../words/compile.ts';

/* Order matters: a negated phrase contains the positive one ("not in stock", "nicht auf Lager"), so absence is asked first. */
const STATES: readonly [state: Availability, phrases: RegExp][] = [
  ['OutOfStock', wordBeginning(wordsOf(({ outOfStock }) => outOfStock))],
  ['PreOrder', wordBeginning(wordsOf(({ preOrder }) => preOrder))],
  ['BackOrder', wordBeginning(wordsOf(({ backOrder }) => backOrder))],
  ['InStock', wordBeginning(wordsOf(({ inStock }) => inStock))],
];

export interface StockPhrase {
  state: Availability;
  /** What stands before it says nothing of another thing: "this item is currently", and not "image". */
  ofProduct: boolean;
}

/** The state that a short text tells, such as the label beside a buy button; null for "cannot tell". */
export function availabilityFromText(text: string): Availability | null {
  return stockPhraseIn(text)?.state ?? null;
}

/** The same with what the phrase is about. */
export function stockPhraseIn(text: string): StockPhrase | null {
  for (const [state, phrases] of STATES) {
    const match = phrases.exec(text);
    if (!match) continue;
    const before = text.slice(0, match.index);
    if (state === 'InStock' && countsNone(text, match)) {
      return { state: 'OutOfStock', ofProduct: saysNoOtherThing(before.replace(NONE_BEFORE, '')) };
    }
    return { state, ofProduct: saysNoOtherThing(before) };
  }
  return null;
}

/** A lone 0, with the word that it counts, and what may stand between a label and it. */
const NONE_BEFORE = /(?<![\d.,–-])0\s*(?:\p{L}+\.?\s+)?$/u;
const NONE_BEHIND = /^\s*[:：(]?\s*0(?!\d|[.,]\d|\s*[-–%])/;
const NONE_LEFT = /(?<![\d.,–-])0\s+\p{L}/u;

/** Whether a phrase counts none: "0 in stock", "0 pieces in stock", "only 0 left", "In stock: 0". A time of "0-2 days" is no count. */
function countsNone(text: string, { index, 0: phrase }: RegExpExecArray): boolean {
  return (
    NONE_BEFORE.test(text.slice(0, index)) ||
    NONE_LEFT.test(phrase) ||
    (!/\d$/.test(phrase) && NONE_BEHIND.test(text.slice(index + phrase.length)))
  );
}

const SUBJECTS: ReadonlySet<string> = new Set(wordsOf(({ stockSubjects }) => stockSubjects));
const WORDS = /[\p{L}\p{M}'’]+/gu;

function saysNoOtherThing(before: string): boolean {
  return (before.toLowerCase().match(WORDS) ?? []).every((word) => SUBJECTS.has(word.replace('’', "'")));
}

const NO = wholeText(wordsOf(({ no }) => no));

/** Whether a value answers its label with no: "Discontinued: no". */
export function saysNo(value: string): boolean {
  return NO.test(value.replace(/[.!]$/, ''));
}
