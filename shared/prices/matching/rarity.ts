import { findPhrase } from '../relevance/kinds.ts';
import { hasDigit } from '../relevance/words.ts';
import { COLOUR_OF } from './colours.ts';

/** How much a word tells of which product is meant, in nats, like an inverse document frequency. */
export type Rarity = (word: string) => number;

const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and the of for with in on to by or from at new system series model set kit ' +
    'pack edition version type color colour size inch digital wireless portable home electric electronic automatic ' +
    'professional high full hd ultra smart mini pro plus class energy rating finish design style steel stainless built ' +
    'free standing freestanding builtin widescreen touchscreen integrated power'
  ).split(' '),
);

/** Of numbers, by their digits: years, sizes and counts are common, article numbers are not. */
const NUMBERS = [0, 1, 2, 2.5, 3.5] as const;
const LONG_NUMBER = 6.5;
const CODE = 7;
const SHORT_CODE = 4.5;
const MIN_LONG = 5;
const COMMON = 1.5;
const KIND = 2;
const SHORT_WORD = 2.5;
const WORD = 4;
const MIN_WORD = 4;

/** Rarity by the look of a word alone, for pairs that come without a corpus. */
export function generalRarity(word: string): number {
  if (/^\d+$/.test(word)) return NUMBERS[word.length] ?? LONG_NUMBER;
  if (hasDigit(word)) return word.length >= MIN_LONG ? CODE : SHORT_CODE;
  if (COMMON_WORDS.has(word) || COLOUR_OF.has(word)) return COMMON;
  if (findPhrase(word) !== null) return KIND;
  return word.length >= MIN_WORD ? WORD : SHORT_WORD;
}

/** Whether a word is one of those that stand in titles of all kinds. */
export function isCommonWord(word: string): boolean {
  return COMMON_WORDS.has(word);
}

/** General rarity counts as much as this many titles: a small corpus says little. */
const GENERAL_WEIGHT = 50;

/** How much what a corpus says counts, from 0 for none to 1. */
export function corpusShare(nOffers: number): number {
  return nOffers / (nOffers + GENERAL_WEIGHT);
}

/** Rarity by how many titles of a corpus hold the word, with general rarity where the corpus is small. */
export function corpusRarity(titles: Iterable<ReadonlySet<string>>): Rarity {
  const frequencies = new Map<string, number>();
  let nTitles = 0;
  for (const words of titles) {
    nTitles += 1;
    for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  const share = corpusShare(nTitles);
  const inverse = (word: string) => Math.log((nTitles + 1) / ((frequencies.get(word) ?? 0) + 0.5));
  return (word) => share * inverse(word) + (1 - share) * generalRarity(word);
}
