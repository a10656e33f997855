import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import type { DescentPoint, LossSpec } from '../engines/calls.ts';
import { type MagpieEngine, magpieEngine } from '../engines/engine-process.ts';
import { median, timingOf } from '../statistics.ts';
import type { Row } from '../table.ts';

const N_FACTORS = [64];
const LOSS: LossSpec = { name: 'explicit', lambda: 0.1 };
/** Sweeps of the largest take a quarter of a minute each. */
const MOST_ROUNDS = 3;

/** How time and memory grow with the ratings, up to MovieLens 20M's. */
export const growth: Section = {
  name: 'growth',
  about: 'seconds per sweep and peak memory at 1M, 5M and, with --large, 20M ratings',
  async *run(bench) {
    const own = ['ml-1m-shape', 'ml-5m-shape', ...(bench.options.large ? ['ml-20m-shape'] : [])];
    for (const nFactors of chosen(N_FACTORS, bench.options.factors)) {
      const rows: Row[] = [];
      for (const name of chosen(own, bench.options.data)) {
        const folder = await bench.datasets.get(name);
        if (folder !== null) rows.push(await measure(bench, folder, nFactors));
      }
      yield {
        title: `Growth: explicit feedback, ${nFactors} factors, threads (${mostThreads(bench.options)})`,
        rows,
        columns: [
          { key: 'data', label: 'data' },
          { key: 'users', label: 'users' },
          { key: 'items', label: 'items' },
          { key: 'ratings', label: 'ratings' },
          { key: 'sweepSeconds', label: 's/sweep (spread)' },
          { key: 'ratingsPerSecond', label: 'ratings/s' },
          { key: 'microsecondsPerRating', label: 'µs/rating' },
          { key: 'iterationSeconds', label: 's/ALS-NCG iteration' },
          { key: 'loss', label: 'loss reached', digits: 8 },
          { key: 'peakRssMb', label: 'peak MB' },
        ],
      };
    }
  },
};

async function measure({ options, progress }: Bench, data: DatasetFolder, nFactors: number): Promise<Row> {
  const engine = magpieEngine();
  try {
    const open = { data: data.path, nFactors, nThreads: mostThreads(options), loss: LOSS } as const;
    await engine.call('open', { ...open, solver: 'cholesky', seed: 1 });
    const seconds: number[] = [];
    const rounds = Math.min(options.rounds, MOST_ROUNDS);
    // The first sweep is for the compiler.
    for (let round = 0; round <= rounds; round++) {
      progress(`growth: ${data.name}, sweep ${round} of ${rounds}`);
      const timed = await engine.call('sweep', {});
      if (round > 0) seconds.push(timed.seconds);
    }
    progress(`growth: ${data.name}, ALS-NCG`);
    const limits = { iterations: 2, tolerance: 0, snapshots: null };
    await engine.call('descend', { algorithm: 'als-ncg', ...limits });
    const points: DescentPoint[] = [];
    for (let next = await nextPoint(engine); next !== null; next = await nextPoint(engine)) points.push(next);
    return {
      data: data.name,
      users: data.nUsers,
      items: data.nItems,
      ratings: data.nnz,
      factors: nFactors,
      sweepSeconds: timingOf(seconds),
      ratingsPerSecond: Math.round((2 * data.nnz) / median(seconds)),
      microsecondsPerRating: (1e6 * median(seconds)) / data.nnz,
      // The last point costs no sweep: the one before is a whole iteration from the start.
      iterationSeconds: points[1]!.seconds - points[0]!.seconds,
      loss: points.at(-1)!.loss,
      peakRssMb: Math.round((await engine.call('peakRss', {})).bytes / 1e6),
    };
  } finally {
    await engine.close();
  }
}

async function nextPoint(engine: MagpieEngine): Promise<DescentPoint | null> {
  return (await engine.call('nextPoint', {})).point;
}
