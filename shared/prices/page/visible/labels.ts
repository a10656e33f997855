import { alternatives, wordsOf } from '../../words/compile.ts';
import type { Words } from '../../words/words.ts';

export type LabelledField = 'sku' | 'mpn' | 'gtin' | 'brand';

/** `EAN`, `GTIN-13`, `código EAN`, `EAN-Nummer (JAN)`: codes that are called alike in most languages. */
const GTIN_CODE =
  `(?:(?:${alternatives(wordsOf(({ codeWord }) => codeWord))})(?: de)? )?` +
  '(?:ean|gtin|upc|isbn|jan)(?:-?\\d+|-?a)?' +
  `(?: ?-? ?(?:${alternatives(wordsOf(({ codeWordBehind }) => codeWordBehind))}))?` +
  '(?: ?\\((?:ean|gtin|upc|jan|isbn|mpn|sku|p/n|13)\\))?';

const GTIN = `${GTIN_CODE}|${longestFirst(wordsOf(({ gtinLabel }) => gtinLabel))}`;
const SKU = longestFirst(wordsOf(({ skuLabel }) => skuLabel));

/** `model #` goes before `model`, whichever languages they are of: the sign would else begin the value. */
function longestFirst(labels: Words): string {
  return alternatives(labels.toSorted((a, b) => b.length - a.length));
}

/** Patterns of whole labels, in the order in which they are asked. */
const PATTERNS: readonly [field: LabelledField, words: string][] = [
  ['gtin', GTIN],
  ['mpn', longestFirst(wordsOf(({ mpnLabel }) => mpnLabel))],
  ['sku', SKU],
  ['brand', longestFirst(wordsOf(({ brandLabel }) => brandLabel))],
];
/** Bullets and the like before a label. */
const LEAD = '^[^\\p{L}\\p{N}]{0,3}';
const LABELS = PATTERNS.map(([field, words]): [LabelledField, RegExp] => [
  field,
  new RegExp(`${LEAD}(?:${words})(?:\\s*[:：#]\\s*|\\s*\\.{0,3}$|\\s*[-–]\\s+)(.*)$`, 'iu'),
]);
/** Labels that need no separator from their value: `SKU 12345`, `Art.-Nr. 123-4`. */
const CLOSE_LABELS = new RegExp(`${LEAD}(?:${SKU})\\s+(\\S*\\d\\S*)$`, 'iu');

/** `JAN 4573102664372`: a number that long needs none either. */
const CLOSE_GTIN = new RegExp(`${LEAD}(?:${GTIN})\\s+(\\d[\\d -]{6,16}\\d)$`, 'iu');

const MAX_LABEL_LENGTH = 80;

/** The label that a text is or begins with, and the value in the same text (empty when it must stand near by). */
export function readLabel(text: string): { field: LabelledField; value: string } | null {
  if (text.length > MAX_LABEL_LENGTH) return null;
  for (const [field, pattern] of LABELS) {
    const match = pattern.exec(text);
    if (match) return { field, value: (match[1] ?? '').trim() };
  }
  const gtin = CLOSE_GTIN.exec(text)?.[1];
  if (gtin !== undefined) return { field: 'gtin', value: gtin };
  const close = CLOSE_LABELS.exec(text);
  return close ? { field: 'sku', value: close[1] ?? '' } : null;
}
