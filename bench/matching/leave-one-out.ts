import { clusterOffers } from '../../shared/prices/matching/cluster-offers.ts';
import { byCategory, type LabelledOffer, type LabelledPair, withoutShops } from './data.ts';
import { CORPUS_PRIORS, fitMatcher, probabilities, rowsOfCategory, rowsOfPairs } from './fit-matcher.ts';
import { mulberry32 } from './random.ts';
import { type Accuracy, accuracyAt, pairwiseAccuracy } from './score.ts';

export interface LeftOut {
  category: string;
  /** Pairs that grouping compares, from a probability of a half on. */
  pairs: Accuracy;
  titlesOnly: Accuracy;
  withShops: Accuracy;
  /** Sets of up to 100 offers of a handful of shops, each grouped by itself. */
  smallSets: Accuracy;
}

/** Each category grouped with weights that were fitted on the others and on pairs of another kind. */
export function leaveOneOut(pairs: readonly LabelledPair[], offers: readonly LabelledOffer[]): LeftOut[] {
  const categories = byCategory(offers);
  const rows = new Map([...categories].map(([category, inIt]) => [category, rowsOfCategory(inIt)]));
  const ofPairs = rowsOfPairs(pairs);
  return [...categories].map(([category, inIt]) => {
    const others = [...rows].filter(([other]) => other !== category).map(([, set]) => set);
    const model = fitMatcher([ofPairs, ...others], CORPUS_PRIORS);
    const own = rows.get(category)!;
    const products = inIt.map(({ cluster }) => cluster);
    const sets = smallSetsOf(inIt);
    return {
      category,
      pairs: accuracyAt(0.5, probabilities(model, own), own.labels),
      titlesOnly: pairwiseAccuracy(clusterOffers(withoutShops(inIt), model), products),
      withShops: pairwiseAccuracy(clusterOffers(inIt, model), products),
      smallSets: pairwiseAccuracy(
        sets.flatMap((set, k) => clusterOffers(set, model).map((product) => `${k} ${product}`)),
        sets.flatMap((set, k) => set.map(({ cluster }) => `${k} ${cluster}`)),
      ),
    };
  });
}

const SEED = 11;
const N_SETS = 60;
const N_SHOPS = 8;
const MIN_OFFERS = 5;
const MAX_OFFERS = 100;

/** What eight shops of a category answer to a query of two words of some title. */
export function smallSetsOf(offers: readonly LabelledOffer[]): LabelledOffer[][] {
  const random = mulberry32(SEED);
  const shops = [...Map.groupBy(offers, ({ shop }) => shop)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 3 * N_SHOPS)
    .map(([shop]) => shop);
  const sets: LabelledOffer[][] = [];
  for (let draw = 0; draw < 20 * N_SETS && sets.length < N_SETS; draw += 1) {
    const asked = new Set(Array.from({ length: N_SHOPS }, () => shops[Math.floor(random() * shops.length)]));
    const words = offers[Math.floor(random() * offers.length)]!.title.split(' ').slice(0, 2);
    const found = offers.filter(
      ({ title, shop }) => asked.has(shop) && words.every((word) => ` ${title} `.includes(` ${word} `)),
    );
    if (found.length >= MIN_OFFERS) sets.push(found.slice(0, MAX_OFFERS));
  }
  return sets;
}
