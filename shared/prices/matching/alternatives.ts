import { bounded, wordsOf } from '../words/compile.ts';
import type { Property } from '../words/words.ts';

/**
 * Properties of which a product has one of a family. Two offers that state different ones are of different products: an
 * eau de toilette is not the eau de parfum.
 */
const FAMILIES: readonly (readonly Property[])[] = [
  ['eauDeParfum', 'eauDeToilette', 'cologne', 'extrait'],
  ['men', 'women', 'children'],
  ['day', 'night'],
  ['left', 'right'],
  ['glassJug', 'thermalJug'],
  ['bareUnit', 'withParts'],
  ['withDisc', 'withoutDisc'],
  ['forHome', 'forBusiness', 'forOne', 'forStudents'],
  ['adult', 'young', 'senior'],
  ['shampoo', 'conditioner', 'hairMask'],
  ['cream', 'lotion', 'serum', 'cleanser', 'toner'],
  ['sweetened', 'unsweetened'],
  ['salted', 'unsalted'],
  ['wholeMilk', 'skimmed', 'semiSkimmed'],
  ['original', 'light', 'noSugar'],
  ['dryFood', 'wetFood'],
  ['tablets', 'capsules', 'liquid', 'powder'],
];

/** Properties that make another product of what bears none of them. */
const MARKS: readonly Property[] = [
  'refurbished',
  'decaffeinated',
  'cellular',
  'digitalEdition',
  'threeColours',
  'bundle',
  'sugarFree',
  'glutenFree',
  'lactoseFree',
  'alcoholFree',
];

export interface Alternatives {
  /** What is stated of each property, as bits: one list entry per property. */
  readonly stated: readonly number[];
  readonly marks: ReadonlySet<string>;
  /** `6` of `6 x 330 ml`; null for a single one, or where it is told in other words. */
  readonly multipack: number | null;
}

const FAMILY_PATTERNS = FAMILIES.map((family) => family.map(statedBy));
const MARK_PATTERNS = MARKS.map((mark) => [mark, statedBy(mark)] as const);
const MULTIPACK = /(?<![\d.,])(\d{1,3})\s?[x×]\s?\d+(?:[.,]\d+)?\s?(?:ml|cl|l|g|kg|oz)\b/;

function statedBy(property: Property): RegExp {
  return new RegExp(
    bounded(
      wordsOf(({ properties }) => properties?.[property]),
      '\\b',
      '\\b',
    ),
  );
}

/** @param text lower case, without accents */
export function alternativesOf(text: string): Alternatives {
  const multipack = Number(MULTIPACK.exec(text)?.[1] ?? 1);
  return {
    stated: FAMILY_PATTERNS.map((members) =>
      members.reduce((bits, words, member) => (words.test(text) ? bits | (1 << member) : bits), 0),
    ),
    marks: new Set(MARK_PATTERNS.flatMap(([mark, words]) => (words.test(text) ? [mark] : []))),
    multipack: multipack > 1 ? multipack : null,
  };
}

/** Whether both state a property, and state it differently. */
export function alternativesConflict(a: Alternatives, b: Alternatives): boolean {
  return a.stated.some((bits, family) => bits !== 0 && b.stated[family] !== 0 && (bits & b.stated[family]!) === 0);
}

/** Whether one bears a mark that the other does not. */
export function marksConflict(a: Alternatives, b: Alternatives): boolean {
  return a.marks.size !== b.marks.size || !a.marks.isSubsetOf(b.marks);
}
