/**
 * Iterations that ALS and ALS-NCG need to a given accuracy, ‖g‖/‖g₀‖, from the same start, and the loss there:
 * `node bench/convergence.ts FILE [--factors 20] [--lambda 0.03] [--seeds 1,2,3] [--threads N]`
 */
import { parseArgs } from 'node:util';
import { datasetOfRatings, readRatingsFile } from '../server/import/ratings-csv.ts';
import { threadsBackend } from '../shared/recommender/backends/threads/threads-backend.ts';
import { defaultParameters } from '../shared/recommender/parameters.ts';
import { trainModel } from '../shared/recommender/train-model.ts';
import type { Algorithm, IterationReport } from '../shared/recommender/training.ts';

const ACCURACIES = [1e-2, 1e-3];
const MOST_ITERATIONS = 400;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    factors: { type: 'string', default: '20' },
    lambda: { type: 'string', default: '0.03' },
    seeds: { type: 'string', default: '1,2,3' },
    threads: { type: 'string', default: '2' },
  },
});
const [path] = positionals;
if (path === undefined) throw new Error('name a ratings file: node bench/convergence.ts ratings.csv.gz');
const dataset = datasetOfRatings(await readRatingsFile(path), 'explicit');
const backend = threadsBackend({ nThreads: Number(values.threads) });

const rows = [];
for (const seed of values.seeds.split(',').map(Number)) {
  for (const algorithm of ['als', 'als-ncg'] as const) {
    const reports = await run(algorithm, seed);
    const norm0 = reports[0]!.gradientNorm;
    for (const accuracy of ACCURACIES) {
      const at = reports.findIndex(({ gradientNorm }) => gradientNorm <= accuracy * norm0);
      rows.push({
        seed,
        algorithm,
        '‖g‖/‖g₀‖': accuracy,
        iterations: at < 0 ? `> ${reports.length - 1}` : at,
        loss: reports.at(at)!.loss.toFixed(1),
        seconds: reports.at(at)!.seconds.toFixed(2),
      });
    }
  }
}
console.table(rows);

/** Reports from the start, at which no iteration is counted yet, to the last accuracy. */
async function run(algorithm: Algorithm, seed: number): Promise<readonly IterationReport[]> {
  const { reports } = await trainModel(
    dataset,
    {
      ...defaultParameters('explicit'),
      algorithm,
      seed,
      nFactors: Number(values.factors),
      lambda: Number(values.lambda),
      iterations: MOST_ITERATIONS,
      tolerance: Math.min(...ACCURACIES),
    },
    { backend },
  );
  return reports;
}
