import { UNSPACED } from '../../text/unspaced-scripts.ts';
import { wordsOf } from '../words/compile.ts';
import { AMOUNT_LABELS, type AmountLabel, type LanguageWords, PRICE_UNITS, type Words } from '../words/words.ts';

/** The longest match wins, and of several before one amount the nearest. */
const LABEL_OF: ReadonlyMap<string, AmountLabel> = new Map(
  AMOUNT_LABELS.flatMap((label) =>
    wordsOf(({ amountLabels }) => amountLabels?.[label]).map((phrase) => [phrase, label] as const),
  ),
);

/** The words of a label as `tokens.ts` reads them. */
const LABEL_WORD = new RegExp(`[${UNSPACED}]|[^ \\-${UNSPACED}]+`, 'gu');
const KNOWN_WORDS: ReadonlySet<string> = new Set(
  [...LABEL_OF.keys()].flatMap((phrase) => phrase.match(LABEL_WORD) ?? []),
);

/** What a word or phrase (lower case, single spaces) says of the amount beside it. */
export function labelOf(phrase: string): AmountLabel | null {
  return LABEL_OF.get(phrase) ?? null;
}

/** Whether a word (lower case) is one of those that surround prices, so that a bare number beside it may be one. */
export function isPriceWord(word: string): boolean {
  return KNOWN_WORDS.has(word);
}

const UNITS: ReadonlySet<string> = new Set(wordsOf(({ units }) => units));

/** Whether a word behind a whole number makes it a measure, a count, a time or a rank: never a price by itself. */
export function isUnit(word: string): boolean {
  return UNITS.has(word);
}

const SUBUNITS: ReadonlySet<string> = new Set(wordsOf(({ subunits }) => subunits));

/** Whether a word behind its number makes it hundredths of the main unit: `5 руб. 50 коп.` */
export function isSubunit(word: string): boolean {
  return SUBUNITS.has(word);
}

/** Thousands to billions. */
const EXPONENTS = [3, 4, 5, 6, 7, 8, 9];
/** Words for powers of ten written behind a number, with the exponent. */
const MULTIPLIERS = exponentsOf(({ multipliers }) => multipliers);
/** Abbreviations that multiply only when glued to a number with a currency: `$5k`, `€1.2M`, `Rp 25rb`. */
const GLUED_MULTIPLIERS = exponentsOf(({ gluedMultipliers }) => gluedMultipliers);

function exponentsOf(
  meaning: (language: LanguageWords) => Readonly<Record<number, Words>> | undefined,
): ReadonlyMap<string, number> {
  return new Map(
    EXPONENTS.flatMap((exponent) =>
      wordsOf((language) => meaning(language)?.[exponent]).map((word) => [word, exponent] as const),
    ),
  );
}

/** The power of ten that a word behind a number means; `glued` when no space stands between. */
export function multiplierExponent(word: string, glued: boolean): number | null {
  return (glued ? GLUED_MULTIPLIERS.get(word) : undefined) ?? MULTIPLIERS.get(word.toLowerCase()) ?? null;
}

const PER_UNIT_OF: ReadonlyMap<string, string> = new Map(
  PRICE_UNITS.flatMap((unit) => wordsOf(({ perUnits }) => perUnits?.[unit]).map((word) => [word, unit] as const)),
);

/** Words that say by themselves what a price is for. */
const PER_BY_ITSELF: ReadonlyMap<string, string> = new Map(
  PRICE_UNITS.flatMap((unit) => wordsOf(({ perByItself }) => perByItself?.[unit]).map((word) => [word, unit] as const)),
);

/** The unit that a word by itself says a price is for: `each`, `monthly`. */
export function perByItself(word: string): string | null {
  return PER_BY_ITSELF.get(word) ?? null;
}

/** The unit that a price is for (`kg`, `month`, `piece`, …), from the word after "per". */
export function perUnit(word: string): string | null {
  return PER_UNIT_OF.get(word) ?? null;
}

const PER_WORDS: ReadonlySet<string> = new Set(wordsOf(({ per }) => per));

/** Whether a word stands for the stroke of `€/kg`. */
export function isPerWord(word: string): boolean {
  return PER_WORDS.has(word);
}

const RANGE_WORDS: ReadonlySet<string> = new Set(wordsOf(({ rangeTo }) => rangeTo));
const RANGE_PUNCTUATION: ReadonlySet<string> = new Set(['-', '–', '—', '―', '−', '~', '〜', '～', '…', '÷']);

/** Whether what stands between two amounts makes them the two ends of a range. */
export function isRangeConnector(text: string): boolean {
  return RANGE_PUNCTUATION.has(text) || RANGE_WORDS.has(text);
}

const FREE: ReadonlySet<string> = new Set(wordsOf(({ costsNothing }) => costsNothing));

/** Whether the whole text (lower case, without punctuation) says that the thing costs nothing. */
export function saysFree(text: string): boolean {
  return FREE.has(text);
}
