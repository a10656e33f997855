import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingParameters } from '../../../shared/recommender/training/parameters.ts';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import type { TrainCall } from '../engines/calls.ts';
import { implicitEngine, magpieEngine } from '../engines/engine-process.ts';
import { RankingJudge } from '../ranking-quality.ts';
import { median, timingOf } from '../statistics.ts';
import type { Row } from '../table.ts';
import { RETAIL_SETTINGS, type RetailSettings } from './retail-settings.ts';

/** Of implicit's NDCG@20 after as many iterations as it does by default. */
const SHARE = 0.995;
const IMPLICIT_ITERATIONS = 15;
const MAGPIE_ITERATIONS = 20;
const N_FACTORS = 64;

interface Contestant {
  name: string;
  most: number;
  /** Trains in a process of its own; resolves to its seconds and its peak of memory. */
  train(call: TrainCall): Promise<{ seconds: number; bytes: number }>;
}

/** The first number of iterations after which a contestant is good enough, then whole trainings of that length, in turn. */
export const timeToQuality: Section = {
  name: 'quality-time',
  about: `seconds of training to ${100 * SHARE} % of implicit's final NDCG@20, beside its default CG (needs --peers)`,
  async *run(bench) {
    if (bench.python === null) {
      bench.note('quality-time is left out: its goal is set by implicit, which --peers brings');
      return;
    }
    for (const name of chosen(Object.keys(RETAIL_SETTINGS), bench.options.data)) {
      const settings = RETAIL_SETTINGS[name];
      const folder = settings && (await bench.datasets.get(name));
      if (!settings || !folder) continue;
      yield {
        title: `Time to ${100 * SHARE} % of implicit's NDCG@20 after ${IMPLICIT_ITERATIONS} iterations: ${name}, ${N_FACTORS} factors, ${mostThreads(bench.options)} threads, medians of ${bench.options.seeds.length} seeds × ${bench.options.rounds} rounds`,
        rows: await measure(bench, folder, settings, bench.python),
        columns: [
          { key: 'engine', label: 'engine' },
          { key: 'goal', label: 'NDCG wanted', digits: 4 },
          { key: 'ndcg', label: 'NDCG reached', digits: 4 },
          { key: 'iterations', label: 'iterations' },
          { key: 'seconds', label: 's (spread)' },
          { key: 'ratioToImplicit', label: '÷ implicit to the same' },
          { key: 'ratioToImplicitRun', label: '÷ implicit, all 15' },
          { key: 'finalNdcg', label: 'NDCG at the end', digits: 4 },
          { key: 'peakRssMb', label: 'peak MB' },
        ],
      };
    }
  },
};

function contestants({ magpie, implicit }: RetailSettings, python: string): Contestant[] {
  const ours = (algorithm: TrainingParameters['algorithm']): Contestant => ({
    name: `Magpie, ${algorithm}`,
    most: MAGPIE_ITERATIONS,
    train: async (call) => {
      const engine = magpieEngine();
      try {
        const { lambda, alpha0, nu } = magpie;
        const parameters = { lambda, alpha0, nu, algorithm };
        const { seconds } = await engine.call('train', { ...call, parameters });
        return { seconds, ...(await engine.call('peakRss', {})) };
      } finally {
        await engine.close();
      }
    },
  });
  const theirs: Contestant = {
    name: 'implicit, CG',
    most: IMPLICIT_ITERATIONS,
    train: async (call) => {
      const engine = implicitEngine(python);
      try {
        const { seconds } = await engine.call('train', { ...call, ...implicit, useCg: true });
        return { seconds, ...(await engine.call('peakRss', {})) };
      } finally {
        await engine.close();
      }
    },
  };
  return [theirs, ours('als-ncg'), ours('als')];
}

/** How far a contestant has to train. */
interface Path {
  contestant: Contestant;
  seed: number;
  goal: number;
  /** Null where the goal was not reached. */
  iterations: number | null;
  ndcg: number;
  finalNdcg: number;
}

async function measure(bench: Bench, data: DatasetFolder, settings: RetailSettings, python: string): Promise<Row[]> {
  const entered = contestants(settings, python);
  const paths: Path[] = [];
  for (const seed of bench.options.seeds) {
    let goal: number | null = null;
    for (const contestant of entered) {
      const path = await follow(bench, data, contestant, seed, goal);
      goal ??= path.goal;
      paths.push(path);
    }
  }

  const timed = entered.map(() => ({ seconds: [] as number[], bytes: [] as number[] }));
  const wholeRuns: number[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    for (const { contestant, seed, iterations } of paths) {
      bench.progress(`quality-time: ${data.name}, seed ${seed}, ${contestant.name}, round ${round}`);
      if (contestant.name === entered[0]!.name) {
        const whole = await contestant.train(callOf(bench, data, seed, IMPLICIT_ITERATIONS, null));
        wholeRuns.push(whole.seconds);
      }
      if (iterations === null) continue;
      const { seconds, bytes } = await contestant.train(callOf(bench, data, seed, iterations, null));
      const into = timed[entered.indexOf(contestant)]!;
      into.seconds.push(seconds);
      into.bytes.push(bytes);
    }
  }

  const theirs = timed[0]!.seconds;
  return entered.map((contestant, i) => {
    const own = paths.filter((path) => path.contestant === contestant);
    const { seconds, bytes } = timed[i]!;
    const reached = own.flatMap(({ iterations }) => iterations ?? []);
    return {
      data: data.name,
      engine: contestant.name,
      goal: median(own.map(({ goal }) => goal)),
      ndcg: median(own.map(({ ndcg }) => ndcg)),
      iterations: reached.length === own.length ? median(reached) : null,
      seconds: seconds.length === 0 ? null : timingOf(seconds),
      ratioToImplicit: seconds.length === 0 ? null : median(seconds) / median(theirs),
      ratioToImplicitRun: seconds.length === 0 ? null : median(seconds) / median(wholeRuns),
      finalNdcg: median(own.map(({ finalNdcg }) => finalNdcg)),
      peakRssMb: bytes.length === 0 ? null : Math.round(median(bytes) / 1e6),
    };
  });
}

function callOf(
  { options }: Bench,
  { path }: DatasetFolder,
  seed: number,
  iterations: number,
  snapshots: string | null,
): TrainCall {
  return { data: path, nFactors: N_FACTORS, nThreads: mostThreads(options), iterations, seed, snapshots };
}

/** Without a clock: the quality after each iteration, up to the goal; without a goal, the last one sets it. */
async function follow(
  bench: Bench,
  data: DatasetFolder,
  contestant: Contestant,
  seed: number,
  goal: number | null,
): Promise<Path> {
  const { most, name } = contestant;
  bench.progress(`quality-time: ${data.name}, seed ${seed}, ${name}, quality by iteration`);
  const snapshots = join(bench.scratch, 'snapshots');
  await rm(snapshots, { recursive: true, force: true });
  await contestant.train(callOf(bench, data, seed, most, snapshots));
  const judge = new RankingJudge(data.path);
  const ndcgAfter = (iteration: number): Promise<number> => judge.ndcg(join(snapshots, String(iteration)), N_FACTORS);
  const kept = (await readdir(snapshots)).map(Number).sort((a, b) => a - b);
  const finalNdcg = await ndcgAfter(kept.at(-1)!);
  const wanted = goal ?? SHARE * finalNdcg;
  for (const iterations of kept) {
    const ndcg = await ndcgAfter(iterations);
    if (ndcg >= wanted) return { contestant, seed, goal: wanted, iterations, ndcg, finalNdcg };
  }
  return { contestant, seed, goal: wanted, iterations: null, ndcg: finalNdcg, finalNdcg };
}
