/**
 * Fits the matcher's weights on the train part of Abt-Buy and writes `shared/prices/matching/weights.ts`.
 *
 *     MAGPIE_DATA=../shared/data node bench/train-matcher.ts
 *
 * Abt-Buy is one shop's electronics against another's: it has hardly a phone in two sizes, and no accessory beside its
 * device. What it cannot teach is stated as a prior: the log-odds that a person would give, and how firmly.
 */
import { writeFileSync } from 'node:fs';
import { compareProfiles, FEATURE_NAMES, type Features } from '../shared/prices/matching/features.ts';
import { profileOf } from '../shared/prices/matching/profile.ts';
import { abtBuyPairs } from './matching/data.ts';
import { dot, fitLogistic, sigmoid, type WeightPrior } from './matching/logistic-regression.ts';
import { accuracyAt, bestThreshold } from './matching/score.ts';

const FIRM = 100;
const SOFT = 20;
const PRIORS: Partial<Record<keyof Features, WeightPrior>> = {
  identityMeasureConflict: { mean: -3, precision: FIRM },
  tierConflict: { mean: -3.5, precision: FIRM },
  accessoryConflict: { mean: -2.5, precision: FIRM },
  kindConflict: { mean: -2.5, precision: SOFT },
  versionConflict: { mean: -2, precision: SOFT },
  numberConflict: { mean: -0.5, precision: SOFT },
  longNumberConflict: { mean: -1, precision: SOFT },
  packagingConflict: { mean: -2, precision: SOFT },
  alternativeConflict: { mean: -3, precision: FIRM },
  markConflict: { mean: -2.5, precision: FIRM },
  multipackConflict: { mean: -3, precision: FIRM },
  rivalBesideHit: { mean: -4, precision: SOFT },
  rivalBesideMiss: { mean: 0, precision: SOFT },
  brandConflict: { mean: -1.2, precision: SOFT },
  colourConflictNone: { mean: -0.5, precision: FIRM },
};
const UNKNOWN: WeightPrior = { mean: 0, precision: 1 };
const FREE: WeightPrior = { mean: 0, precision: 1e-3 };

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pairs');

const pairs = abtBuyPairs(dataDir, 'train');
const rows = pairs.map(({ left, right }) => {
  const features = compareProfiles(profileOf(left), profileOf(right));
  return Float64Array.from([1, ...FEATURE_NAMES.map((name) => features[name])]);
});
const labels = pairs.map(({ label }) => label);
const fitted = fitLogistic(rows, labels, [FREE, ...FEATURE_NAMES.map((name) => PRIORS[name] ?? UNKNOWN)]);
const scores = rows.map((row) => sigmoid(dot(row, fitted)));
const threshold = bestThreshold(scores, labels);
const { precision, recall, f1 } = accuracyAt(threshold, scores, labels);
console.log(`train: F1 ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)})`);

const weightLines = FEATURE_NAMES.map((name, j) => `  ${name}: ${rounded(fitted[j + 1]!)},`);
writeFileSync(
  new URL('../shared/prices/matching/weights.ts', import.meta.url),
  `import type { Features } from './features.ts';

/** Made by \`bench/train-matcher.ts\` from the train part of Abt-Buy (${pairs.length} pairs); do not edit. */
export const BIAS = ${rounded(fitted[0]!)};

export const WEIGHTS: Readonly<Record<keyof Features, number>> = {
${weightLines.join('\n')}
};

/** The probability of the highest F1 on those pairs. */
export const SAME_FROM = ${rounded(threshold)};
`,
);

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
