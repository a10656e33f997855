import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantile } from '../recommender/statistics.ts';
import { load } from './load.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const N_ROWS = 1_000_000;
const N_USERS = 50_000;
const N_ITEMS = 20_000;
/** On a machine that others use too, work of the lowest priority may take for ever. */
const MAX_BESIDE_MS = 60_000;

export type Work = 'import' | 'train';

interface Asked {
  url: string;
  pathOf(n: number): string;
}

/**
 * How long answers take while an import of a million events, or a training on as many, runs in a process of its own, as an
 * operator starts it. Each route is asked in turn, by a quarter of the connections, until the work has ended or for a minute.
 */
export async function measureBeside(
  work: Work,
  routes: Record<string, Asked>,
  { dataDir, seconds, headers }: { dataDir: string; seconds: number; headers: Record<string, string> },
): Promise<void> {
  const path = join(dataDir, 'million.csv');
  await writeRatings(path);
  const alone = await latencies(routes, { seconds, headers }, 3);
  const commands = {
    import: ['import', 'events', 'movielens', path],
    train: ['train', '--ratings', path, '--out', join(dataDir, 'of-the-benchmark.safetensors')],
  };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [CLI, ...commands[work]], {
    env: { ...process.env, MAGPIE_DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const elapsedMs = () => performance.now() - startedAt;
  const isOver = () => child.exitCode !== null || elapsedMs() > MAX_BESIDE_MS;
  const beside = await latencies(routes, { seconds, headers }, Number.POSITIVE_INFINITY, isOver);
  const isCut = child.exitCode === null;
  if (isCut) child.kill('SIGKILL');
  const [code] = (await ended) as [number | null];
  if (!isCut && code !== 0) throw new Error(`magpie ${work} ended with ${code}`);
  const took = (elapsedMs() / 1000).toFixed(0);
  console.log(`magpie ${work} with ${N_ROWS} rows ${isCut ? 'was cut off after' : 'took'} ${took} s\n`);
  console.log('ms                        p50 alone   beside    p99 alone   beside');
  for (const [name, tookMs] of beside) {
    const before = alone.get(name) ?? [];
    const cells = [quantile(before, 0.5), quantile(tookMs, 0.5), quantile(before, 0.99), quantile(tookMs, 0.99)];
    console.log(`${name.padEnd(24)}${cells.map((ms) => ms.toFixed(1).padStart(11)).join('')}`);
  }
}

/** Sorted, by route. */
async function latencies(
  routes: Record<string, Asked>,
  { seconds, headers }: { seconds: number; headers: Record<string, string> },
  nRounds: number,
  isOver: () => boolean = () => false,
): Promise<Map<string, number[]>> {
  const byRoute = new Map<string, number[]>();
  for (let round = 0; round < nRounds && !isOver(); round += 1) {
    for (const [name, { url, pathOf }] of Object.entries(routes)) {
      if (round > 0 && isOver()) break;
      const { tookMs } = await load(url, { nConnections: 4, seconds, headers }, pathOf);
      byRoute.set(name, [...(byRoute.get(name) ?? []), ...tookMs]);
    }
  }
  return new Map([...byRoute].map(([name, tookMs]) => [name, tookMs.toSorted((a, b) => a - b)]));
}

async function writeRatings(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('user_id,item_id,rating\n');
  for (let n = 0; n < N_ROWS; n += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const at = n + i;
      return `bench-${(at * 7919) % N_USERS},bench-${(at * 104729) % N_ITEMS},${1 + (at % 5)}\n`;
    });
    if (!file.write(rows.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
