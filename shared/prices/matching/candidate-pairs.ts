import type { MatchProfile } from './profile.ts';

/** Words in more titles than this tell too little to bring two offers together. */
const MAX_TITLES_PER_WORD = 300;
/** Each offer is compared with this many of the most similar titles. */
const N_NEAREST = 12;
const MIN_COSINE = 0.2;
/** A code in more offers than this is no product's. */
const MAX_OFFERS_PER_CODE = 40;
/** Codes that begin alike are worth a comparison: colour and country stand at the end. */
const CODE_PREFIX = 6;

/**
 * Pairs of offers that are worth a full comparison: the most similar titles by rare words, and all that share a GTIN, a
 * model number or the beginning of one. Found through inverted indices, so that the cost grows with the matches and not
 * with the square of the offers.
 */
export function candidatePairs(profiles: readonly MatchProfile[]): [number, number][] {
  const pairs = new Map<number, [number, number]>();
  const add = (i: number, j: number): void => {
    if (i === j) return;
    const [low, high] = i < j ? [i, j] : [j, i];
    pairs.set(low * profiles.length + high, [low, high]);
  };
  addNearestTitles(profiles, add);
  addSharedCodes(profiles, add);
  return [...pairs.values()];
}

type Add = (i: number, j: number) => void;

function addNearestTitles(profiles: readonly MatchProfile[], add: Add): void {
  const offersOf = invertedIndex(profiles, ({ rarities }) => rarities.keys());
  // Scalar products with the offer at hand; only what was touched is read and cleared again.
  const products = new Float64Array(profiles.length);
  for (const [i, { rarities, norm }] of profiles.entries()) {
    const touched: number[] = [];
    for (const [word, rarity] of rarities) {
      const offers = offersOf.get(word)!;
      if (offers.length > MAX_TITLES_PER_WORD) continue;
      for (const j of offers) {
        if (products[j] === 0) touched.push(j);
        products[j]! += rarity * rarity;
      }
    }
    const similar: { j: number; cosine: number }[] = [];
    for (const j of touched) {
      const cosine = products[j]! / (norm * profiles[j]!.norm);
      if (j !== i && cosine >= MIN_COSINE) similar.push({ j, cosine });
      products[j] = 0;
    }
    similar.sort((a, b) => b.cosine - a.cosine);
    for (const { j } of similar.slice(0, N_NEAREST)) add(i, j);
  }
}

function addSharedCodes(profiles: readonly MatchProfile[], add: Add): void {
  const offersOf = invertedIndex(profiles, ({ codes, gtin14 }) => [
    ...codes.codeRuns,
    ...codes.stated.flatMap((code) => [code, code.slice(0, CODE_PREFIX)]),
    ...(gtin14 === null ? [] : [gtin14]),
  ]);
  for (const offers of offersOf.values()) {
    if (offers.length > MAX_OFFERS_PER_CODE) continue;
    for (const [k, i] of offers.entries()) for (let l = 0; l < k; l += 1) add(i, offers[l]!);
  }
}

function invertedIndex(
  profiles: readonly MatchProfile[],
  keysOf: (profile: MatchProfile) => Iterable<string>,
): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [i, profile] of profiles.entries()) {
    for (const key of new Set(keysOf(profile))) {
      const offers = index.get(key);
      if (offers === undefined) index.set(key, [i]);
      else offers.push(i);
    }
  }
  return index;
}
