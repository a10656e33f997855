import { candidatePairs } from './candidate-pairs.ts';
import { areUnrelated } from './codes.ts';
import { profileCorpus } from './corpus.ts';
import { matchProbability } from './match.ts';
import { mixModels, type PairModel } from './pair-model.ts';
import type { MatchableOffer, MatchProfile } from './profile.ts';
import { corpusShare } from './rarity.ts';
import { CORPUS_MODEL, PAIR_MODEL, SAME_FROM } from './weights.ts';

/** How readily groups become one. */
interface Linkage {
  /** Pairs from this probability on bring two groups together … */
  link: number;
  /** … that become one only if their offers match this well on average: one wrong pair does not chain products. */
  minMean: number;
  /** Pairs this unlikely contradict: another size, a refurbished one. */
  contradiction: number;
}
/** For few offers, whose pairs are judged as pairs by themselves. */
const FEW: Linkage = { link: SAME_FROM, minMean: 0.35, contradiction: 0.12 };
/** For many: from PriceRunner's categories, each judged by weights from the others. */
const MANY: Linkage = { link: 0.2, minMean: 0.15, contradiction: 0.04 };
/**
 * Of two groups that become one, no larger share of the pairs may contradict; a general title that fits two variants then
 * joins one of them, and does not make them one.
 */
const MAX_CONTRADICTIONS = 0.2;
/** Offers of each group that are compared for the mean. */
const MAX_SAMPLE = 6;
/** A title without a code is ambiguous if at least this share of its matches have codes, and these disagree. */
const MIN_CODED_SHARE = 0.3;

interface Link {
  i: number;
  j: number;
  probability: number;
}

/**
 * Groups offers by product.
 *
 * Rarity of words and codes that only name a series are learned from the offers themselves. Pairs that may match are
 * found by inverted indices, scored, and joined from the surest on (agglomerative clustering with average linkage on a
 * sample). Titles so general that they fit several products stay by themselves.
 *
 * @returns for each offer the number of its product, counted from 0 in the order of first appearance.
 */
export function clusterOffers(offers: readonly MatchableOffer[], corpusModel: PairModel = CORPUS_MODEL): number[] {
  const share = corpusShare(offers.length);
  const model = mixModels(PAIR_MODEL, corpusModel, share);
  const linkage = mixLinkages(FEW, MANY, share);
  const profiles = profileCorpus(offers);
  const probabilityOf = cachedProbability(profiles, model);
  const links = candidatePairs(profiles)
    .map(([i, j]) => ({ i, j, probability: probabilityOf(i, j) }))
    .filter(({ probability }) => probability >= linkage.link);
  const ambiguous = ambiguousTitles(profiles, links);
  const groups = offers.map((_, i) => [i]);
  const surestFirst = links.toSorted((a, b) => b.probability - a.probability || a.i - b.i || a.j - b.j);
  for (const { i, j } of surestFirst) {
    const [a, b] = [groups[i]!, groups[j]!];
    if (a === b || ambiguous.has(i) || ambiguous.has(j)) continue;
    if (!belongTogether(a, b, linkage, probabilityOf) || sharesShop(a, b, profiles, probabilityOf)) continue;
    const [larger, smaller] = a.length >= b.length ? [a, b] : [b, a];
    larger.push(...smaller);
    for (const offer of smaller) groups[offer] = larger;
  }
  return numberGroups(groups);
}

function mixLinkages(few: Linkage, many: Linkage, share: number): Linkage {
  const mix = (name: keyof Linkage) => (1 - share) * few[name] + share * many[name];
  return { link: mix('link'), minMean: mix('minMean'), contradiction: mix('contradiction') };
}

function cachedProbability(profiles: readonly MatchProfile[], model: PairModel): (i: number, j: number) => number {
  const known = new Map<number, number>();
  return (i, j) => {
    const key = Math.min(i, j) * profiles.length + Math.max(i, j);
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const probability = matchProbability(profiles[i]!, profiles[j]!, model);
    known.set(key, probability);
    return probability;
  };
}

/** Offers without a code that match offers of several products, so that the product remains open. */
function ambiguousTitles(profiles: readonly MatchProfile[], links: readonly Link[]): Set<number> {
  const matchesOf = new Map<number, number[]>();
  for (const { i, j } of links) {
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      if (profiles[from]!.codes.stated.length > 0) continue;
      const matches = matchesOf.get(from);
      if (matches === undefined) matchesOf.set(from, [to]);
      else matches.push(to);
    }
  }
  const ambiguous = new Set<number>();
  for (const [offer, matches] of matchesOf) {
    const codes = matches.map((match) => profiles[match]!.codes).filter(({ stated }) => stated.length > 0);
    if (codes.length < MIN_CODED_SHARE * matches.length) continue;
    if (codes.some((one, k) => codes.slice(0, k).some((other) => areUnrelated(one, other)))) ambiguous.add(offer);
  }
  return ambiguous;
}

function belongTogether(
  a: readonly number[],
  b: readonly number[],
  { minMean, contradiction }: Linkage,
  probabilityOf: (i: number, j: number) => number,
): boolean {
  const left = sample(a);
  const right = sample(b);
  let sum = 0;
  let nContradictions = 0;
  for (const i of left) {
    for (const j of right) {
      const probability = probabilityOf(i, j);
      sum += probability;
      if (probability < contradiction) nContradictions += 1;
    }
  }
  const nPairs = left.length * right.length;
  return sum / nPairs >= minMean && nContradictions <= MAX_CONTRADICTIONS * nPairs;
}

/** Whether a shop has an offer in each, and these are not surely of one product. */
function sharesShop(
  a: readonly number[],
  b: readonly number[],
  profiles: readonly MatchProfile[],
  probabilityOf: (i: number, j: number) => number,
): boolean {
  return a.some((i) => {
    const { shop } = profiles[i]!;
    return shop !== null && b.some((j) => profiles[j]!.shop === shop && probabilityOf(i, j) < SAME_FROM);
  });
}

/** Up to `MAX_SAMPLE` members, evenly spread. */
function sample(group: readonly number[]): number[] {
  const size = Math.min(group.length, MAX_SAMPLE);
  return Array.from({ length: size }, (_, k) => group[Math.floor((k * group.length) / size)]!);
}

function numberGroups(groups: readonly (readonly number[])[]): number[] {
  const numbers = new Map<readonly number[], number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}
