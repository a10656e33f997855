/**
 * Held-out quality of the recommender on public splits, beside the popularity baseline:
 * `MAGPIE_DATA=../shared/data node bench/quality.ts`. The parameters are those that the literature uses for the sets.
 */
import { join } from 'node:path';
import { datasetOfRatings, readRatingsFile } from '../server/import/ratings-csv.ts';
import { threadsBackend } from '../shared/recommender/backends/threads/threads-backend.ts';
import { evaluatePopularity, evaluateRanking, evaluateRatings } from '../shared/recommender/evaluation.ts';
import { defaultParameters } from '../shared/recommender/parameters.ts';
import { trainModel } from '../shared/recommender/train-model.ts';
import type { Algorithm, TrainingParameters } from '../shared/recommender/training.ts';

const ALGORITHMS: readonly Algorithm[] = ['als', 'als-ncg'];
const K = 20;

const data = process.env['MAGPIE_DATA'];
if (data === undefined) throw new Error('MAGPIE_DATA must name the folder that holds interactions/');
const backend = threadsBackend();

const rmse: Record<string, string | number>[] = [];
for (const algorithm of ALGORITHMS) {
  const row: Record<string, string | number> = { algorithm };
  let sum = 0;
  for (const fold of [1, 2, 3, 4, 5]) {
    const { dataset, test } = await split(`ml-100k/u${fold}.base.csv.gz`, `ml-100k/u${fold}.test.csv.gz`, 'explicit');
    const parameters = { ...defaultParameters('explicit'), algorithm, nFactors: 10, lambda: 0.1, iterations: 20 };
    const { model } = await trainModel(dataset, parameters, { backend });
    const value = evaluateRatings(model, dataset, test);
    row[`u${fold}`] = value.toFixed(4);
    sum += value;
  }
  rmse.push({ ...row, mean: (sum / 5).toFixed(4) });
}
console.log('MovieLens 100K, RMSE on the five folds');
console.table(rmse);

await ranking('Gowalla', 'gowalla', { nFactors: 64, lambda: 0.004, alpha0: 0.01, nu: 1, iterations: 5 });
await ranking('Online Retail', 'online-retail', { nFactors: 64, lambda: 0.01, alpha0: 0.1, nu: 1, iterations: 8 });

async function ranking(name: string, folder: string, parameters: Partial<TrainingParameters>): Promise<void> {
  const { dataset, test } = await split(`${folder}/train.csv.gz`, `${folder}/test.csv.gz`, 'implicit');
  const rows: object[] = [{ algorithm: 'popularity', ...rounded(evaluatePopularity(dataset, test, K)) }];
  for (const algorithm of ALGORITHMS) {
    const all = { ...defaultParameters('implicit'), ...parameters, algorithm };
    const { model, reports } = await trainModel(dataset, all, { backend });
    const metrics = await evaluateRanking(model, dataset, test, K);
    rows.push({ algorithm, ...rounded(metrics), seconds: reports.at(-1)!.seconds.toFixed(1) });
  }
  console.log(`${name}, at ${K}`);
  console.table(rows);
}

async function split(train: string, test: string, feedback: TrainingParameters['feedback']) {
  const read = (path: string) => readRatingsFile(join(data!, 'interactions', path));
  return { dataset: datasetOfRatings(await read(train), feedback), test: await read(test) };
}

function rounded(metrics: object): object {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4]));
}
