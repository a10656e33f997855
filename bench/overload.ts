/**
 * What a client at 127.0.0.1 notices while another one, at 127.0.0.2, asks for 300 comparisons a second, each of another
 * product: how long cached comparisons take, and how many fail.
 *
 *   node bench/overload.ts [--seconds 60] [--rate 300]
 *
 * A whole server with its demo shops runs in a process of its own, on embedded defaults; the flood comes from a thread, so
 * that it does not delay the clock of what is measured. Ends with 1 where the goal is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { comparisonSchema } from '../shared/api/comparison.ts';
import { type Answer, ask } from './overload/ask.ts';
import type { FloodTask } from './overload/flood.ts';

const GOAL_P99_MS = 100;
const QUERIES = ['headphones', 'kettle', 'espresso', 'lamp', 'backpack', 'keyboard', 'blender', 'tent'];
const PROBES_PER_SECOND = 50;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '300' } },
});
const seconds = Number(values.seconds);

const dataDir = await mkdtemp(join(tmpdir(), 'magpie-overload-'));
const cli = fileURLToPath(new URL('../server/cli.ts', import.meta.url));
const server = spawn(process.execPath, [cli, 'serve', '--json'], {
  env: { ...process.env, PORT: '0', HOST: '127.0.0.1', MAGPIE_DATA_DIR: dataDir },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  process.exitCode = (await measure(await readyUrl())) ? 0 : 1;
} finally {
  server.kill();
  await once(server, 'exit');
  await rm(dataDir, { recursive: true });
}

async function readyUrl(): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const said = JSON.parse(line) as { event: string; url?: string };
    if (said.event === 'ready' && said.url !== undefined) return said.url;
  }
  throw new Error('the server ended before it was ready');
}

async function measure(url: string): Promise<boolean> {
  const agent = new Agent({ keepAlive: true, localAddress: '127.0.0.1' });
  const probe = (query: string) => ask(`${url}/compare_price?product=${query}`, agent);
  for (const query of QUERIES) {
    const { status } = await probe(query);
    if (status !== 200) throw new Error(`"${query}" could not be compared before the flood: ${status}`);
  }
  report('before', await probing(probe, Math.min(5, seconds)));

  const task: FloodTask = { url, from: '127.0.0.2', perSecond: Number(values.rate), seconds };
  const flood = new Worker(new URL('./overload/flood.ts', import.meta.url), { workerData: task });
  const flooded = once(flood, 'message');
  const answers = await probing(probe, seconds);
  const [statuses] = (await flooded) as [Record<string, number>];
  agent.destroy();
  console.log(`flood: ${task.perSecond} a second for ${seconds} s, answered ${JSON.stringify(statuses)}`);
  const { p99Ms, nFailures } = report('during', answers);
  return p99Ms <= GOAL_P99_MS && nFailures === 0;
}

/** Asks at a fixed rate, whether earlier answers are there or not. */
async function probing(probe: (query: string) => Promise<Answer>, forSeconds: number): Promise<Answer[]> {
  const startedAtMs = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let n = 0; n < forSeconds * PROBES_PER_SECOND; n += 1) {
    await sleep(Math.max(0, startedAtMs + (n * 1000) / PROBES_PER_SECOND - performance.now()));
    answers.push(probe(QUERIES[n % QUERIES.length]!));
  }
  return Promise.all(answers);
}

function report(when: string, answers: Answer[]): { p99Ms: number; nFailures: number } {
  const isCached = ({ status, body }: Answer) =>
    status === 200 && ['hit', 'stale'].includes(comparisonSchema.parse(JSON.parse(body)).cache);
  const nFailures = answers.filter((answer) => !isCached(answer)).length;
  const sortedMs = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const at = (share: number) => sortedMs[Math.min(sortedMs.length - 1, Math.floor(share * sortedMs.length))] ?? 0;
  console.log(
    `${when}: ${answers.length} cached comparisons, p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, ` +
      `longest ${at(1).toFixed(1)} ms, ${nFailures} failures`,
  );
  return { p99Ms: at(0.99), nFailures };
}
