import { expect, test } from 'vitest';
import { clusterOffers } from '../../shared/prices/matching/cluster-offers.ts';
import { matchOffers } from '../../shared/prices/matching/match.ts';
import { SAME_FROM } from '../../shared/prices/matching/weights.ts';
import { abtBuyPairs, priceRunnerOffers } from './data.ts';
import { accuracyAt, pairwiseAccuracy } from './score.ts';
import { connectedGroups, similarPairs } from './tf-idf.ts';

const dataDir = process.env.MAGPIE_DATA ?? '';

test.skipIf(dataDir === '')('Abt-Buy, valid part: F1 of 0.8 and more (needs MAGPIE_DATA)', () => {
  const pairs = abtBuyPairs(dataDir, 'valid');
  const scores = pairs.map(({ left, right }) => matchOffers(left, right).score);
  const labels = pairs.map(({ label }) => label);
  expect(accuracyAt(SAME_FROM, scores, labels).f1).toBeGreaterThan(0.8);
});

const TF_IDF_THRESHOLDS = [0.95, 0.9, 0.85, 0.8];

test.skipIf(dataDir === '')(
  "PriceRunner's offers grouped: 0.3 F1 above TF-IDF with its best threshold (needs MAGPIE_DATA)",
  { timeout: 120_000 },
  () => {
    const offers = priceRunnerOffers(dataDir);
    const titles = offers.map(({ title }) => title);
    const products = offers.map(({ cluster }) => cluster);
    const pairs = similarPairs(titles, Math.min(...TF_IDF_THRESHOLDS));
    const baseline = TF_IDF_THRESHOLDS.map((threshold) => connectedGroups(titles.length, pairs, threshold));
    const best = Math.max(...baseline.map((groups) => pairwiseAccuracy(groups, products).f1));
    expect(pairwiseAccuracy(clusterOffers(offers), products).f1).toBeGreaterThan(best + 0.3);
  },
);
