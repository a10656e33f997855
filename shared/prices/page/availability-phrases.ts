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
    if (match) return { state, ofProduct: saysNoOtherThing(text.slice(0, match.index)) };
  }
  return null;
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
