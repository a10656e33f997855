import { join } from 'node:path';
import type { Algorithm } from '../../../shared/recommender/training/parameters.ts';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import { Descents } from '../descents.ts';
import type { DescentPoint, LossSpec } from '../engines/calls.ts';

import { RankingJudge } from '../ranking-quality.ts';
import type { Row } from '../table.ts';
import { RETAIL_SETTINGS } from './retail-settings.ts';

const N_FACTORS = 64;
const ITERATIONS = [0, 1, 2, 4, 8, 16, 32];
const QUICK_ITERATIONS = [0, 1, 2, 4];

/** The same on implicit feedback, where ‖g‖ says little about rankings: loss and NDCG over time. */
export const convergenceImplicit: Section = {
  name: 'convergence-implicit',
  about: 'implicit feedback: loss, gradient and NDCG@20 of ALS and ALS-NCG over time',
  async *run(bench) {
    for (const name of chosen(Object.keys(RETAIL_SETTINGS), bench.options.data)) {
      const settings = RETAIL_SETTINGS[name];
      const folder = settings && (await bench.datasets.get(name));
      if (!settings || !folder) continue;
      yield {
        title: `Loss and NDCG@20 over time: ${name}, ${N_FACTORS} factors, ${mostThreads(bench.options)} threads, seed ${bench.options.seeds[0]}`,
        rows: await measure(bench, folder, settings.magpie),
        columns: [
          { key: 'iterations', label: 'iterations' },
          { key: 'alsSeconds', label: 'ALS: s' },
          { key: 'alsLoss', label: 'loss', digits: 8 },
          { key: 'alsGradient', label: '‖g‖/‖g₀‖', digits: 2 },
          { key: 'alsNdcg', label: 'NDCG@20', digits: 4 },
          { key: 'ncgSeconds', label: 'ALS-NCG: s' },
          { key: 'ncgLoss', label: 'loss', digits: 8 },
          { key: 'ncgGradient', label: '‖g‖/‖g₀‖', digits: 2 },
          { key: 'ncgNdcg', label: 'NDCG@20', digits: 4 },
          { key: 'peakRssMb', label: 'NCG peak MB' },
        ],
      };
    }
  },
};

async function measure(bench: Bench, data: DatasetFolder, loss: LossSpec): Promise<Row[]> {
  const shown = bench.options.quick ? QUICK_ITERATIONS : ITERATIONS;
  const descents = new Descents();
  const snapshots = (algorithm: Algorithm): string => join(bench.scratch, 'descent', algorithm);
  try {
    bench.progress(`convergence-implicit: ${data.name}`);
    const points = await descents.run(
      {
        data: data.path,
        nFactors: N_FACTORS,
        nThreads: mostThreads(bench.options),
        loss,
        solver: 'cg',
        seed: bench.options.seeds[0]!,
      },
      (algorithm) => ({ iterations: Math.max(...shown), tolerance: 0, snapshots: snapshots(algorithm) }),
    );
    const peakRssMb = await descents.peakRssMb('als-ncg');
    const followed = {
      als: await judged(bench, data, shown, points.als, snapshots('als')),
      'als-ncg': await judged(bench, data, shown, points['als-ncg'], snapshots('als-ncg')),
    };
    return shown.map((iterations, i): Row => {
      const [als, ncg] = [followed.als[i], followed['als-ncg'][i]];
      return {
        data: data.name,
        iterations,
        ...(als && { alsSeconds: als.seconds, alsLoss: als.loss, alsGradient: als.accuracy, alsNdcg: als.ndcg }),
        ...(ncg && { ncgSeconds: ncg.seconds, ncgLoss: ncg.loss, ncgGradient: ncg.accuracy, ncgNdcg: ncg.ndcg }),
        peakRssMb,
      };
    });
  } finally {
    await descents.close();
  }
}

interface Point extends DescentPoint {
  accuracy: number;
  ndcg: number;
}

async function judged(
  bench: Bench,
  data: DatasetFolder,
  shown: readonly number[],
  points: readonly DescentPoint[],
  snapshots: string,
): Promise<Point[]> {
  const judge = new RankingJudge(data.path);
  const judgedPoints: Point[] = [];
  for (const point of points.filter(({ iteration }) => shown.includes(iteration))) {
    bench.progress(`convergence-implicit: ${data.name}, NDCG after ${point.iteration} iterations`);
    judgedPoints.push({
      ...point,
      accuracy: point.gradientNorm / points[0]!.gradientNorm,
      ndcg: await judge.ndcg(join(snapshots, String(point.iteration)), N_FACTORS),
    });
  }
  return judgedPoints;
}
