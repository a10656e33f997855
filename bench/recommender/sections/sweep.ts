import { join } from 'node:path';
import type { RowSolverName } from '../../../shared/recommender/training/compute-backend.ts';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import type { LossSpec, MagpieCalls } from '../engines/calls.ts';
import {
  type AnyEngine,
  implicitEngine,
  type MagpieEngine,
  magpieEngine,
  webGpuEngine,
} from '../engines/engine-process.ts';
import { median, timingOf } from '../statistics.ts';
import type { Row, Table } from '../table.ts';

const FACTORS = [20, 64, 128];
/** Rounds in which the other passes are timed as well. */
const PASS_ROUNDS = 2;
const EXPLICIT: LossSpec = { name: 'explicit', lambda: 0.1 };
/** The loss that `implicit` has, so that both sides do the same sums. */
const IMPLICIT: LossSpec = { name: 'hu', lambda: 1, alpha: 1 };

interface Contestant {
  name: string;
  nThreads: number;
  solver: RowSolverName;
  engine: AnyEngine;
  magpie: MagpieEngine | null;
  seconds: number[];
  passes: ReturnType<MagpieCalls['passes']>[];
}

/** Seconds per sweep, by backend, solver, data and factors, all contestants in turn from one start. */
export const sweep: Section = {
  name: 'sweep',
  about: "seconds per ALS sweep by backend, solver, data and factors, beside implicit's iteration",
  async *run(bench) {
    const own = ['ml-100k', 'ml-1m-shape', ...(bench.options.large ? ['ml-20m-shape'] : [])];
    for (const name of chosen(own, bench.options.data)) {
      const folder = await bench.datasets.get(name);
      if (folder === null) continue;
      const rows: Row[] = [];
      for (const loss of [EXPLICIT, IMPLICIT]) {
        for (const nFactors of chosen(bench.options.quick ? [20] : FACTORS, bench.options.factors)) {
          rows.push(...(await measure(bench, folder, loss, nFactors)));
        }
      }
      yield tableOf(folder, rows);
    }
  },
};

async function measure(bench: Bench, data: DatasetFolder, loss: LossSpec, nFactors: number): Promise<Row[]> {
  const contestants = enter(bench, loss);
  try {
    const start = join(bench.scratch, 'start');
    for (const [i, contestant] of contestants.entries()) {
      const { engine, nThreads, solver } = contestant;
      const opened = await engine.call('open', { data: data.path, nFactors, nThreads, loss, solver, seed: 1 });
      contestant.name = `${opened.engine}, ${solver}`;
      if (i === 0) await engine.call('save', { factors: start });
      else await engine.call('load', { factors: start });
    }
    // The first round is for the compiler and the caches.
    for (let round = 0; round <= bench.options.rounds; round++) {
      bench.progress(
        `sweep: ${data.name}, ${loss.name}, ${nFactors} factors, round ${round} of ${bench.options.rounds}`,
      );
      for (const { engine, magpie, seconds, passes } of contestants) {
        const timed = await engine.call('sweep', {});
        if (round > 0) seconds.push(timed.seconds);
        if (magpie !== null && round > 0 && round <= PASS_ROUNDS) passes.push(await magpie.call('passes', {}));
      }
    }
    return await rowsOf(bench, data, loss, nFactors, contestants);
  } finally {
    for (const { engine } of contestants) await engine.close();
  }
}

/** Magpie first: it makes the start, and judges `implicit`'s factors. */
function enter({ options, python, adapter }: Bench, loss: LossSpec): Contestant[] {
  const entry = (engine: AnyEngine, magpie: MagpieEngine | null, nThreads: number, solver: RowSolverName) => {
    return { name: '', nThreads, solver, engine, magpie, seconds: [], passes: [] };
  };
  const magpie = (engine: MagpieEngine, nThreads: number, solver: RowSolverName): Contestant =>
    entry(engine, engine, nThreads, solver);
  const most = mostThreads(options);
  return [
    ...options.threads.map((nThreads) => magpie(magpieEngine(), nThreads, 'cholesky')),
    ...(adapter === null ? [] : [magpie(webGpuEngine(options.software), 1, 'cholesky')]),
    ...(python === null || loss.name !== 'hu' ? [] : [entry(implicitEngine(python), null, most, 'cholesky')]),
    ...(loss.name === 'hu' ? [magpie(magpieEngine(), most, 'cg')] : []),
    ...(python === null || loss.name !== 'hu' ? [] : [entry(implicitEngine(python), null, most, 'cg')]),
  ];
}

async function rowsOf(
  bench: Bench,
  { name, nnz }: DatasetFolder,
  loss: LossSpec,
  nFactors: number,
  contestants: readonly Contestant[],
): Promise<Row[]> {
  const judge = contestants[0]!.magpie!;
  const peerOf = (solver: RowSolverName) =>
    contestants.find((other) => other.magpie === null && other.solver === solver);
  const rows: Row[] = [];
  for (const { name: engine, engine: process, magpie, solver, seconds, passes } of contestants) {
    const peer = peerOf(solver);
    const { bytes } = await process.call('peakRss', {});
    if (magpie === null) {
      const reached = join(bench.scratch, 'reached');
      await process.call('save', { factors: reached });
      await judge.call('load', { factors: reached });
    }
    const medianPass = (pick: (pass: (typeof passes)[number]) => number): number | null =>
      passes.length === 0 ? null : median(passes.map(pick));
    rows.push({
      data: name,
      feedback: loss.name === 'explicit' ? 'explicit' : 'implicit',
      factors: nFactors,
      engine,
      sweepSeconds: timingOf(seconds),
      ratingsPerSecond: Math.round((2 * nnz) / median(seconds)),
      sweepAndGradientSeconds: medianPass((pass) => pass.sweepAndGradient),
      gradientSeconds: medianPass((pass) => pass.gradient),
      lineSearchSeconds: medianPass((pass) => pass.lineSearch),
      ratioToImplicit: peer && magpie ? median(seconds) / median(peer.seconds) : null,
      loss: (await (magpie ?? judge).call('loss', {})).loss,
      peakRssMb: Math.round(bytes / 1e6),
    });
  }
  return rows;
}

function tableOf({ name, nUsers, nItems, nnz }: DatasetFolder, rows: readonly Row[]): Table {
  return {
    title: `Sweeps: ${name}, ${nUsers} × ${nItems}, ${nnz} ratings`,
    rows,
    columns: [
      { key: 'feedback', label: 'feedback' },
      { key: 'factors', label: 'f' },
      { key: 'engine', label: 'engine' },
      { key: 'sweepSeconds', label: 's/sweep (spread)' },
      { key: 'ratingsPerSecond', label: 'ratings/s' },
      { key: 'sweepAndGradientSeconds', label: '+ gradient' },
      { key: 'gradientSeconds', label: 'gradient' },
      { key: 'lineSearchSeconds', label: 'line search' },
      { key: 'ratioToImplicit', label: '÷ implicit' },
      { key: 'loss', label: 'loss reached', digits: 8 },
      { key: 'peakRssMb', label: 'peak MB' },
    ],
  };
}
