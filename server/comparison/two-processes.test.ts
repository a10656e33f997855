import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { openContext } from '../context.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from './testing/loopback-shop.ts';

const WORKER = new URL('./testing/comparing-worker.ts', import.meta.url);
const CURRENCIES = ['EUR', 'USD'];
/** Long enough that every comparison has begun before the first shop has answered. */
const SEARCH_MS = 1500;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Answers its search only after a while, as a real one does. */
function slowShop(id: string, price: string): Promise<LoopbackShop> {
  return startLoopbackShop({
    id,
    instead: (_request, response) => {
      const card = `<li class="card"><a href="/p/0">Aroma Kettle</a> <b>${price} EUR</b></li>`;
      setTimeout(() => response.setHeader('content-type', 'text/html').end(`<ul>${card}</ul>`), SEARCH_MS);
      return true;
    },
  });
}

async function startWorker(env: Record<string, string>): Promise<ChildProcess> {
  const worker = fork(WORKER, { env: { ...process.env, ...env } });
  open.push(async () => {
    worker.disconnect();
    await once(worker, 'exit');
  });
  await once(worker, 'message');
  return worker;
}

// On a machine that is busy for seconds one process begins when the other has ended, or has no time left for pages.
test('one product in several currencies, compared at once by two processes: each shop is asked once', {
  timeout: 60_000,
  retry: 3,
}, async () => {
  const shops = await Promise.all([slowShop('elm', '40.00'), slowShop('oak', '50.00')]);
  open.push(() => Promise.all(shops.map((shop) => shop.close())));
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-two-processes-'));
  open.push(() => rm(dataDir, { recursive: true }));
  await mkdir(join(dataDir, 'shops'));
  for (const shop of shops) {
    await writeFile(join(dataDir, 'shops', `${shop.id}.json`), JSON.stringify(declarationOf(shop)));
  }
  const env = {
    MAGPIE_DATA_DIR: dataDir,
    REDIS_URL: await testRedisUrl(),
    DATABASE_URL: await testDatabaseUrl(),
    MAGPIE_ALLOWED_ORIGINS: shops.map(({ origin }) => origin).join(' '),
  };
  const asking = await openContext(readConfig(env));
  open.push(() => asking.close());
  // A worker makes one comparison at a time, so that as many processes as there are currencies ask at once.
  await Promise.all(CURRENCIES.map(() => startWorker(env)));

  const comparisons = await Promise.all(
    CURRENCIES.map((currency) => asking.comparisons.compare('aroma kettle', currency)),
  );
  expect(comparisons.map(({ currency, offers }) => [currency, offers.length])).toEqual(
    CURRENCIES.map((currency) => [currency, shops.length]),
  );
  expect(shops.map((shop) => shop.nSearches())).toEqual([1, 1]);
  expect(shops.map((shop) => shop.pages().filter((path) => path === '/p/0').length)).toEqual([1, 1]);
});

test('a comparison whose worker is killed is made by another one', async () => {
  const shop = await slowShop('elm', '40.00');
  open.push(() => shop.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-killed-worker-'));
  open.push(() => rm(dataDir, { recursive: true }));
  await mkdir(join(dataDir, 'shops'));
  await writeFile(join(dataDir, 'shops', `${shop.id}.json`), JSON.stringify(declarationOf(shop)));
  const env = {
    MAGPIE_DATA_DIR: dataDir,
    DATABASE_URL: await testDatabaseUrl(),
    MAGPIE_ALLOWED_ORIGINS: shop.origin,
  };
  const asking = await openContext(readConfig(env));
  open.push(() => asking.close());
  const killed = fork(WORKER, { env: { ...process.env, ...env } });
  await once(killed, 'message');
  const comparing = asking.comparisons.compare('aroma kettle', 'EUR');
  await expect.poll(() => shop.nSearches(), { timeout: 10_000 }).toBe(1);
  killed.kill('SIGKILL');
  await startWorker(env);
  expect((await comparing).offers).toHaveLength(1);
}, 60_000);
