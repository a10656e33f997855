import type { LabelledOffer, LabelledPair } from './data.ts';
import { mulberry32 } from './random.ts';
import { similarPairs } from './tf-idf.ts';

const N_OFFERS = 2500;
const SEED = 7;
/** Of each offer: one other offer of its product, the hard negatives, and some that share a less common word. */
const N_HARD = 2;
const MIN_HARD_COSINE = 0.3;
const N_EASY = 4;
const MAX_TITLES_PER_WORD = 1500;

/**
 * Labelled pairs from PriceRunner's offers, always the same: pairs as a shop comparison meets them, after blocking. For
 * 2,500 offers drawn at random, one pair of the same product, two of the most similar titles of other products, and up
 * to four of other products that share a word.
 */
export function priceRunnerPairs(offers: readonly LabelledOffer[]): (LabelledPair & { category: string })[] {
  const random = mulberry32(SEED);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const ofProduct = Map.groupBy(offers.keys(), (i) => offers[i]!.cluster);
  const similar = neighbours(offers);
  const sharing = offersByWord(offers);
  const pairs = new Map<string, [number, number]>();
  const add = (i: number, j: number | undefined): void => {
    if (j !== undefined && i !== j) pairs.set(`${Math.min(i, j)} ${Math.max(i, j)}`, [i, j]);
  };
  for (let draw = 0; draw < N_OFFERS; draw += 1) {
    const i = Math.floor(random() * offers.length);
    const { cluster, title } = offers[i]!;
    add(i, pick(ofProduct.get(cluster)!.filter((j) => j !== i)));
    const others = (similar.get(i) ?? []).filter((j) => offers[j]!.cluster !== cluster);
    for (const j of others.slice(0, N_HARD)) add(i, j);
    const words = title.split(/\s+/).filter((word) => sharing.has(word));
    for (let k = 0; k < N_EASY; k += 1) {
      const j = pick(sharing.get(pick(words) ?? '') ?? []);
      if (j !== undefined && offers[j]!.cluster !== cluster) add(i, j);
    }
  }
  return [...pairs.values()].map(([i, j]) => ({
    left: offers[i]!,
    right: offers[j]!,
    label: Number(offers[i]!.cluster === offers[j]!.cluster),
    category: offers[i]!.category,
  }));
}

/** Other offers by falling similarity of the titles. */
function neighbours(offers: readonly LabelledOffer[]): Map<number, number[]> {
  const of = new Map<number, number[]>();
  const titles = offers.map(({ title }) => title);
  for (const { i, j } of similarPairs(titles, MIN_HARD_COSINE)) {
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      const list = of.get(from);
      if (list === undefined) of.set(from, [to]);
      else list.push(to);
    }
  }
  return of;
}

function offersByWord(offers: readonly LabelledOffer[]): Map<string, number[]> {
  const byWord = new Map<string, number[]>();
  for (const [i, { title }] of offers.entries()) {
    for (const word of new Set(title.split(/\s+/))) {
      const list = byWord.get(word);
      if (list === undefined) byWord.set(word, [i]);
      else list.push(i);
    }
  }
  return new Map([...byWord].filter(([, list]) => list.length > 1 && list.length <= MAX_TITLES_PER_WORD));
}
