import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { BUDGETS } from '../limits/budgets.ts';
import { testConfig } from '../testing/test-config.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { serve } from './serve.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

test('a client’s budget is one over two API servers that share Redis', async () => {
  const services = {
    MAGPIE_LOG_LEVEL: 'silent',
    MAGPIE_RATES_URL: 'none',
    REDIS_URL: await testRedisUrl(),
    DATABASE_URL: await testDatabaseUrl(),
  };
  const urls: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-limits-'));
    open.push(() => rm(dataDir, { recursive: true }));
    const config = testConfig({ ...services, HOST: '0.0.0.0', MAGPIE_DATA_DIR: dataDir });
    const server = await serve(config, { role: 'api', demo: false, tls: null, say: () => undefined });
    open.push(() => server.close());
    urls.push(server.url!);
  }
  const statusFrom = async (agent: Agent, query: string, n: number): Promise<number> => {
    const path = `/compare_price?product=${query}&async=true`;
    const response = await fetch(`${urls[n % urls.length]}${path}`, { dispatcher: agent });
    await response.body?.cancel();
    return response.status;
  };
  const [flooder, other] = ['127.0.2.1', '127.0.2.2'].map((localAddress) => new Agent({ localAddress }));
  open.push(() => Promise.all([flooder!.destroy(), other!.destroy()]));

  const statuses = await Promise.all(Array.from({ length: 90 }, (_, n) => statusFrom(flooder!, `flood${n}`, n)));
  expect(statuses.filter((status) => status === 202)).toHaveLength(BUDGETS.comparisons.points.address);
  expect(statuses.filter((status) => status === 429)).toHaveLength(90 - BUDGETS.comparisons.points.address);
  expect(await Promise.all([0, 1].map((n) => statusFrom(other!, `kettle${n}`, n)))).toEqual([202, 202]);
}, 60_000);
