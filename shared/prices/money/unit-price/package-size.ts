import { decimalValue } from '../../price-text/number.ts';
import { alternatives, wholeWords, wordsOf } from '../../words/compile.ts';
import { PACKAGE_UNITS, type PackageUnit } from '../../words/words.ts';

/** What a package holds, as a title tells it. */
export interface PackageSize {
  /** What it is measured in. */
  per: 'kg' | 'l' | 'piece';
  /** How much of it, in billionths of `per` (micrograms, nanolitres), so that pounds and ounces are exact enough. */
  billionths: bigint;
}

const BILLION = 1_000_000_000n;

interface Unit {
  per: 'kg' | 'l';
  billionths: bigint;
}

/** Pounds and ounces are avoirdupois, fluid measures US customary (NIST Handbook 44, appendix C). */
const UNITS: Readonly<Record<PackageUnit, Unit>> = {
  g: { per: 'kg', billionths: 1_000_000n },
  kg: { per: 'kg', billionths: BILLION },
  dag: { per: 'kg', billionths: 10_000_000n },
  lb: { per: 'kg', billionths: 453_592_370n },
  oz: { per: 'kg', billionths: 28_349_523n },
  ml: { per: 'l', billionths: 1_000_000n },
  cl: { per: 'l', billionths: 10_000_000n },
  dl: { per: 'l', billionths: 100_000_000n },
  l: { per: 'l', billionths: BILLION },
  floz: { per: 'l', billionths: 29_573_530n },
  gallon: { per: 'l', billionths: 3_785_411_784n },
};
const UNIT_OF: ReadonlyMap<string, Unit> = new Map(
  PACKAGE_UNITS.flatMap((unit) =>
    wordsOf(({ packageUnits }) => packageUnits?.[unit]).map((word) => [word, UNITS[unit]] as const),
  ),
);

const NUMBER = String.raw`\d{1,5}(?:[.,]\d{1,3})?`;
const UNIT_WORD = [...UNIT_OF.keys(), String.raw`fl\.?\s?oz\.?`]
  .toSorted((a, b) => b.length - a.length)
  .map((word) => (word.includes('\\') ? word : word.replaceAll('.', String.raw`\.`)))
  .join('|');
/** `6 x 330 ml`, `1,5 l`, `500g x 2`, `12 à 50 g`. */
const MEASURE = new RegExp(
  String.raw`(?<![\p{L}\d.,])(?:(\d{1,3})\s?(?:x|×|\*|à|je)\s?)?(${NUMBER})[\s-]?(${UNIT_WORD})(?![\p{L}\d])(?:\s?[x×]\s?(\d{1,3})(?![\d.,]))?`,
  'giu',
);
/** A range of sizes tells no size. */
const MEASURE_RANGE = new RegExp(
  String.raw`\d\s?(?:${UNIT_WORD})?\s?[-–/]\s?${NUMBER}\s?(?:${UNIT_WORD})(?!\p{L})`,
  'iu',
);

const CONTAINERS = alternatives(wordsOf(({ containers }) => containers));
const PIECES = alternatives(wordsOf(({ pieces }) => pieces));
const PACKS = alternatives(wordsOf(({ packs }) => packs));
const PACKS_OF = alternatives(wordsOf(({ packsOf }) => packsOf));
const DOUBLE_PACK = alternatives(wordsOf(({ doublePack }) => doublePack));
/** What stands between a count and the thing counted: `6er Pack`, `80-count`. */
const JOINT = String.raw`\s?(?:-|er[\s-]?)?\s?`;
const COUNT = new RegExp(
  [
    String.raw`(?:${PACKS})\s(?:${PACKS_OF})\s(?<of>\d{1,4})(?![\d.,])`,
    String.raw`(?<![\p{L}\d.,])(?<containers>\d{1,4})${JOINT}(?:${CONTAINERS})(?!\p{L})`,
    String.raw`(?<![\p{L}\d.,])(?<pieces>\d{1,4})${JOINT}(?:${PIECES})(?!\p{L})`,
    `(?<double>${DOUBLE_PACK})`,
  ].join('|'),
  'giu',
);

/** Their litres, kilograms and pieces are not what is sold by. */
const CAPACITY = wholeWords(wordsOf(({ machinesAndVessels }) => machinesAndVessels));

/** Longer titles are descriptions, with sizes of other things in them. */
const MAX_TITLE_LENGTH = 500;

/**
 * How much a package holds by its title; null where the title does not tell, tells two sizes, or tells the capacity of
 * a machine or a vessel.
 */
export function packageSize(title: string): PackageSize | null {
  const text = title.slice(0, MAX_TITLE_LENGTH).normalize('NFKC');
  if (CAPACITY.test(text) || MEASURE_RANGE.test(text)) return null;
  const counts = readCounts(text);
  const measures = readMeasures(text);
  if (measures.length === 0) return counts === null ? null : pieces(counts.count);
  const measure = theOneMeasure(measures);
  if (measure === null) return null;
  const multiplied = measure.multiplied || counts === null || !counts.containers;
  return { per: measure.per, billionths: multiplied ? measure.billionths : measure.billionths * BigInt(counts.count) };
}

function pieces(count: number): PackageSize | null {
  return count > 1 ? { per: 'piece', billionths: BigInt(count) * BILLION } : null;
}

/** `5G` is a mobile network, not five grams. */
const NETWORK_GENERATION = /^[2-6]G$/;
/** What stands before the last part of an article number, `AH2-121-GR`; after a word, `Espresso-500g`, a size may stand. */
const ARTICLE_NUMBER_START = /[\p{Lu}\d][-_/]$/u;

function endsArticleNumber(text: string, index: number): boolean {
  return ARTICLE_NUMBER_START.test(text.slice(Math.max(0, index - 2), index));
}

interface Measure extends PackageSize {
  per: 'kg' | 'l';
  /** A count stood with it: `6 x 330 ml`. */
  multiplied: boolean;
}

function readMeasures(text: string): Measure[] {
  return [...text.matchAll(MEASURE)].flatMap((match) => {
    const [, before, number = '', word = '', after] = match;
    if (NETWORK_GENERATION.test(number + word) || endsArticleNumber(text, match.index)) return [];
    const unit = UNIT_OF.get(word.toLowerCase()) ?? UNIT_OF.get('floz');
    const thousandths = unit === undefined ? null : inThousandths(number, unit);
    if (unit === undefined || thousandths === null) return [];
    const count = Number(before ?? after ?? 1);
    const billionths = (thousandths * unit.billionths * BigInt(count)) / 1000n;
    return billionths === 0n ? [] : [{ per: unit.per, billionths, multiplied: count > 1 }];
  });
}

/** No package holds a ton: of kilograms and litres, `1,125` is a decimal number. */
function inThousandths(number: string, unit: Unit): bigint | null {
  const digits = number.split(/[.,]/);
  const separators = digits.length > 1 ? [number.includes(',') ? ',' : '.'] : [];
  const decimalSeparator = unit.billionths >= BILLION ? (separators[0] ?? null) : null;
  const value = decimalValue({ digits, separators }, { decimalSeparator });
  if (value === null) return null;
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.slice(0, 3).padEnd(3, '0'));
}

/** Two statements of one size (`1 kg (2.2 lb)`) differ by rounding; more than this is two sizes. */
const SAME_SIZE_PERCENT = 3n;

function theOneMeasure(measures: readonly Measure[]): Measure | null {
  const [first, ...others] = measures;
  if (first === undefined) return null;
  const agree = others.every(({ per, billionths }) => {
    const difference = billionths - first.billionths;
    return (
      per === first.per && (difference < 0n ? -difference : difference) * 100n <= first.billionths * SAME_SIZE_PERCENT
    );
  });
  return agree ? first : null;
}

function readCounts(text: string): { count: number; containers: boolean } | null {
  const counts = [...text.matchAll(COUNT)].filter(({ index }) => !endsArticleNumber(text, index));
  const found = counts.map(({ groups = {} }) => ({
    count: groups.double === undefined ? Number(groups.of ?? groups.containers ?? groups.pieces) : 2,
    containers: groups.pieces === undefined,
  }));
  const [first] = found;
  return first !== undefined && found.every(({ count }) => count === first.count) && first.count > 0 ? first : null;
}
