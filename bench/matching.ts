/**
 * The matcher beside TF-IDF: labelled pairs of Abt-Buy (threshold from its train part, figures on its valid part), pairs
 * of PriceRunner with the same code and threshold, how well the score is calibrated, PriceRunner's offers grouped, and each
 * of its categories grouped with weights that were fitted without it: all offers by titles alone, with shops, and in sets
 * as a comparison meets them (`small groups`).
 *
 *     MAGPIE_DATA=../shared/data node bench/matching.ts
 *
 * TF-IDF gets the threshold that is best for it: on pairs, that of the train part or, where said, the best of all on the
 * very pairs that are scored; in grouping, the best for each category.
 */
import { clusterOffers } from '../shared/prices/matching/cluster-offers.ts';
import { matchOffers } from '../shared/prices/matching/match.ts';
import { SAME_FROM } from '../shared/prices/matching/weights.ts';
import {
  abtBuyPairs,
  type LabelledOffer,
  type LabelledPair,
  priceRunnerOffers,
  withoutShops,
} from './matching/data.ts';
import { leaveOneOut } from './matching/leave-one-out.ts';
import { priceRunnerPairs } from './matching/price-runner-pairs.ts';
import { type Accuracy, accuracyAt, bestThreshold, pairwiseAccuracy } from './matching/score.ts';
import { connectedGroups, similarPairs, TfIdf } from './matching/tf-idf.ts';
import { writtenOffers } from './matching/written-offers.ts';

const CLUSTERING_THRESHOLDS = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5];

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pairs');

const train = abtBuyPairs(dataDir, 'train');
const valid = abtBuyPairs(dataDir, 'valid');
const offers = priceRunnerOffers(dataDir);
const otherDomain = priceRunnerPairs(offers);

const tfIdf = new TfIdf([...new Set(train.flatMap(({ left, right }) => [left.title, right.title]))]);
const tfIdfThreshold = bestThreshold(tfIdfScores(train, tfIdf), labelsOf(train));
report('Abt-Buy, valid', 'TF-IDF', accuracyAt(tfIdfThreshold, tfIdfScores(valid, tfIdf), labelsOf(valid)));
const validScores = matcherScores(valid);
report('Abt-Buy, valid', 'matcher', accuracyAt(SAME_FROM, validScores, labelsOf(valid)));

const ofOffers = new TfIdf(offers.map(({ title }) => title));
for (const category of [...categoriesOf(offers), null]) {
  const pairs = otherDomain.filter((pair) => category === null || pair.category === category);
  const scores = tfIdfScores(pairs, ofOffers);
  const name = `PriceRunner pairs, ${category ?? 'all'} (${pairs.length})`;
  report(name, 'TF-IDF', accuracyAt(tfIdfThreshold, scores, labelsOf(pairs)));
  report(name, 'TF-IDF, its best', accuracyAt(bestThreshold(scores, labelsOf(pairs)), scores, labelsOf(pairs)));
  report(name, 'matcher', accuracyAt(SAME_FROM, matcherScores(pairs), labelsOf(pairs)));
}

reportCalibration(validScores, labelsOf(valid));

const cpuBefore = process.cpuUsage();
const groups = clusterOffers(withoutShops(offers));
const { user, system } = process.cpuUsage(cpuBefore);
console.log(`\n${offers.length} offers grouped in ${((user + system) / 1e6).toFixed(1)} s of processor time`);
const titles = offers.map(({ title }) => title);
const pairsByCosine = similarPairs(titles, Math.min(...CLUSTERING_THRESHOLDS));
const baselines = CLUSTERING_THRESHOLDS.map((threshold) => connectedGroups(titles.length, pairsByCosine, threshold));
for (const category of [...categoriesOf(offers), null]) {
  const inCategory = <T>(values: readonly T[]): T[] =>
    values.filter((_, i) => category === null || offers[i]!.category === category);
  const products = inCategory(offers.map(({ cluster }) => cluster));
  const name = `PriceRunner groups, ${category ?? 'all'}`;
  const [best] = baselines
    .map((baseline) => pairwiseAccuracy(inCategory(baseline), products))
    .toSorted((a, b) => b.f1 - a.f1);
  report(name, 'TF-IDF, its best', best!);
  report(name, 'matcher', pairwiseAccuracy(inCategory(groups), products));
}

console.log('\nEach category with weights fitted on the others and on Abt-Buy (train)');
for (const { category, pairs, titlesOnly, withShops, smallSets } of leaveOneOut(train, [
  ...offers,
  ...writtenOffers(),
])) {
  report(category, 'pairs', pairs);
  report(category, 'groups', titlesOnly);
  report(category, 'groups by shop', withShops);
  report(category, 'small groups', smallSets);
}

function categoriesOf(all: readonly LabelledOffer[]): string[] {
  return [...new Set(all.map(({ category }) => category))];
}

function labelsOf(pairs: readonly LabelledPair[]): number[] {
  return pairs.map(({ label }) => label);
}

function tfIdfScores(pairs: readonly LabelledPair[], model: TfIdf): number[] {
  return pairs.map(({ left, right }) => model.similarity(left.title, right.title));
}

function matcherScores(pairs: readonly LabelledPair[]): number[] {
  return pairs.map(({ left, right }) => matchOffers(left, right).score);
}

function report(what: string, how: string, { precision, recall, f1 }: Accuracy): void {
  const figures = `F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;
  console.log(`${what.padEnd(46)}${how.padEnd(18)}${figures}`);
}

/** Mean score beside the share that is true, by fifths of the scale. */
function reportCalibration(scores: readonly number[], labels: readonly number[]): void {
  console.log('\nscore on Abt-Buy, valid: mean score, share that is the same product, pairs');
  for (let fifth = 0; fifth < 5; fifth += 1) {
    const inside = [...scores.keys()].filter((i) => Math.min(4, Math.floor(scores[i]! * 5)) === fifth);
    const mean = (values: readonly number[]) => inside.reduce((sum, i) => sum + values[i]!, 0) / inside.length;
    console.log(`  ${mean(scores).toFixed(2)}  ${mean(labels).toFixed(2)}  ${inside.length}`);
  }
}
