import { accessoriesSold } from '../relevance/accessory.ts';
import { terms } from '../relevance/reading.ts';
import { fold, hasDigit, type Word, words } from '../relevance/words.ts';
import { type Alternatives, alternativesOf } from './alternatives.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import { type Codes, codesOf } from './codes.ts';
import { identifyingGtin } from './gtin.ts';
import { generalRarity, type Rarity } from './rarity.ts';
import { type TellingWord, tellingWords } from './telling-words.ts';

/** What is known of an offer that tells which product it is of. */
export interface MatchableOffer {
  title: string;
  brand?: string | null;
  gtin?: string | null;
  mpn?: string | null;
  description?: string | null;
  /** In the same unit for all offers that are compared (only ratios count); null where it is not known. */
  price?: number | null;
  /** Who sells it, where each seller lists a product once: not the name of a marketplace. */
  shop?: string | null;
}

/** An offer's text, read once and compared often. */
export interface MatchProfile {
  /** Words of brand and title, with their rarity. */
  readonly rarities: ReadonlyMap<string, number>;
  /** Sum of the rarities, and root of the sum of their squares. */
  readonly totalRarity: number;
  readonly norm: number;
  /** The words that may tell two products apart, beside colours, measures and model numbers. */
  readonly tellingWords: ReadonlyMap<string, TellingWord>;
  /** Words that stand side by side, joined by a space; the last one with nothing behind it. */
  readonly neighbours: ReadonlySet<string>;
  /** Offers of the corpus, this one included, whose titles have the same words. */
  readonly nCopies: number;
  /** Share of the corpus's offers that state a model number; 0.5 where there is no corpus. */
  readonly codedShare: number;
  /** Lower case, without accents; null where the offer does not name it. */
  readonly brand: string | null;
  readonly firstWord: string | null;
  readonly codes: Codes;
  readonly attributes: Attributes;
  readonly alternatives: Alternatives;
  /** Numbers of up to four digits that stand by themselves. */
  readonly numbers: ReadonlySet<string>;
  /** Those of three and four digits, without years and picture sizes: models of a series (`core i7 6700`). */
  readonly longNumbers: ReadonlySet<string>;
  /** Short codes behind a word: generation and series (`iphone` → `15`, `core` → `i7`). */
  readonly versions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Kinds of things that the title names, and kinds of accessories that it sells. */
  readonly kinds: ReadonlySet<string>;
  readonly accessories: ReadonlySet<string>;
  readonly description: DescriptionProfile | null;
  readonly gtin14: string | null;
  readonly price: number | null;
  readonly shop: string | null;
}

interface DescriptionProfile {
  readonly words: ReadonlySet<string>;
  readonly codes: Codes;
  /** Of title and description. */
  readonly attributes: Attributes;
}

export function profileOf(offer: MatchableOffer, rarity: Rarity = generalRarity): MatchProfile {
  const brand = offer.brand ? fold(offer.brand).trim() : null;
  const read = readTitle(offer);
  const texts = read.map(({ text }) => text);
  const rarities = new Map(texts.map((word) => [word, rarity(word)]));
  const weights = [...rarities.values()];
  const title = terms(offer.title);
  const attributes = attributesOf(offer.title, texts);
  return {
    rarities,
    totalRarity: weights.reduce((sum, weight) => sum + weight, 0),
    norm: Math.hypot(...weights),
    tellingWords: tellingWords(texts, attributes.words),
    neighbours: new Set(texts.map((text, i) => `${text} ${texts[i + 1] ?? ''}`)),
    nCopies: 1,
    codedShare: 0.5,
    brand,
    firstWord: texts[0] ?? null,
    codes: codesOf(offer.mpn ? [...read, ...words(offer.mpn)] : read),
    attributes,
    alternatives: alternativesOf(fold(offer.title)),
    numbers: new Set(texts.filter((word) => /^\d{1,4}$/.test(word))),
    longNumbers: new Set(texts.filter(isLongNumber)),
    versions: versionsOf(read),
    kinds: new Set(title.flatMap(({ phrase }) => (phrase !== null && !phrase.accessory ? [phrase.concept] : []))),
    accessories: accessoriesSold(title),
    description: offer.description ? describe(offer.title, offer.description) : null,
    gtin14: offer.gtin ? identifyingGtin(offer.gtin) : null,
    price: offer.price != null && offer.price > 0 ? offer.price : null,
    shop: offer.shop ?? null,
  };
}

/** The distinct words of brand and title. */
export function wordsOf(offer: MatchableOffer): Set<string> {
  return new Set(readTitle(offer).map(({ text }) => text));
}

/** `24x330` is two numbers. */
const TIMES = /(?<![\w.,])(\d{1,3})[x×](?=\d{2,4}\s?(?:ml|cl|l|g|kg|oz)\b)/gi;

function readTitle({ title: written, brand }: MatchableOffer): Word[] {
  const title = written.replace(TIMES, '$1 x ');
  return words(!brand || fold(title).includes(fold(brand).trim()) ? title : `${brand} ${title}`).map(unified);
}

/** Generations as makers count them; single letters are left out, since they name other things too. */
const ROMAN: ReadonlyMap<string, string> = new Map([
  ['ii', '2'],
  ['iii', '3'],
  ['iv', '4'],
  ['vi', '6'],
  ['vii', '7'],
  ['viii', '8'],
  ['ix', '9'],
]);

/** One writing for what shops write in two: `s8+` is `s8 plus`, `mk iv` is `mark 4`. */
function unified(word: Word, index: number, all: readonly Word[]): Word {
  const before = all[index - 1];
  if (word.text === '+' && before?.glue === '' && hasDigit(before.text)) return { ...word, text: 'plus' };
  if (word.text === 'mk') return { ...word, text: 'mark' };
  const digits = before === undefined ? undefined : ROMAN.get(word.text);
  return digits === undefined ? word : { ...word, text: digits };
}

function describe(title: string, description: string): DescriptionProfile {
  const read = words(description);
  const texts = read.map(({ text }) => text);
  return { words: new Set(texts), codes: codesOf(read), attributes: attributesOf(`${title} ${description}`, texts) };
}

const NO_MODEL = /^(?:(?:19|20)\d\d|720|768|1080|1366|1440|1920|2160|3840)$/;

function isLongNumber(word: string): boolean {
  return /^\d{3,4}$/.test(word) && !NO_MODEL.test(word);
}

const NAME = /^\p{L}{3,}$/u;
const MAX_VERSION = 4;

function versionsOf(read: readonly Word[]): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const [index, { text, endsPhrase }] of read.entries()) {
    const next = read[index + 1]?.text ?? '';
    if (endsPhrase || next.length > MAX_VERSION || !hasDigit(next) || !NAME.test(text)) continue;
    versions.set(text, (versions.get(text) ?? new Set()).add(next));
  }
  return versions;
}
