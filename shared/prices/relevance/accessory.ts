import { wordsOf } from '../words/compile.ts';
import type { Term } from './reading.ts';
import { fold } from './words.ts';

const WITH: ReadonlySet<string> = new Set(wordsOf(({ comesWith }) => comesWith));
const FOR: ReadonlySet<string> = new Set(wordsOf(({ madeFor }) => madeFor).map(fold));

/** Accessory words that English puts before another noun as an adjective: stand mixer, battery drill. */
const ALSO_ADJECTIVES: ReadonlySet<string> = new Set(wordsOf(({ accessoryAdjectives }) => accessoryAdjectives));
const MATERIALS: ReadonlySet<string> = new Set(wordsOf(({ materials }) => materials));
/** Romance languages name the thing first and say after "of" what it is for: lampe de table, lámpara de mesa. */
const OF: ReadonlySet<string> = new Set(wordsOf(({ of }) => of));
const MEASURE = /^\d+(?:m|cm|mm|mah|wh|w|h|hz|gb|tb|inch|zoll|l|ml|kg|g|v|a|mp)$/;
const UNIT = /^(?:m|cm|mm|mah|wh|w|h|hr|hour|stunden|hz|inch|zoll|liter|l|ml|kg|g|v|mp|zellen|cell)$/;

/**
 * The kinds of accessory that a title sells: those it names, but not those that it says are included, are features
 * (`5000 mAh battery`), stand as adjectives before a kind of thing (`stand mixer`), or after it and "of" (`lampe de table`).
 */
export function accessoriesSold(title: readonly Term[]): Set<string> {
  const sold = new Set<string>();
  let included = false;
  let named = false;
  for (const [index, term] of title.entries()) {
    const { phrase } = term;
    if (phrase?.accessory && !included && !isFeature(title, index)) {
      // After "Earbuds wireless, " the name of a kind has been given, and a list of what they have follows.
      if (!named) sold.add(phrase.concept);
    }
    // What a title begins with is the thing itself: "Case with stand" sells a case.
    if (index > 0 && WITH.has(term.text)) included = true;
    if (term.endsPhrase) {
      included = false;
      named ||= sold.size === 0 && title.slice(0, index + 1).some(isCommonKind);
    }
  }
  return sold;
}

/** Names that makers gave their own products; a maker's case for it bears the name too. */
const PRODUCT_NAMES: ReadonlySet<string> = new Set(['iphone', 'ipad', 'airpod', 'macbook']);

function isCommonKind({ phrase, text }: Term): boolean {
  return phrase !== null && !phrase.accessory && !PRODUCT_NAMES.has(text);
}

function isFeature(title: readonly Term[], index: number): boolean {
  const { text, endsPhrase } = title[index]!;
  const previous = title[index - 1];
  if (previous !== undefined && !previous.endsPhrase) {
    if (MEASURE.test(previous.text) || UNIT.test(previous.text) || MATERIALS.has(previous.text)) return true;
  }
  if (previous !== undefined && OF.has(previous.text) && title.slice(0, index).some(isCommonKind)) return true;
  const next = title[index + 1];
  if (endsPhrase || next?.phrase == null) return false;
  return ALSO_ADJECTIVES.has(text) && !next.phrase.accessory;
}

/** Index of the first word that says what the thing is made for (`for`, `compatible with`); -1 for none. */
export function positionOfPurpose(title: readonly Term[]): number {
  return title.findIndex(({ text }, index) => index > 0 && FOR.has(text));
}
