/**
 * Fits the matcher's weights and writes `shared/prices/matching/weights.ts`.
 *
 *     MAGPIE_DATA=../shared/data node bench/train-matcher.ts
 *
 * Two offers by themselves are judged by weights from the train part of Abt-Buy; offers among others by weights from
 * PriceRunner's categories, and phones and cameras that were written for it, beside Abt-Buy. `bench/matching.ts` says
 * what these are worth in a category that was left out.
 */
import { writeFileSync } from 'node:fs';
import { FEATURE_NAMES } from '../shared/prices/matching/features.ts';
import type { PairModel } from '../shared/prices/matching/pair-model.ts';
import { abtBuyPairs, byCategory, priceRunnerOffers } from './matching/data.ts';
import {
  CORPUS_PRIORS,
  fitMatcher,
  PAIR_PRIORS,
  probabilities,
  rowsOfCategory,
  rowsOfPairs,
} from './matching/fit-matcher.ts';
import { accuracyAt, bestThreshold } from './matching/score.ts';
import { writtenOffers } from './matching/written-offers.ts';

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pairs');

const abtBuy = rowsOfPairs(abtBuyPairs(dataDir, 'train'));
const categories = byCategory([...priceRunnerOffers(dataDir), ...writtenOffers()]);
const pairModel = fitMatcher([abtBuy], PAIR_PRIORS);
const corpusModel = fitMatcher([abtBuy, ...categories.values().map(rowsOfCategory)], CORPUS_PRIORS);
const scores = probabilities(pairModel, abtBuy);
const threshold = bestThreshold(scores, abtBuy.labels);
const { precision, recall, f1 } = accuracyAt(threshold, scores, abtBuy.labels);
console.log(`train: F1 ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)})`);

writeFileSync(
  new URL('../shared/prices/matching/weights.ts', import.meta.url),
  `import type { PairModel } from './pair-model.ts';

/* Made by \`bench/train-matcher.ts\`; do not edit. */

/** For two offers by themselves. */
export const PAIR_MODEL: PairModel = ${written(pairModel)};

/** For offers among others, whose words and codes tell more of each other. */
export const CORPUS_MODEL: PairModel = ${written(corpusModel)};

/** The probability of the highest F1 on the train part of Abt-Buy. */
export const SAME_FROM = ${rounded(threshold)};
`,
);

function written({ bias, weights }: PairModel): string {
  const lines = FEATURE_NAMES.map((name) => `    ${name}: ${rounded(weights[name])},`);
  return `{\n  bias: ${rounded(bias)},\n  weights: {\n${lines.join('\n')}\n  },\n}`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
