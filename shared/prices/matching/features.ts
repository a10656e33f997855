import { alternativesConflict, marksConflict } from './alternatives.ts';
import { compareMeasures } from './attributes.ts';
import { type CodeAgreement, compareCodes } from './codes.ts';
import { compareLeftOver } from './left-over.ts';
import type { MatchProfile } from './profile.ts';
import { generalRarity, isCommonWord } from './rarity.ts';

/**
 * What two offers have in common and what sets them apart, each from 0 to 1 (price from −1.5 to 0.5).
 *
 * Similarity of words means different things by what the codes say, so it has a weight of its own in each of three
 * cases: a code agrees (`hit`), both have codes and none agrees (`miss`), one has none (`none`).
 */
export const FEATURE_NAMES = [
  'hit',
  'miss',
  // Length of the code that agrees, in tens of characters.
  'exactLength',
  'prefixLength',
  // Part of a longer code that agrees, as a share of it.
  'part',
  'rivalBesideHit',
  'rivalBesideMiss',
  'cosineHit',
  'cosineMiss',
  'cosineNone',
  // Share of the shorter title's information that the other holds.
  'containedNone',
  // Shared information, in units of 25 nats.
  'sharedNone',
  // Length of a word that the other writes as several, in eights.
  'joinedNone',
  'brandConflict',
  'measuresAgree',
  'identityMeasureConflict',
  'otherMeasureConflict',
  'describedMeasureConflict',
  'coloursAgree',
  'colourConflictBesideCodes',
  'colourConflictNone',
  'tierConflict',
  'accessoryConflict',
  'kindConflict',
  'versionConflict',
  'versionsAgree',
  'numbersAgree',
  'numberConflict',
  'longNumberConflict',
  // One is boxed, the other loose.
  'packagingConflict',
  // One is for men, the other for women; one is decaffeinated; one is six of the other.
  'alternativeConflict',
  'markConflict',
  'multipackConflict',
  // 0.5 at equal prices, less by the logarithm of their ratio; 0 where one is not known.
  'priceFit',
  // A code of one title stands in the other's description.
  'codeDescribed',
  // Share of a title that only the other's description holds.
  'wordsDescribed',
  // Rarest word that both hold, and rarest words of each class that one title or each has for itself, in units of 8 nats.
  'rarestShared',
  'shortLeftBoth',
  'shortLeftOne',
  'wordLeftBoth',
  'wordLeftOne',
  // Short words that both have for themselves, whatever their rarity; words in the same place, and words between two.
  'shortConflict',
  'shortReplaced',
  'wordReplaced',
  'shortInserted',
  'wordInserted',
  // Quantities that one title states and the other does not.
  'identityMeasureLeft',
  'otherMeasureLeft',
  // The titles have the same words; logarithm of how many offers do.
  'equal',
  'equalCopies',
  // Logarithm of the copies of the title of which there are fewer, where the titles differ.
  'otherCopies',
  // Share of the corpus's offers without a code, where a code cannot decide: there it means less to have none.
  'uncodedNone',
  'uncodedCosine',
] as const;

/** The first of the features that need more offers than two to be weighed. */
export const FIRST_OF_CORPUS: (typeof FEATURE_NAMES)[number] = 'rarestShared';

export type Features = Record<(typeof FEATURE_NAMES)[number], number>;

const TEN_CHARACTERS = 10;
const EIGHT_CHARACTERS = 8;
const MUCH_INFORMATION = 25;
const RARE = 8;

export function compareProfiles(a: MatchProfile, b: MatchProfile): Features {
  const codes = compareCodes(a.codes, b.codes);
  const hit = codes.exact > 0 || codes.prefix > 0 || codes.part > 0;
  const miss = !hit && codes.both;
  const none = !hit && !miss;
  const shared = compareWords(a, b);
  const measures = compareMeasures(a.attributes, b.attributes);
  const coloursAgree = intersects(a.attributes.colours, b.attributes.colours);
  const colourConflict = isDisjoint(a.attributes.colours, b.attributes.colours);
  const versions = compareVersions(a, b);
  // One literal in place of spread parts: this is where grouping spends its time.
  const byCode = codeFeatures(codes, hit);
  const described = descriptionFeatures(a, b, shared, measures.identityConflict || measures.otherConflict);
  const left = compareLeftOver(a, b);
  const equal = haveSameWords(a, b);
  const copies = Math.log(Math.min(a.nCopies, b.nCopies));
  return {
    hit: Number(hit),
    miss: Number(miss),
    exactLength: byCode.exactLength,
    prefixLength: byCode.prefixLength,
    part: byCode.part,
    rivalBesideHit: byCode.rivalBesideHit,
    rivalBesideMiss: byCode.rivalBesideMiss,
    cosineHit: hit ? shared.cosine : 0,
    cosineMiss: miss ? shared.cosine : 0,
    cosineNone: none ? shared.cosine : 0,
    containedNone: none ? shared.contained : 0,
    sharedNone: none ? Math.min(1, shared.information / MUCH_INFORMATION) : 0,
    joinedNone: none ? Math.min(1, shared.joinedLength / EIGHT_CHARACTERS) : 0,
    brandConflict: Number(brandsConflict(a, b)),
    measuresAgree: Number(measures.agree),
    identityMeasureConflict: Number(measures.identityConflict),
    otherMeasureConflict: Number(measures.otherConflict),
    identityMeasureLeft: Number(measures.identityLeft),
    otherMeasureLeft: Number(measures.otherLeft),
    coloursAgree: Number(coloursAgree),
    colourConflictBesideCodes: Number(colourConflict && !none),
    colourConflictNone: Number(colourConflict && none),
    tierConflict: Number(!areEqual(a.attributes.tiers, b.attributes.tiers)),
    accessoryConflict: Number(!areEqual(a.accessories, b.accessories)),
    kindConflict: Number(isDisjoint(a.kinds, b.kinds)),
    versionConflict: Number(versions.conflict),
    versionsAgree: Number(versions.agree),
    numbersAgree: Number(intersects(a.longNumbers, b.longNumbers)),
    numberConflict: Number(isDisjoint(a.numbers, b.numbers)),
    longNumberConflict: Number(isDisjoint(a.longNumbers, b.longNumbers)),
    packagingConflict: Number(isDisjoint(a.attributes.packaging, b.attributes.packaging)),
    alternativeConflict: Number(alternativesConflict(a.alternatives, b.alternatives)),
    markConflict: Number(marksConflict(a.alternatives, b.alternatives)),
    multipackConflict: Number(isMultipackOf(a, b) || isMultipackOf(b, a)),
    priceFit: priceFit(a.price, b.price),
    codeDescribed: described.codeDescribed,
    wordsDescribed: described.wordsDescribed,
    describedMeasureConflict: described.describedMeasureConflict,
    shortLeftBoth: left.both.short / RARE,
    shortLeftOne: left.one.short / RARE,
    wordLeftBoth: left.both.word / RARE,
    wordLeftOne: left.one.word / RARE,
    shortConflict: Number(left.both.short > 0),
    shortReplaced: left.replaced.short,
    wordReplaced: left.replaced.word,
    shortInserted: left.inserted.short,
    wordInserted: left.inserted.word,
    equal: Number(equal),
    equalCopies: equal ? copies : 0,
    otherCopies: equal ? 0 : copies,
    rarestShared: shared.rarest / RARE,
    uncodedNone: none ? 1 - a.codedShare : 0,
    uncodedCosine: none ? (1 - a.codedShare) * shared.cosine : 0,
  };
}

function haveSameWords(a: MatchProfile, b: MatchProfile): boolean {
  if (a.rarities.size !== b.rarities.size) return false;
  for (const word of a.rarities.keys()) if (!b.rarities.has(word)) return false;
  return true;
}

function codeFeatures({ exact, prefix, part, rival }: CodeAgreement, hit: boolean) {
  return {
    exactLength: Math.min(1, exact / TEN_CHARACTERS),
    prefixLength: exact > 0 ? 0 : Math.min(1, prefix / TEN_CHARACTERS),
    part: exact > 0 || prefix > 0 ? 0 : part,
    rivalBesideHit: hit ? rival : 0,
    rivalBesideMiss: hit ? 0 : rival,
  };
}

interface SharedWords {
  cosine: number;
  contained: number;
  /** Sum of the rarities of the shared words. */
  information: number;
  /** The largest of these. */
  rarest: number;
  /** Length of the longest word that the other title writes as several. */
  joinedLength: number;
}

/** Shorter words are written as two by chance. */
const MIN_JOINED = 4;

function compareWords(a: MatchProfile, b: MatchProfile): SharedWords {
  let product = 0;
  let information = 0;
  let rarest = 0;
  let joinedLength = 0;
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [word, rarity] of from.rarities) {
      const same = to.rarities.has(word);
      const joined = !same && word.length >= MIN_JOINED && to.codes.runs.has(word);
      if (!joined && !(same && from === a)) continue;
      product += rarity * rarity;
      information += rarity;
      rarest = Math.max(rarest, rarity);
      if (joined && !isCommonWord(word)) joinedLength = Math.max(joinedLength, word.length);
    }
  }
  return {
    cosine: Math.min(1, product / (a.norm * b.norm || 1)),
    contained: Math.min(1, information / (Math.min(a.totalRarity, b.totalRarity) || 1)),
    information,
    rarest,
    joinedLength,
  };
}

/** A first word that tells this much and stands in the other title nowhere is taken for a brand. */
const MIN_BRAND_RARITY = 4;

function brandsConflict(a: MatchProfile, b: MatchProfile): boolean {
  if (a.brand !== null && b.brand !== null) return !a.brand.includes(b.brand) && !b.brand.includes(a.brand);
  return isForeignName(a.firstWord, b) && isForeignName(b.firstWord, a);
}

function isForeignName(word: string | null, other: MatchProfile): boolean {
  if (word === null || !/^\p{L}+$/u.test(word) || generalRarity(word) < MIN_BRAND_RARITY) return false;
  return !other.rarities.has(word) && !other.codes.runs.has(word);
}

function compareVersions(a: MatchProfile, b: MatchProfile): { agree: boolean; conflict: boolean } {
  let agree = false;
  let conflict = false;
  for (const [name, versions] of a.versions) {
    const others = b.versions.get(name);
    if (others === undefined) continue;
    if (intersects(versions, others)) agree = true;
    else if (![...versions].some((v) => b.rarities.has(v)) && ![...others].some((v) => a.rarities.has(v)))
      conflict = true;
  }
  return { agree, conflict };
}

/** Whether one is a pack of several, and the other says nothing of that number. */
function isMultipackOf({ alternatives: { multipack } }: MatchProfile, other: MatchProfile): boolean {
  return multipack !== null && !other.numbers.has(String(multipack)) && !other.rarities.has(`${multipack}x`);
}

const MAX_LOG_RATIO = 2;
const FIT_AT_EQUAL_PRICES = 0.5;

function priceFit(a: number | null, b: number | null): number {
  if (a === null || b === null) return 0;
  return FIT_AT_EQUAL_PRICES - Math.min(MAX_LOG_RATIO, Math.abs(Math.log(a / b)));
}

function descriptionFeatures(a: MatchProfile, b: MatchProfile, shared: SharedWords, conflictInTitles: boolean) {
  if (a.description === null && b.description === null) {
    return { codeDescribed: 0, wordsDescribed: 0, describedMeasureConflict: 0 };
  }
  const measures = compareMeasures(
    a.description?.attributes ?? a.attributes,
    b.description?.attributes ?? b.attributes,
  );
  const share = Math.max(shared.information / (a.totalRarity || 1), shared.information / (b.totalRarity || 1));
  return {
    codeDescribed: Number(isCodeDescribed(a, b) || isCodeDescribed(b, a)),
    wordsDescribed: Math.max(0, Math.max(shareDescribed(a, b), shareDescribed(b, a)) - Math.min(1, share)),
    describedMeasureConflict: Number(!conflictInTitles && (measures.identityConflict || measures.otherConflict)),
  };
}

function isCodeDescribed(title: MatchProfile, described: MatchProfile): boolean {
  return described.description !== null && compareCodes(title.codes, described.description.codes).exact > 0;
}

/** Share of a title's information that the other's title or description holds. */
function shareDescribed(title: MatchProfile, other: MatchProfile): number {
  let information = 0;
  for (const [word, rarity] of title.rarities) {
    if (other.rarities.has(word) || other.description?.words.has(word)) information += rarity;
  }
  return information / (title.totalRarity || 1);
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}

/** Both say something, and nothing the same. */
function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && !intersects(a, b);
}

function areEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && a.isSubsetOf(b);
}
