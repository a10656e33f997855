/**
 * How fast the API answers, beside peers that stand behind the same middleware, in the same run:
 *
 *   node bench/serving.ts [--seconds 2] [--rounds 3] [--json]
 *   node bench/serving.ts --beside import|train
 *
 * A whole server with the demo's data runs in a process of its own; 16 connections ask it from this one. Each route is
 * asked in turn, round by round, and the medians are shown. The CPU is the server's, all threads: on a shared machine it
 * says more than requests per second. `--beside` shows how long answers take while an import or a training runs.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './recommender/statistics.ts';
import { measureBeside, type Work } from './serving/beside.ts';
import { load } from './serving/load.ts';
import type { Answer, Question } from './serving/server.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    beside: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const nRounds = Number(values.rounds);
const N_CONNECTIONS = 16;
const N_SHOPPERS = 1000;
const N_EVENTS = 4000;
const BROWSER = { 'accept-encoding': 'gzip, deflate, br' };

interface Figures {
  perSecond: number[];
  cpuMicros: number[];
  p99Ms: number[];
}

const dataDir = await mkdtemp(join(tmpdir(), 'magpie-serving-'));
const server = fork(new URL('./serving/server.ts', import.meta.url), {
  env: { ...process.env, MAGPIE_DATA_DIR: dataDir, MAGPIE_RATES_URL: 'none', MAGPIE_LOG: 'json' },
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
try {
  const [{ url, bareUrl }] = (await once(server, 'message')) as [{ url: string; bareUrl: string }];
  const routes = routesOf(url, bareUrl);
  await warmUp(url);
  if (values.beside === undefined) await measure(routes);
  else await measureBeside(values.beside as Work, served(routes), { dataDir, seconds, headers: BROWSER });
} finally {
  server.kill();
  await rm(dataDir, { recursive: true, force: true });
}

async function ask(question: Question): Promise<Answer> {
  server.send(question);
  return ((await once(server, 'message')) as [Answer])[0];
}

type Routes = Record<string, { url: string; pathOf(n: number): string }>;

function routesOf(url: string, bareUrl: string): Routes {
  const shopper = (n: number) => String(1 + (n % N_SHOPPERS));
  return {
    'a bare Hono route': { url: bareUrl, pathOf: () => '/' },
    'an empty route': { url, pathOf: () => '/bench/empty' },
    'GET /healthz': { url, pathOf: () => '/healthz' },
    'the same bytes': { url, pathOf: () => '/bench/bytes' },
    'a cached comparison': { url, pathOf: () => '/compare_price?product=headphones' },
    'fold-in and top 10': { url, pathOf: (n) => `/bench/picks?user_id=${shopper(n)}` },
    'GET /recommendations': { url, pathOf: (n) => `/recommendations?user_id=${shopper(n)}` },
    'GET /products?query=': { url, pathOf: () => '/products?query=lamp' },
  };
}

/** Those of the API itself. */
function served(routes: Routes): Routes {
  const own = ['GET /healthz', 'a cached comparison', 'GET /recommendations', 'GET /products?query='];
  return Object.fromEntries(own.map((name) => [name, routes[name]!]));
}

/** Each shopper is asked for once, so that their events are in memory, as the peer's are. */
async function warmUp(url: string): Promise<void> {
  await keepBytesOfComparison(url);
  for (let n = 1; n <= N_SHOPPERS; n += 1) {
    await (await fetch(`${url}/recommendations?user_id=${n}`)).arrayBuffer();
    await (await fetch(`${url}/bench/picks?user_id=${n}`)).arrayBuffer();
  }
}

async function measure(routes: Routes): Promise<void> {
  const figures = new Map<string, Figures>();
  const grouped: number[] = [];
  const single: number[] = [];
  for (let round = 0; round <= nRounds; round += 1) {
    for (const [name, { url: base, pathOf }] of Object.entries(routes)) {
      const before = await ask({ ask: 'cpu' });
      const {
        tookMs,
        statuses,
        seconds: took,
      } = await load(base, { nConnections: N_CONNECTIONS, seconds, headers: BROWSER }, pathOf);
      const { cpuSeconds } = await ask({ ask: 'cpu' });
      const nOk = statuses.get(200) ?? 0;
      if (nOk !== tookMs.length) throw new Error(`${name} was answered ${JSON.stringify([...statuses])}`);
      if (round === 0) continue; // compiled and cached by now
      const kept = figures.get(name) ?? { perSecond: [], cpuMicros: [], p99Ms: [] };
      kept.perSecond.push(nOk / took);
      kept.cpuMicros.push((1e6 * (cpuSeconds - before.cpuSeconds)) / nOk);
      kept.p99Ms.push(tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? Number.NaN);
      figures.set(name, kept);
    }
    grouped.push(N_EVENTS / (await ask({ ask: 'events', nEvents: N_EVENTS, nClients: 64 })).seconds);
    single.push(N_EVENTS / 8 / (await ask({ ask: 'events', nEvents: N_EVENTS / 8, nClients: 1 })).seconds);
  }
  const cpuOf = (name: string): number => median(figures.get(name)?.cpuMicros ?? []);
  if (values.json) {
    const rows = [...figures].map(([route, { perSecond, cpuMicros, p99Ms }]) => ({
      ...{ route, requests_per_s: median(perSecond), cpu_micros: median(cpuMicros), p99_ms: median(p99Ms) },
    }));
    console.log(JSON.stringify({ rows, events_64: median(grouped), events_1: median(single) }));
    return;
  }
  console.log(`${N_CONNECTIONS} connections, medians of ${nRounds} rounds of ${seconds} s\n`);
  console.log('                          requests/s   CPU µs each   p99 ms');
  for (const [name, { perSecond, p99Ms }] of figures) {
    console.log(
      `${name.padEnd(24)}${median(perSecond).toFixed(0).padStart(12)}${cpuOf(name).toFixed(0).padStart(14)}${median(p99Ms).toFixed(1).padStart(9)}`,
    );
  }
  const ratio = (value: number, wanted: string) => `${value.toFixed(2)} (wanted: ${wanted})`;
  const bare = cpuOf('a bare Hono route');
  console.log(
    `\nby CPU: health ÷ empty route              ${ratio(cpuOf('an empty route') / cpuOf('GET /healthz'), '≥ 0.9')}`,
  );
  console.log(
    `cached comparison ÷ the same bytes        ${ratio(cpuOf('the same bytes') / cpuOf('a cached comparison'), '≥ 0.7')}`,
  );
  console.log(
    `recommendations ÷ fold-in and top 10      ${ratio(cpuOf('fold-in and top 10') / cpuOf('GET /recommendations'), '≥ 0.7')}`,
  );
  console.log(`middleware ÷ a bare route                 ${ratio((cpuOf('an empty route') - bare) / bare, '≤ 0.5')}`);
  console.log(`events of 64 clients ÷ one at a time      ${ratio(median(grouped) / median(single), '≥ 8')}`);
  console.log(`(${median(grouped).toFixed(0)} and ${median(single).toFixed(0)} events/s)`);
}

/** The peer of a cached comparison sends what the server itself sends for one. */
async function keepBytesOfComparison(url: string): Promise<void> {
  const comparison = `${url}/compare_price?product=headphones`;
  await (await fetch(comparison)).text();
  const { lastBody } = await load(url, { nConnections: 1, seconds: 0.2 }, () => '/compare_price?product=headphones');
  const { gzipSync } = await import('node:zlib');
  const text = lastBody.subarray(lastBody.indexOf('{'), lastBody.lastIndexOf('}') + 1);
  const { status } = await fetch(`${url}/bench/bytes`, {
    method: 'PUT',
    headers: { 'x-encoding': 'gzip', 'content-type': 'application/json' },
    body: gzipSync(text),
  });
  if (status !== 200) throw new Error(`the peer was answered ${status}`);
}
