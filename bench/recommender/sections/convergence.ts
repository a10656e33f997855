import type { Algorithm } from '../../../shared/recommender/training/parameters.ts';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import { Descents } from '../descents.ts';
import type { DescentPoint, LossSpec } from '../engines/calls.ts';

import { median, timingOf } from '../statistics.ts';
import type { Row } from '../table.ts';

const LOSS: LossSpec = { name: 'explicit', lambda: 0.03 };
const ACCURACIES = [1e-2, 1e-3, 1e-4];
const MOST_ITERATIONS = 300;
const ALGORITHMS = ['als', 'als-ncg'] as const;

/** ALS and ALS-NCG from the same start, which is two plain sweeps from random numbers, to accuracies ‖g‖/‖g₀‖. */
export const convergence: Section = {
  name: 'convergence',
  about: 'explicit feedback: iterations, seconds and loss of ALS and ALS-NCG at ‖g‖/‖g₀‖ of 1e-2, 1e-3 and 1e-4',
  async *run(bench) {
    for (const name of chosen(['ml-100k', 'ml-1m-shape'], bench.options.data)) {
      const folder = await bench.datasets.get(name);
      if (folder === null) continue;
      const { seeds, quick, factors } = bench.options;
      for (const nFactors of chosen(quick ? [20] : [20, 64], factors)) {
        yield {
          title: `Convergence: ${name}, ${nFactors} factors, λ = ${LOSS.lambda}, ${mostThreads(bench.options)} threads, medians of seeds ${seeds.join(', ')}, at most ${MOST_ITERATIONS} iterations`,
          rows: await measure(bench, folder, nFactors),
          columns: [
            { key: 'accuracy', label: '‖g‖/‖g₀‖', digits: 1 },
            { key: 'alsIterations', label: 'ALS: iterations' },
            { key: 'alsSeconds', label: 's (spread)' },
            { key: 'alsLoss', label: 'loss', digits: 7 },
            { key: 'ncgIterations', label: 'ALS-NCG: iterations' },
            { key: 'ncgSeconds', label: 's (spread)' },
            { key: 'ncgLoss', label: 'loss', digits: 7 },
            { key: 'ratio', label: 'NCG s ÷ ALS s (spread)' },
            { key: 'peakRssMb', label: 'NCG peak MB' },
          ],
        };
      }
    }
  },
};

async function measure(bench: Bench, data: DatasetFolder, nFactors: number): Promise<Row[]> {
  const { seeds, quick } = bench.options;
  const accuracies = quick ? ACCURACIES.slice(0, 2) : ACCURACIES;
  const limits = { iterations: MOST_ITERATIONS, tolerance: Math.min(...accuracies), snapshots: null };
  const descents = new Descents();
  try {
    const bySeed: Record<Algorithm, DescentPoint[]>[] = [];
    for (const seed of seeds) {
      bench.progress(`convergence: ${data.name}, ${nFactors} factors, seed ${seed}`);
      const open = { data: data.path, nFactors, nThreads: mostThreads(bench.options), loss: LOSS, seed } as const;
      bySeed.push(await descents.run({ ...open, solver: 'cholesky' }, () => limits));
    }
    const peakRssMb = await descents.peakRssMb('als-ncg');
    return accuracies.map((accuracy) => ({
      ...{ data: data.name, factors: nFactors, accuracy },
      ...at(accuracy, bySeed),
      peakRssMb,
    }));
  } finally {
    await descents.close();
  }
}

function at(accuracy: number, bySeed: readonly Record<Algorithm, DescentPoint[]>[]): Row {
  const [als, ncg] = ALGORITHMS.map((algorithm) => bySeed.map((points) => firstAt(accuracy, points[algorithm])));
  const isThere = als!.every(({ isReached }) => isReached);
  const ratios = ncg!.map(({ point }, i) => point.seconds / als![i]!.point.seconds);
  return {
    ...figures('als', als!),
    ...figures('ncg', ncg!),
    // Where ALS ran out of iterations, its time is only a lower bound.
    ratio: ncg!.some(({ isReached }) => !isReached)
      ? null
      : isThere
        ? timingOf(ratios)
        : `< ${median(ratios).toFixed(2)}`,
  };
}

/** Where a method ran out of iterations from some seed, there is only what it had spent by then. */
function figures(prefix: string, arrivals: readonly Arrival[]): Row {
  const iterations = median(arrivals.map(({ point }) => point.iteration));
  const seconds = timingOf(arrivals.map(({ point }) => point.seconds));
  const isThere = arrivals.every(({ isReached }) => isReached);
  return {
    [`${prefix}Iterations`]: isThere ? iterations : `> ${iterations}`,
    [`${prefix}Seconds`]: isThere ? seconds : `> ${seconds.median.toFixed(1)}`,
    [`${prefix}Loss`]: median(arrivals.map(({ point }) => point.loss)),
  };
}

interface Arrival {
  point: DescentPoint;
  isReached: boolean;
}

function firstAt(accuracy: number, points: readonly DescentPoint[]): Arrival {
  const point = points.find(({ gradientNorm }) => gradientNorm <= accuracy * points[0]!.gradientNorm);
  return { point: point ?? points.at(-1)!, isReached: point !== undefined };
}
