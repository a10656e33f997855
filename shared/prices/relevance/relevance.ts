import { wordsOf } from '../words/compile.ts';
import { accessoriesSold, positionOfPurpose } from './accessory.ts';
import { type Term, terms } from './reading.ts';
import { fold } from './words.ts';

/** What is known of an offer before its page is read. */
export interface OfferText {
  title: string;
  brand?: string | null;
}

/** From here on an offer is an answer to the query. Half of what was asked for, weighted, must be there. */
const RELEVANT_FROM = 0.5;

/** Whether an offer is what the query asks for: `relevance` at or above its cut-off of 0.5. */
export function isRelevant(query: string, offer: OfferText): boolean {
  return relevance(query, offer) >= RELEVANT_FROM;
}

/** The title sells an accessory, and the query did not ask for one; or the other way round. */
const OTHER_THING = 0.1;
/** A number in the query is a model, a size or a generation: without it the thing is another one. */
const MISSING_NUMBER = 0.2;

/**
 * How well an offer answers a query, 0…1; from 0.5 on it is relevant (`isRelevant`).
 *
 * The share of the query that the title covers, squared, where each term counts by how much it narrows the search:
 * models and brands most, adjectives least. Synonyms, compounds, other spacing, plurals and slips of one letter count
 * as covered. A title that sells an accessory where none was asked for (or none where one was), or that names what was
 * asked for only after "for", is another thing.
 */
export function relevance(query: string, offer: OfferText): number {
  const asked = terms(query).filter(({ text }) => !EMPTY.has(text));
  if (asked.length === 0) return 1;
  const title = terms(offer.title);
  const covers = coverageIn([...title, ...terms(offer.brand ?? '')]);
  const found = asked.map((_, index) => covers(asked, index));
  const hasModel = asked.some((term, index) => isModel(term) && found[index]! > 0);
  let total = 0;
  let covered = 0;
  for (const [index, term] of asked.entries()) {
    const weight = weightOf(term, hasModel);
    total += weight;
    covered += weight * found[index]!;
  }
  const share = covered / total;
  let score = share * share;
  if (asked.some((term, index) => term.hasDigit && !isMeasure(term) && found[index] === 0)) score *= MISSING_NUMBER;
  if (isOtherThing(asked, title, found)) score *= OTHER_THING;
  return score;
}

/** Words that narrow no search. */
const EMPTY: ReadonlySet<string> = new Set(wordsOf(({ emptyQueryWords }) => emptyQueryWords).map(fold));

/** Adjectives: an offer without the word may still have the property. */
const ADJECTIVES: ReadonlySet<string> = new Set(wordsOf(({ adjectives }) => adjectives).map(fold));

const WEIGHTS = { model: 3, name: 2, kind: 2, kindBesideModel: 0.5, adjective: 0.5, measure: 1 } as const;

function weightOf(term: Term, hasModel: boolean): number {
  if (isMeasure(term)) return WEIGHTS.measure;
  if (ADJECTIVES.has(term.text)) return WEIGHTS.adjective;
  if (term.hasDigit) return WEIGHTS.model;
  if (term.phrase === null) return WEIGHTS.name;
  return hasModel && !term.phrase.accessory ? WEIGHTS.kindBesideModel : WEIGHTS.kind;
}

/** Letters and digits together (`wh1000xm5`), or a number of four digits and more: it names one product. */
function isModel({ text, hasDigit }: Term): boolean {
  return hasDigit && !MEASURE.test(text) && (/\p{L}/u.test(text) || text.length >= 4);
}

const INCHES = wordsOf(({ inches }) => inches).map(fold);
const MEASURE = new RegExp(`^\\d+(?:gb|tb|mb|ml|l|cl|g|kg|mg|oz|lb|cm|mm|m|${INCHES.join('|')}|w|v|hz|mah)$`);

function isMeasure({ text }: Term): boolean {
  return MEASURE.test(text);
}

const PREFIX_LENGTH = 5;

/** How well the `index`th term that was asked for stands in the title, 0…1. */
function coverageIn(title: readonly Term[]): (asked: readonly Term[], index: number) => number {
  const texts = new Set(title.map(({ text }) => text));
  const concepts = new Set(title.map(({ phrase }) => phrase?.concept));
  const runs = joinedRuns(title);
  return (asked, index) => {
    const { text, phrase, hasDigit } = asked[index]!;
    if (texts.has(text) || runs.has(text)) return 1;
    if (phrase !== null && concepts.has(phrase.concept)) return 1;
    const next = asked[index + 1];
    const previous = asked[index - 1];
    if (next !== undefined && covers(texts, runs, text + next.text)) return 1;
    if (previous !== undefined && covers(texts, runs, previous.text + text)) return 1;
    if (hasDigit) return 0;
    return title.some((term) => isSpelledLike(term.text, text)) ? 0.9 : 0;
  };
}

function covers(texts: ReadonlySet<string>, runs: ReadonlySet<string>, text: string): boolean {
  return texts.has(text) || runs.has(text);
}

const LONGEST_RUN = 4;

/** Neighbouring words written as one: `head phones`, `wh-1000xm5`, `128 gb`. */
function joinedRuns(title: readonly Term[]): Set<string> {
  const runs = new Set<string>();
  for (let first = 0; first < title.length; first += 1) {
    let run = title[first]!.text;
    for (let at = first + 1; at < Math.min(title.length, first + LONGEST_RUN); at += 1) {
      if (title[at - 1]!.endsPhrase) break;
      run += title[at]!.text;
      runs.add(run);
    }
  }
  return runs;
}

/** Another ending, a compound that contains it, or one slip in a long word. */
function isSpelledLike(word: string, asked: string): boolean {
  if (asked.length < PREFIX_LENGTH || word.length < PREFIX_LENGTH)
    return /[\u3040-\u9fff]/.test(asked) && word.includes(asked);
  if (word.includes(asked)) return true;
  if (asked.startsWith(word) && asked.length - word.length <= 2) return true;
  return asked.length > PREFIX_LENGTH && isOneEditApart(word, asked);
}

/** One letter more, fewer or other, or two neighbours swapped (Damerau–Levenshtein distance of at most 1). */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  if (endA - start <= 1 && endB - start <= 1) return true;
  const swapped = endA - start === 2 && endB - start === 2;
  return swapped && a[start] === b[start + 1] && a[start + 1] === b[start];
}

function isOtherThing(asked: readonly Term[], title: readonly Term[], found: readonly number[]): boolean {
  const wanted = new Set(asked.flatMap(({ phrase }) => (phrase?.accessory ? [phrase.concept] : [])));
  const sold = accessoriesSold(title);
  if (wanted.size === 0) return sold.size > 0 || isOnlyPurpose(asked, title, found);
  return (
    !title.some(({ phrase }) => phrase !== null && wanted.has(phrase.concept) && sold.has(phrase.concept)) &&
    sold.size > 0
  );
}

/** All that was asked for stands after "for": the title's own thing is something else. */
function isOnlyPurpose(asked: readonly Term[], title: readonly Term[], found: readonly number[]): boolean {
  const purpose = positionOfPurpose(title);
  if (purpose === -1) return false;
  const covers = coverageIn(title.slice(0, purpose));
  return asked.every((_, index) => found[index] === 0 || covers(asked, index) === 0);
}
