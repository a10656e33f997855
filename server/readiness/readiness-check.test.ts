import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NeededPart, readinessSchema } from '../../shared/api/readiness.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import type { Cache } from '../cache/cache.ts';
import { openCache } from '../cache/open-cache.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { Recommender } from '../recommendations/recommender.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { TestServer } from '../testing/service-process.ts';
import { startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { startRedis } from '../testing/start-redis.ts';
import { recordingLog, silentLog } from '../testing/test-log.ts';
import { ReadinessCheck } from './readiness-check.ts';

/** As the API of a cluster has it, with services of its own that the tests may stop. */
let modelsDir: string;
let postgres: TestPostgres;
let queueRedis: TestServer;
let cacheRedis: TestServer;
let store: Store;
let queue: JobQueue;
let cache: Cache;
let check: ReadinessCheck;
const { log, lines } = recordingLog('warn');

const openQueue = () =>
  openJobQueue({ dataDir: modelsDir, databaseUrl: postgres.url, redisUrl: queueRedis.url, log: silentLog });

beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'magpie-readiness-'));
  [postgres, queueRedis, cacheRedis] = await Promise.all([startPostgres(), startRedis(), startRedis()]);
  store = await openStore({ dataDir: modelsDir, databaseUrl: postgres.url });
  queue = await openQueue();
  cache = await openCache({ cacheRedisUrl: cacheRedis.url, log: silentLog });
  const recommender = new Recommender(store, modelsDir, silentLog);
  check = new ReadinessCheck({ store, queue, cache, recommender, modelsDir, log });
}, 60_000);

afterAll(async () => {
  await queue?.close(0);
  await cache?.close();
  await store?.close();
  await Promise.all([postgres, queueRedis, cacheRedis].map((server) => server?.stop()));
  await rm(modelsDir, { recursive: true, force: true });
});

async function missing(): Promise<NeededPart[]> {
  return readinessSchema.parse(await check.check(false)).missing.map(({ part }) => part);
}
const becomes = (parts: NeededPart[]) => expect.poll(missing, { timeout: 15_000 }).toEqual(parts);
const portOf = (server: TestServer) => Number(new URL(server.url).port);

const modelFile = (): Uint8Array =>
  writeFactorModel({
    ...{ nFactors: 1, users: new IdMap(), userFactors: new Float32Array() },
    ...{ items: IdMap.of(['tea']), itemFactors: Float32Array.of(1) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  });

/** Lines about this part, in order. */
const logged = (part: NeededPart) => lines.filter((line) => line['part'] === part).map(({ msg }) => msg);

test('without a worker it is not ready, and says so; with one it is', async () => {
  await becomes(['worker']);
  expect(await check.check(false)).toMatchObject({ status: 'unavailable', worker_age_seconds: null, store: true });
  const worker = await openQueue();
  worker.work('greet', async () => null);
  await becomes([]);
  const ready = await check.check(false);
  expect(ready).toMatchObject({ status: 'ok', missing: [], model_version: null });
  expect(ready.worker_age_seconds).toBeLessThan(10);
  await worker.close(0);
  await becomes(['worker']);
  expect(logged('worker')).toHaveLength(3);
});

test('a server that stops is not ready, whatever is there', async () => {
  expect(await check.check(true)).toMatchObject({ status: 'stopping' });
});

test('a model whose file is gone is named; no model yet is none that is missing', async () => {
  queue.work('greet', async () => null);
  await becomes([]);
  const file = join(modelsDir, 'a.safetensors');
  const whole = modelFile();
  await writeFile(file, whole);
  await store.models.add({ version: 'a', file: 'a.safetensors', createdAt: new Date(), parameters: { engine: 'gpu' } });
  await store.models.promote('a');
  await expect
    .poll(() => check.check(false), { timeout: 5_000 })
    .toMatchObject({ status: 'ok', model_version: 'a', engine: 'gpu' });
  await rm(file);
  await becomes(['model_file']);
  expect(await check.check(false)).toMatchObject({ status: 'unavailable', model_version: 'a' });
  await writeFile(file, whole);
  await becomes([]);
});

test('a model whose file is damaged is named, until the file is whole again', async () => {
  const whole = modelFile();
  const damaged = whole.slice();
  damaged[damaged.length - 1]! ^= 1;
  await store.models.add({ version: 'b', file: 'b.safetensors', createdAt: new Date(), parameters: {} });
  await writeFile(join(modelsDir, 'b.safetensors'), damaged);
  await store.models.promote('b');
  await becomes(['model_file']);
  await writeFile(join(modelsDir, 'b.safetensors'), whole);
  await becomes([]);
});

test.each([['queue'], ['cache']] as const)(
  'the %s’s Redis is named while it is stopped',
  async (part) => {
    const server = part === 'queue' ? queueRedis : cacheRedis;
    await server.stop();
    await becomes([part]);
    const again = await startRedis({ port: portOf(server) });
    if (part === 'queue') queueRedis = again;
    else cacheRedis = again;
    // The worker shows itself again within a third of its lease, since this Redis has forgotten it.
    await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
    expect(logged(part)).toEqual([expect.stringContaining('does not answer'), 'What was missing is back']);
  },
  60_000,
);

test('the database is named while it is stopped', async () => {
  const start = await postgres.pause();
  await becomes(['database']);
  expect(await check.check(false)).toMatchObject({ status: 'unavailable', store: false, model_version: null });
  await start();
  await becomes([]);
  expect(JSON.stringify(lines)).not.toContain(new URL(postgres.url).password);
}, 60_000);
