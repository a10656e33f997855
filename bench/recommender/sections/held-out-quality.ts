import { threadsBackend } from '../../../shared/recommender/backends/threads/threads-backend.ts';
import {
  evaluatePopularity,
  evaluateRanking,
  evaluateRatings,
} from '../../../shared/recommender/evaluation/evaluation.ts';
import {
  type Algorithm,
  defaultParameters,
  type TrainingParameters,
} from '../../../shared/recommender/training/parameters.ts';
import { trainModel } from '../../../shared/recommender/training/train-model.ts';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import { readDataset, readTest } from '../dataset-folder.ts';
import type { Row, Table } from '../table.ts';

const ALGORITHMS: readonly Algorithm[] = ['als', 'als-ncg'];
const K = 20;
const FOLDS = ['ml-100k-u1', 'ml-100k-u2', 'ml-100k-u3', 'ml-100k-u4', 'ml-100k-u5'];

/** Those that the literature uses for these splits. */
const RATINGS: Partial<TrainingParameters> = { nFactors: 10, lambda: 0.1, iterations: 20 };
const RANKINGS: Readonly<Record<string, Partial<TrainingParameters>>> = {
  'online-retail': { nFactors: 64, lambda: 0.01, alpha0: 0.1, nu: 1, iterations: 8 },
  gowalla: { nFactors: 64, lambda: 0.004, alpha0: 0.01, nu: 1, iterations: 5 },
};

/** What the models are worth on public splits, beside the popularity baseline. */
export const heldOutQuality: Section = {
  name: 'quality',
  about: 'RMSE on the folds of MovieLens 100K; Recall and NDCG@20 on Online Retail and Gowalla beside popularity',
  async *run(bench) {
    const wanted = chosen(['ml-100k', ...Object.keys(RANKINGS)], bench.options.data);
    if (wanted.includes('ml-100k')) yield* ratings(bench);
    for (const [name, parameters] of Object.entries(RANKINGS)) {
      if (wanted.includes(name)) yield* rankings(bench, name, parameters);
    }
  },
};

async function* ratings(bench: Bench): AsyncGenerator<Table> {
  const rows: Row[] = [];
  for (const algorithm of ALGORITHMS) {
    const byFold: Record<string, number> = {};
    for (const [i, fold] of FOLDS.entries()) {
      const folder = await bench.datasets.get(fold);
      if (folder === null) return;
      bench.progress(`quality: ${fold}, ${algorithm}`);
      const dataset = readDataset(folder.path);
      const parameters = { ...defaultParameters('explicit'), ...RATINGS, algorithm };
      const { model } = await trainModel(dataset, parameters, backendOf(bench));
      byFold[`u${i + 1}`] = evaluateRatings(model, dataset, readTest(folder.path));
    }
    const mean = Object.values(byFold).reduce((sum, rmse) => sum + rmse, 0) / FOLDS.length;
    rows.push({ algorithm, ...byFold, mean });
  }
  const columns = ['u1', 'u2', 'u3', 'u4', 'u5', 'mean'].map((key) => ({ key, label: key, digits: 4 }));
  yield {
    title: 'RMSE: MovieLens 100K by fold, 10 factors, λ = 0.1, 20 sweeps',
    rows,
    columns: [{ key: 'algorithm', label: 'algorithm' }, ...columns],
  };
}

async function* rankings(bench: Bench, name: string, settings: Partial<TrainingParameters>): AsyncGenerator<Table> {
  const folder = await bench.datasets.get(name);
  if (folder === null) return;
  const [dataset, test] = [readDataset(folder.path), readTest(folder.path)];
  const rows: Row[] = [{ algorithm: 'popularity', ...evaluatePopularity(dataset, test, K) }];
  for (const algorithm of ALGORITHMS) {
    bench.progress(`quality: ${name}, ${algorithm}`);
    const parameters = { ...defaultParameters('implicit'), ...settings, algorithm };
    const { model, reports } = await trainModel(dataset, parameters, backendOf(bench));
    const { seconds, loss } = reports.at(-1)!;
    rows.push({ algorithm, ...(await evaluateRanking(model, dataset, test, K)), seconds, loss });
  }
  yield {
    title: `Rankings: ${name}, ${settings.nFactors} factors, λ = ${settings.lambda}, α₀ = ${settings.alpha0}, ${settings.iterations} iterations`,
    rows,
    columns: [
      { key: 'algorithm', label: 'algorithm' },
      { key: 'recall', label: 'Recall@20', digits: 4 },
      { key: 'ndcg', label: 'NDCG@20', digits: 4 },
      { key: 'map', label: 'MAP@20', digits: 4 },
      { key: 'seconds', label: 's' },
      { key: 'loss', label: 'loss', digits: 8 },
    ],
  };
}

function backendOf({ options }: Bench): { backend: ReturnType<typeof threadsBackend> } {
  return { backend: threadsBackend({ nThreads: mostThreads(options) }) };
}
