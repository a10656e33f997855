/**
 * The pace that shops see: 50 different comparisons at once, by one worker process and by two that share a Redis. Told
 * from the shops' own request logs, and from when the workers let each request go: the time from one page request to
 * the next, against what their declarations ask. On a busy machine what is sent evenly does not arrive so.
 *
 *   node bench/pacing.ts
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedDemoShops, startDemoShops } from '../demo/demo-shops.ts';
import { readConfig } from '../server/config.ts';
import { openContext } from '../server/context.ts';
import { writeRunningShops } from '../server/shops/running-shops.ts';
import { startRedis } from '../server/testing/start-redis.ts';
import type { SentRequest } from './pacing/worker.ts';

const N_COMPARISONS = 50;
/** What the fetcher keeps where a declaration names no pace. */
const DEFAULT_MIN_DELAY_MS = 1000;
const WORDS = [
  'headphones',
  'lamp',
  'kettle',
  'board game',
  'shoes',
  'backpack',
  'tent',
  'speaker',
  'blender',
  'watch',
];
const COLOURS = ['black', 'blue', 'green', 'red', 'white'];
const queries = COLOURS.flatMap((colour) => WORDS.map((word) => `${colour} ${word}`)).slice(0, N_COMPARISONS);

for (const nWorkers of [1, 2]) await measure(nWorkers);

async function measure(nWorkers: number): Promise<void> {
  const shops = await startDemoShops({ basePort: 0 });
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), 'magpie-pacing-'));
  const declarations = new Map(shops.shops.map(({ id, declaration }) => [id, declaration]));
  const environmentOf = async (name: string) => {
    const dataDir = join(folder, name);
    await writeRunningShops(dataDir, declarations);
    return { MAGPIE_DATA_DIR: dataDir, REDIS_URL: redis.url };
  };
  const workers = await Promise.all(
    Array.from({ length: nWorkers }, async (_, n) => {
      const env = { ...process.env, ...(await environmentOf(`worker-${n}`)) };
      const worker = fork(new URL('./pacing/worker.ts', import.meta.url), [String(N_COMPARISONS / nWorkers)], { env });
      await once(worker, 'message');
      return worker;
    }),
  );
  const asking = await openContext(readConfig(await environmentOf('asking')));
  const comparisons = await Promise.all(queries.map((query) => asking.comparisons.refresh(query, 'EUR')));

  const nOffers = comparisons.reduce((sum, { offers }) => sum + offers.length, 0);
  console.log(
    `${nWorkers} worker process${nWorkers > 1 ? 'es' : ''}: ${comparisons.length} comparisons, ${nOffers} offers`,
  );
  const sent = await Promise.all(
    workers.map(async (worker) => {
      worker.send('what have you sent?');
      const [requests] = await once(worker, 'message');
      return requests as SentRequest[];
    }),
  );
  tellPace(shops, sent.flat());
  for (const worker of workers) {
    worker.disconnect();
    await once(worker, 'exit');
  }
  await asking.close();
  await redis.stop();
  await shops.close();
  await rm(folder, { recursive: true });
}

function tellPace({ shops, requests }: StartedDemoShops, sent: readonly SentRequest[]): void {
  for (const { id, origin, declaration } of shops) {
    const arrived = requests(id).map(({ path, at }) => ({ path, atMs: at }));
    const left = sent.filter((request) => request.origin === origin).sort((a, b) => a.atMs - b.atMs);
    const declared = String(declaration.pace.min_delay_ms ?? DEFAULT_MIN_DELAY_MS).padStart(4);
    const counted = `${String(arrived.filter(isPage).length).padStart(4)} requests`;
    console.log(`  ${id.padEnd(16)} declared ${declared} ms  ${counted}  sent ${gaps(left)}  arrived ${gaps(arrived)}`);
  }
}

function isPage({ path }: { path: string }): boolean {
  return path !== '/robots.txt';
}

/** A request that comes late on a busy machine makes one gap longer and the next one shorter: the mean tells the pace. */
function gaps(requests: readonly { path: string; atMs: number }[]): string {
  const at = requests.filter(isPage).map(({ atMs }) => atMs);
  const sorted = at
    .slice(1)
    .map((time, n) => time - (at[n] ?? 0))
    .sort((a, b) => a - b);
  const ms = (value: number | undefined) => String(Math.round(value ?? Number.NaN)).padStart(5);
  const share = (of: number) => ms(sorted[Math.floor(of * (sorted.length - 1))]);
  const mean = ms(((at.at(-1) ?? 0) - (at[0] ?? 0)) / sorted.length);
  return `mean ${mean} median ${share(0.5)} least ${share(0)} ms`;
}
