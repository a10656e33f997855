import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { declarationOf, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';
import { startPostgres } from '../testing/start-postgres.ts';
import { startRedis } from '../testing/start-redis.ts';
import { silentLog } from '../testing/test-log.ts';
import { openJobQueue } from './open-job-queue.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

test('a job that ends while its Postgres is away is kept as done when that is back, and its readers learn it', async () => {
  const postgres = await startPostgres();
  open.push(() => postgres.stop());
  const queue = await openJobQueue({ dataDir: '/nowhere', databaseUrl: postgres.url, redisUrl: null, log: silentLog });
  open.push(() => queue.close(0));
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<string>();
  queue.work('greet', async () => {
    begun.resolve();
    return end.promise;
  });
  const { id } = await queue.add('greet', null);
  await begun.promise;
  const reading = Array.fromAsync(queue.events(id));
  const start = await postgres.pause();
  end.resolve('Hello');
  // Longer than a single write waits.
  await delay(6_000);
  await start();
  expect((await reading).map(({ type, data }) => [type, data])).toEqual([['completed', { result: 'Hello' }]]);
  expect(await queue.get(id)).toMatchObject({ state: 'completed', attempts: 1 });
}, 60_000);

test('a comparison that a Redis which came back empty has lost is made again', async () => {
  const first = await startRedis();
  const shop = await startLoopbackShop({
    id: 'elm',
    instead(_request, response) {
      const page = '<ul><li class="card"><a href="/p/0">Aroma Kettle</a> <b>40.00 EUR</b></li></ul>';
      setTimeout(() => response.setHeader('content-type', 'text/html').end(page), 1_000);
      return true;
    },
  });
  open.push(() => shop.close());
  const world = await openComparisonWorld([declarationOf(shop)], { redisUrl: first.url });
  open.push(() => world.close());
  const comparing = world.comparisons.compare('aroma kettle', 'EUR');
  await expect.poll(() => shop.nSearches()).toBe(1);
  await first.stop();
  const second = await startRedis({ port: Number(new URL(first.url).port) });
  open.push(() => second.stop());
  expect((await comparing).offers.map(({ title }) => title)).toEqual(['Aroma Kettle']);
}, 60_000);
