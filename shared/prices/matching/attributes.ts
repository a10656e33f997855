import { fold, hasDigit } from '../relevance/words.ts';
import { wordsOf } from '../words/compile.ts';
import { COLOUR_OF } from './colours.ts';

/** Properties that a title states, and that tell the products of one family apart. */
export interface Attributes {
  /** Values by physical quantity, in its base unit: storage in GB, diagonal in inches, power in W, … */
  readonly measures: ReadonlyMap<string, readonly number[]>;
  readonly colours: ReadonlySet<string>;
  /** The words that state a measure, a colour or the packaging. */
  readonly words: ReadonlySet<string>;
  /** Words that makers add to a model's name for a sibling of it: pro, max, mini, … */
  readonly tiers: ReadonlySet<string>;
  /** Sold in its retail box, or loose as for makers of devices: `boxed`, `oem`. */
  readonly packaging: ReadonlySet<string>;
}

/** Quantity → its units with the factor to the base unit. */
const QUANTITIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  storage: { gb: 1, go: 1, tb: 1000, mb: 0.001 },
  diagonal: { inch: 1, inches: 1, in: 1, zoll: 1, '"': 1, '″': 1, '”': 1, "''": 1, "'": 1 },
  volume: { l: 1, ltr: 1, litre: 1, litres: 1, liter: 1, cl: 0.01, ml: 0.001 },
  capacity: { 'cu.ft': 1 },
  count: { pack: 1, pcs: 1, piece: 1, pieces: 1, stuck: 1 },
  length: { mm: 0.1, cm: 1, m: 100, ft: 30.48, foot: 30.48, feet: 30.48 },
  mass: { g: 1, kg: 1000, oz: 28.35, lb: 453.6, lbs: 453.6 },
  power: { w: 1, watt: 1, watts: 1, kw: 1000 },
  frequency: { mhz: 0.001, ghz: 1 },
  charge: { mah: 1 },
  resolution: { mp: 1, megapixel: 1, megapixels: 1 },
  discs: { disc: 1 },
  cores: { core: 1, cores: 1 },
  ports: { port: 1, ports: 1 },
};

/** Quantities that are part of what a product is called: another value is another product. */
const IDENTIFYING: ReadonlySet<string> = new Set(['storage', 'diagonal', 'volume', 'capacity', 'count', 'mass']);

const UNIT_OF: ReadonlyMap<string, readonly [quantity: string, factor: number]> = new Map(
  Object.entries(QUANTITIES).flatMap(([quantity, units]) =>
    Object.entries(units).map(([unit, factor]) => [unit.replace('.', ''), [quantity, factor] as const] as const),
  ),
);
const UNIT_PATTERN = Object.values(QUANTITIES)
  .flatMap((units) => Object.keys(units))
  .toSorted((a, b) => b.length - a.length)
  .map((unit) => unit.replace('.', String.raw`\s?\.?\s?`))
  .join('|');
const MEASURE = new RegExp(
  String.raw`(?<![\p{L}\d.,])(\d{1,5}(?:[.,]\d{1,3})?)[\s-]?(${UNIT_PATTERN})(?![\p{L}\d])`,
  'giu',
);

const TIERS: ReadonlySet<string> = new Set(
  'pro max plus mini ultra lite se air fe slim xl xs xr neo edge fold flip'.split(' '),
);
/** Names of products that come in tiers, beside all names that end in a number. */
const TIERED: ReadonlySet<string> = new Set('ipad macbook airpod watch switch pixel surface kindle'.split(' '));

const PACKAGING: ReadonlyMap<string, string> = new Map(
  (['retail', 'bulk'] as const).flatMap((kind) =>
    wordsOf(({ packaging }) => packaging?.[kind]).map((word) => [word, kind] as const),
  ),
);

/** Longer texts are pages, and most of their measures are of other things. */
const MAX_LENGTH = 1000;

/**
 * @param text title or description.
 * @param words its words, as `words` reads them.
 */
export function attributesOf(text: string, words: readonly string[]): Attributes {
  const { measures, written } = measuresOf(fold(text.slice(0, MAX_LENGTH)));
  const named = words.filter((word) => COLOUR_OF.has(word) || PACKAGING.has(word));
  return {
    measures,
    words: new Set([...written, ...named]),
    colours: new Set(words.flatMap((word) => COLOUR_OF.get(word) ?? [])),
    tiers: tiersOf(words),
    packaging: new Set(words.flatMap((word) => PACKAGING.get(word) ?? [])),
  };
}

function measuresOf(text: string): { measures: Map<string, number[]>; written: string[] } {
  const measures = new Map<string, number[]>();
  const written: string[] = [];
  for (const [whole, number = '', unit = ''] of text.matchAll(MEASURE)) {
    const known = UNIT_OF.get(unit.replace(/[\s.]/g, ''));
    if (known === undefined) continue;
    const [quantity, factor] = known;
    const values = measures.get(quantity) ?? [];
    values.push(Number(number.replace(',', '.')) * factor);
    measures.set(quantity, values);
    written.push(...whole.split(/[\s.,-]+/), unit);
  }
  return { measures, written };
}

/** Tier words directly behind a number, a tiered name or another tier: `iphone 15 pro max`, `ipad air`, not `ultra hd`. */
function tiersOf(words: readonly string[]): Set<string> {
  const tiers = new Set<string>();
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const glued = GLUED_TIER.exec(word)?.[1];
    if (glued !== undefined) tiers.add(glued);
    if (before === undefined || !TIERS.has(word) || words[index + 1] === 'hd') continue;
    if (hasDigit(before) || TIERED.has(before) || tiers.has(before)) tiers.add(word);
  }
  return tiers;
}

/** `305xl` is the 305 with more ink. */
const GLUED_TIER = /^\d{2,4}(xl)$/;

export interface MeasureComparison {
  /** Some quantity is stated alike by both. */
  agree: boolean;
  /** Some quantity that is part of what a product is called is stated differently. */
  identityConflict: boolean;
  /** Some other quantity is. */
  otherConflict: boolean;
  /** Such quantities are stated by only one of them. */
  identityLeft: boolean;
  otherLeft: boolean;
}

/** Values this near are one value in other roundings: 15.6 and 15.5 inches. */
const SAME_VALUE = 0.03;

export function compareMeasures(a: Attributes, b: Attributes): MeasureComparison {
  const comparison = {
    agree: false,
    identityConflict: false,
    otherConflict: false,
    identityLeft: false,
    otherLeft: false,
  };
  for (const [quantity, values] of a.measures) {
    const others = b.measures.get(quantity);
    if (others === undefined) {
      comparison[IDENTIFYING.has(quantity) ? 'identityLeft' : 'otherLeft'] = true;
      continue;
    }
    if (values.some((value) => others.some((other) => isSameValue(value, other)))) comparison.agree = true;
    else if (IDENTIFYING.has(quantity)) comparison.identityConflict = true;
    else comparison.otherConflict = true;
  }
  for (const quantity of b.measures.keys()) {
    if (!a.measures.has(quantity)) comparison[IDENTIFYING.has(quantity) ? 'identityLeft' : 'otherLeft'] = true;
  }
  if (!comparison.agree && isOfOtherSize(a, b)) comparison.identityConflict = true;
  return comparison;
}

/** What is sold in bottles, jars and tubes weighs about as much as water. */
const GRAMS_PER_LITRE = 1000;
const MAX_DENSITY_RATIO = 1.6;

/** Whether one states its mass and the other its volume, and no filling is that dense or that light: 454 g and 177 ml. */
function isOfOtherSize(a: Attributes, b: Attributes): boolean {
  return [
    [a, b],
    [b, a],
  ].some(([one, other]) => {
    const masses = one?.measures.get('mass');
    const volumes = other?.measures.get('volume');
    if (masses === undefined || volumes === undefined) return false;
    if (one?.measures.has('volume') || other?.measures.has('mass')) return false;
    return masses.every((mass) =>
      volumes.every((volume) => Math.abs(Math.log(mass / (volume * GRAMS_PER_LITRE))) > Math.log(MAX_DENSITY_RATIO)),
    );
  });
}

function isSameValue(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_VALUE * Math.max(a, b);
}
