/**
 * Fits what each feature of a field's value is worth on the labelled pages, and writes
 * `shared/prices/page/model/weights.ts`. With `--check` it writes nothing, and says how well the probabilities hold of shops
 * that were left out of the fit, one at a time.
 *
 *     MAGPIE_DATA=../shared/data node bench/train-extractor.ts [--check]
 */
import { writeFileSync } from 'node:fs';
import { rankDescribed } from '../shared/prices/page/model/rank.ts';
import { type Example, FITTED_FIELDS, type FittedField, loadExamples } from './extraction/answers.ts';
import { type Answer, calibrationOf, riskCoverage } from './extraction/calibration.ts';
import { type Choice, fitConditionalLogit } from './extraction/conditional-logit.ts';
import { PRIOR_MEANS } from './extraction/priors.ts';
import type { WeightPrior } from './matching/logistic-regression.ts';

/** How firmly the priors hold: the fit may move a weight by about one unit of log-odds. */
const PRECISION = 1.5;
/** Pages written for the tests stand for what is known of the web beyond the saved ones; they are no sample of it. */
const OWN_WEIGHT = 0.7;
/** A feature without a prior of its own and seen on fewer pages than this stays unweighed. */
const MIN_PAGES = 2;
const COVERAGES = [0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1];

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the labelled pages');
const examples = await loadExamples(dataDir);
if (process.argv.includes('--check')) FITTED_FIELDS.forEach(check);
else writeWeights();

function fitField(field: FittedField, of: readonly Example[]): Record<string, number> {
  const choices = of.map(
    ({ candidates, right, own }): Choice => ({
      features: candidates.map(({ features }) => features),
      right,
      weight: own ? OWN_WEIGHT : 1,
    }),
  );
  const weights = fitConditionalLogit(choices, priorsOf(field, of));
  return Object.fromEntries([...weights].map(([name, weight]) => [name, Math.round(weight * 100) / 100]));
}

function priorsOf(field: FittedField, of: readonly Example[]): Map<string, WeightPrior> {
  const nPages = new Map<string, number>();
  const strengths = new Set<string>();
  for (const { candidates } of of) {
    for (const name of new Set(candidates.flatMap(({ features }) => [...features.keys()]))) {
      nPages.set(name, (nPages.get(name) ?? 0) + 1);
      if (name.startsWith('by ')) strengths.add(name.slice('by '.length));
    }
  }
  const means = PRIOR_MEANS[field];
  const names = new Set([...Object.keys(means), ...[...nPages].flatMap(([name, n]) => (n >= MIN_PAGES ? [name] : []))]);
  return new Map(
    [...names]
      .toSorted()
      .map((name) => [name, { mean: means[name] ?? (strengths.has(name) ? 1 : 0), precision: PRECISION }]),
  );
}

function check(field: FittedField): void {
  const of = examples.filter((example) => example.field === field);
  const shops = [...new Set(of.filter(({ own }) => !own).map(({ shop }) => shop))];
  const answers: Answer[] = [];
  let nPages = 0;
  for (const shop of shops) {
    const weights = fitField(
      field,
      of.filter((example) => example.shop !== shop),
    );
    for (const { candidates, right } of of.filter((example) => example.shop === shop)) {
      nPages += 1;
      const best = rankDescribed(candidates, weights)[0];
      if (!best) continue;
      const index = candidates.findIndex(({ value }) => value === best.value);
      answers.push({ probability: best.probability, right: right[index] ?? false });
    }
  }
  const { bins, eceInterval, ...figures } = calibrationOf(answers);
  const shown = Object.entries(figures).map(([name, figure]) => `${name} ${Number(figure.toFixed(3))}`);
  console.log(`${field}: ${shops.length} shops left out in turn, ${nPages} pages`);
  console.log(`  ${shown.join(', ')} (${eceInterval.map((end) => end.toFixed(3)).join('–')})`);
  console.log(
    `  said and right by bin: ${bins.map(({ said, right }) => `${said.toFixed(2)} ${right.toFixed(2)}`).join(' | ')}`,
  );
  const risks = riskCoverage(answers, COVERAGES);
  console.log(
    `  wrong at coverage: ${COVERAGES.map((coverage, i) => `${coverage} ${(100 * risks[i]!).toFixed(1)}%`).join(', ')}`,
  );
  for (const threshold of [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) {
    const above = answers.filter(({ probability }) => probability >= threshold);
    const wrong = above.filter(({ right }) => !right).length;
    console.log(
      `  above ${threshold}: ${above.length} of ${nPages} pages, ${wrong} wrong (${((100 * wrong) / above.length).toFixed(1)}%)`,
    );
  }
}

function writeWeights(): void {
  const fields = FITTED_FIELDS.map((field) => {
    const of = examples.filter((example) => example.field === field);
    const weights = Object.entries(fitField(field, of)).map(([name, weight]) => `    '${name}': ${weight},`);
    return `  ${field}: {\n${weights.join('\n')}\n  },`;
  });
  const nPages = new Set(examples.filter(({ own }) => !own)).size;
  writeFileSync(
    new URL('../shared/prices/page/model/weights.ts', import.meta.url),
    `/** What each feature of a field's value is worth, in log-odds. */
export type FieldWeights = Readonly<Record<string, number>>;

/** Made by \`bench/train-extractor.ts\` from ${nPages} labelled fields of saved pages; do not edit. */
export const WEIGHTS: Readonly<Record<string, FieldWeights>> = {
${fields.join('\n')}
};
`,
  );
}
