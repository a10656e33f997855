import { join } from 'node:path';
import { type Bench, chosen, mostThreads, type Section } from '../bench.ts';
import type { DatasetFolder } from '../dataset-folder.ts';
import type { LossSpec } from '../engines/calls.ts';
import { type AnyEngine, implicitEngine, magpieEngine } from '../engines/engine-process.ts';
import { median, quantile, timingOf } from '../statistics.ts';
import type { Row } from '../table.ts';

const N_FACTORS = 64;
const N = 10;
const NEW_USERS = 200;
/** Users whose lists are compared between the sides. */
const COMPARED_USERS = 1000;
const TRAINING_SWEEPS = 10;

const IALS: LossSpec = { name: 'ials', lambda: 0.01, alpha0: 0.1, nu: 1 };
const LOSSES: readonly LossSpec[] = [IALS, { name: 'explicit', lambda: 0.05 }];
const GOWALLA: LossSpec = { name: 'ials', lambda: 0.004, alpha0: 0.01, nu: 1 };

/** Top 10 with seen items excluded, on trained factors that both sides read from the same files. */
export const topK: Section = {
  name: 'top-k',
  about: 'users per second of top 10 with seen items excluded, and the latency of one new user',
  async *run(bench) {
    for (const name of chosen(['ml-2m-shape', 'gowalla'], bench.options.data)) {
      const folder = await bench.datasets.get(name);
      if (folder === null) continue;
      const rows: Row[] = [];
      for (const loss of name === 'gowalla' ? [GOWALLA] : LOSSES) rows.push(...(await measure(bench, folder, loss)));
      yield {
        title: `Top ${N} without seen items: ${name}, ${folder.nItems} items, ${N_FACTORS} factors after ${TRAINING_SWEEPS} sweeps`,
        rows,
        columns: [
          { key: 'feedback', label: 'trained on' },
          { key: 'engine', label: 'engine' },
          { key: 'usersPerSecond', label: 'users/s (spread)' },
          { key: 'ratioToImplicit', label: '÷ implicit' },
          { key: 'newUserMs', label: 'fold-in + top 10, ms' },
          { key: 'newUserMs95', label: '95 % within, ms' },
          { key: 'sameItems', label: 'same items, %', digits: 5 },
          { key: 'peakRssMb', label: 'peak MB' },
        ],
      };
    }
  },
};

interface Contestant {
  name: string;
  engine: AnyEngine;
  usersPerSecond: number[];
  ms: number[];
  items: number[];
}

async function measure(bench: Bench, data: DatasetFolder, loss: LossSpec): Promise<Row[]> {
  const { options, python } = bench;
  const factors = join(bench.scratch, `trained-${data.name}-${loss.name}`);
  bench.progress(`top-k: ${data.name}, training for ${loss.name} factors`);
  await train(data, loss, mostThreads(options), factors);
  const enter = (engine: AnyEngine): Contestant => ({ name: '', engine, usersPerSecond: [], ms: [], items: [] });
  const contestants = [enter(magpieEngine()), ...(python === null ? [] : [enter(implicitEngine(python))])];
  const nUsers = Math.min(data.nUsers, options.quick ? 1024 : 8192);
  const nShown = Math.min(nUsers, COMPARED_USERS);
  try {
    for (const contestant of contestants) {
      const call = { data: data.path, factors, nFactors: N_FACTORS, nThreads: mostThreads(options), loss };
      contestant.name = (await contestant.engine.call('loadModel', call)).engine;
    }
    // The first round is for the compiler and the caches.
    for (let round = 0; round <= options.rounds; round++) {
      bench.progress(`top-k: ${data.name}, ${loss.name}, round ${round} of ${options.rounds}`);
      for (const contestant of contestants) {
        const { engine, usersPerSecond, ms } = contestant;
        const { seconds, items } = await engine.call('recommend', { nUsers, n: N, nShown });
        const latency = await engine.call('recommendNew', { nUsers: Math.min(NEW_USERS, data.nUsers), n: N });
        contestant.items = items;
        if (round === 0) continue;
        usersPerSecond.push(nUsers / seconds);
        ms.push(...latency.ms);
      }
    }
    const [magpie, peer] = contestants as [Contestant, Contestant?];
    return await Promise.all(
      contestants.map(async ({ name, engine, usersPerSecond, ms, items }) => {
        const sorted = ms.toSorted((a, b) => a - b);
        return {
          data: data.name,
          feedback: loss.name === 'explicit' ? 'explicit' : 'implicit',
          engine: name,
          usersPerSecond: timingOf(usersPerSecond),
          ratioToImplicit: peer ? median(usersPerSecond) / median(peer.usersPerSecond) : null,
          newUserMs: quantile(sorted, 0.5),
          newUserMs95: quantile(sorted, 0.95),
          sameItems: peer ? sharePercent(items, magpie.items) : null,
          peakRssMb: Math.round((await engine.call('peakRss', {})).bytes / 1e6),
        };
      }),
    );
  } finally {
    for (const { engine } of contestants) await engine.close();
  }
}

async function train(data: DatasetFolder, loss: LossSpec, nThreads: number, factors: string): Promise<void> {
  const engine = magpieEngine();
  try {
    await engine.call('open', { data: data.path, nFactors: N_FACTORS, nThreads, loss, solver: 'cholesky', seed: 1 });
    for (let sweep = 0; sweep < TRAINING_SWEEPS; sweep++) await engine.call('sweep', {});
    await engine.call('save', { factors });
  } finally {
    await engine.close();
  }
}

/** How many of the places of one list of lists hold the same item in the other. */
function sharePercent(items: readonly number[], others: readonly number[]): number {
  return (100 * items.filter((item, i) => item === others[i]).length) / items.length;
}
