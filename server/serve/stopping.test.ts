import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { comparisonSchema } from '../../shared/api/comparison.ts';
import { acceptedJobSchema } from '../../shared/api/jobs.ts';
import { problemSchema } from '../../shared/api/problem.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';
import { freePort } from '../testing/service-process.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';

/** How long `docker stop` waits by default before it kills. */
const KILLED_AFTER_MS = 10_000;

/** Settings that the API's process and the worker's share. */
const SERVICES: { name: string; roles: string[]; environment(): Promise<Record<string, string>> }[] = [
  { name: 'one process on embedded defaults', roles: ['all'], environment: async () => ({}) },
  {
    name: 'API and worker on Redis and Postgres',
    roles: ['api', 'worker'],
    environment: async () => ({ REDIS_URL: await testRedisUrl(), DATABASE_URL: await testDatabaseUrl() }),
  },
];

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A shop that never answers a search, or after `delayMs`. */
async function slowShop(delayMs: number | null): Promise<LoopbackShop> {
  const shop = await startLoopbackShop({
    id: 'slow',
    products: [{ name: 'Copper kettle', price: '49.90' }],
    instead: (request, response) => {
      if (delayMs === null) return true;
      setTimeout(
        () => response.end('<ul><li class="card"><a href="/p/0">Copper kettle</a> <b>49.90 EUR</b></li></ul>'),
        delayMs,
      );
      return request.url !== undefined;
    },
  });
  open.push(() => shop.close());
  return shop;
}

/** Real processes, one per role, that know this one shop. */
async function startServers(
  shop: LoopbackShop,
  { roles, environment }: (typeof SERVICES)[number],
): Promise<{ url: string; stop(): Promise<unknown[]> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-stopping-'));
  open.push(() => rm(dataDir, { recursive: true }));
  await mkdir(join(dataDir, 'shops'));
  await writeFile(join(dataDir, 'shops/slow.json'), JSON.stringify(declarationOf(shop, { timeout_ms: 60_000 })));
  const port = await freePort();
  const env = {
    ...process.env,
    ...(await environment()),
    PORT: String(port),
    MAGPIE_DATA_DIR: dataDir,
    MAGPIE_ALLOWED_ORIGINS: shop.origin,
  };
  const processes: ChildProcess[] = [];
  for (const role of roles) {
    const child = spawn(process.execPath, ['server/cli.ts', 'serve', '--no-demo', '--json', '--role', role], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    processes.push(child);
    open.push(() => kill(child));
    for await (const chunk of child.stdout) if (String(chunk).includes('"ready"')) break;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => Promise.all(processes.map(stopAsDockerDoes)),
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** @returns the exit status, or the signal that had to end it. */
async function stopAsDockerDoes(child: ChildProcess): Promise<unknown> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILLED_AFTER_MS);
  const [code, signal] = await exit;
  clearTimeout(timer);
  return signal ?? code;
}

async function asked(shop: LoopbackShop): Promise<void> {
  while (shop.nSearches() === 0) await sleep(20);
}

describe.each(SERVICES)('$name:', (services) => {
  test('a stop ends in time though a shop hangs; who waits gets a 503, and who follows a job is told', async () => {
    const shop = await slowShop(null);
    const { url, stop } = await startServers(shop, services);
    const waiting = fetch(`${url}/compare_price?product=kettle`);
    await asked(shop);
    const accepted = await fetch(`${url}/compare_price?product=kettle&async=true`);
    const { job_id: jobId } = acceptedJobSchema.parse(await accepted.json());
    const stream = await fetch(`${url}/jobs/${jobId}/events`);

    const stopped = stop();
    expect((await stream.text()).trim().split('\n\n').at(-1)).toBe('event: interrupted\ndata: {}');
    const response = await waiting;
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(problemSchema.parse(await response.json())).toMatchObject({ title: 'The server is stopping' });
    await expect(fetch(url)).rejects.toThrow();
    expect(await stopped).toEqual(services.roles.map(() => 0));
  }, 60_000);

  test('a comparison that its shops answer during the stop is answered', async () => {
    const shop = await slowShop(1500);
    const { url, stop } = await startServers(shop, services);
    const waiting = fetch(`${url}/compare_price?product=kettle`);
    await asked(shop);
    const stopped = stop();
    const response = await waiting;
    expect(response.status).toBe(200);
    expect(comparisonSchema.parse(await response.json()).offers).toHaveLength(1);
    expect(await stopped).toEqual(services.roles.map(() => 0));
  }, 60_000);
});

test('a connection that a client keeps open for later does not hold up the stop', async () => {
  const shop = await slowShop(null);
  const { url, stop } = await startServers(shop, SERVICES[0]!);
  const agent = new Agent({ keepAlive: true });
  const [answer] = await once(get(`${url}/healthz`, { agent }), 'response');
  expect(await text(answer)).toContain('ok');
  expect(await stop()).toEqual([0]);
  agent.destroy();
}, 60_000);
