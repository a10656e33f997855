// Extends zod, before any schema is made.
import '@hono/zod-openapi';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deletionReceiptSchema, exportedShopperSchema } from '../../shared/api/people.ts';
import { deviceUserId } from '../access/credentials.ts';
import { operatorTokenPath } from '../access/operator-token.ts';
import type { RouteAccess } from '../api/route-access.ts';
import type { Config } from '../config.ts';
import { testConfig } from '../testing/test-config.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { type RunningServer, serve } from './serve.ts';

/** Two devices that are not linked, on a whole server: neither gets at what is the other's, by any route or cache. */
const DEPLOYMENTS: { name: string; services(): Promise<Pick<Config, 'redisUrl' | 'cacheRedisUrl' | 'databaseUrl'>> }[] =
  [
    { name: 'embedded', services: async () => ({ redisUrl: null, cacheRedisUrl: null, databaseUrl: null }) },
    {
      name: 'Redis and Postgres',
      services: async () => {
        const redisUrl = await testRedisUrl();
        return { redisUrl, cacheRedisUrl: redisUrl, databaseUrl: await testDatabaseUrl() };
      },
    },
  ];

const SECRET_A = 'the-secret-of-device-a';
const SECRET_B = 'the-secret-of-device-b';
const [A, B] = [SECRET_A, SECRET_B].map((secret) => deviceUserId(secret)) as [string, string];
const UUIDS = ['0192f0c1-7a00-7000-8000-000000000001', '0192f0c1-7a00-7000-8000-000000000002'] as const;
const ITEM = 'teapot-of-a';
const TITLE_OF_A = 'garden gnome of a';

interface Attempt {
  path: string;
  body?: unknown;
}

interface RouteDocument {
  paths: Record<string, Record<string, { 'x-access': RouteAccess }>>;
}

describe.each(DEPLOYMENTS)('Magpie on $name', ({ services }) => {
  let config: Config;
  let server: RunningServer;
  let watchOfA = '';
  let jobOfA = '';

  const as = (secret: string | null, method: string, { path, body }: Attempt, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  /** By method and path: requests that get at what is A's. A new route of the class must be listed. */
  const attemptsOn = (): Record<string, Attempt[]> => ({
    'GET /recommendations': [
      { path: `/recommendations?user_id=${A}` },
      { path: `/recommendations?user_id=${A}&async=true` },
    ],
    'GET /events': [{ path: `/events?user_id=${A}` }],
    'POST /events': [{ path: '/events', body: { events: [eventOf(A, UUIDS[1])] } }],
    'GET /watches': [{ path: `/watches?user_id=${A}` }],
    'POST /watches': [{ path: '/watches', body: { user_id: A, query: 'of the other' } }],
    'GET /changes': [{ path: `/changes?user_id=${A}` }],
    'POST /watches/changes': [{ path: '/watches/changes', body: { changes: [unwatchOf(A)] } }],
    'DELETE /watches/{id}': [{ path: `/watches/${watchOfA}` }],
    'GET /jobs/{id}': [{ path: `/jobs/${jobOfA}` }],
    'GET /jobs/{id}/events': [{ path: `/jobs/${jobOfA}/events` }],
    'GET /me/export': [{ path: `/me/export?user_id=${A}` }],
    'DELETE /me': [{ path: `/me?user_id=${A}` }],
  });

  const deviceRoutes = async (): Promise<string[]> => {
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as RouteDocument;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { 'x-access': access }]) => access.class === 'device' || access.class === 'job')
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
  };

  const keptOf = async (userId: string): Promise<unknown> => {
    const { store } = server.context;
    // Not what the look at the shops changes, which runs beside the test.
    const watches = (await store.watches.ofUser(userId)).map(({ id, subject, target }) => ({ id, subject, target }));
    return { events: await store.events.ofUser(userId), watches };
  };

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-own-data-'));
    config = { ...testConfig({ MAGPIE_DATA_DIR: dataDir }), ...(await services()) };
    server = await serve(config, { role: 'all', demo: false, tls: null, say: () => undefined });
    const { store } = server.context;
    const nothing = { brand: null, category: null, description: null, gtin: null, mpn: null, image: null };
    await store.products.upsert([{ ...nothing, id: ITEM, title: 'Teapot', listPrice: null, source: 'test' }]);
    await store.publicShoppers.add(['7', '8'], 'test');
    const did = { itemId: ITEM, type: 'view', value: 1, occurredAt: new Date(0), source: 'test' } as const;
    await store.events.append(['7', '8'].map((userId) => ({ ...did, id: `of ${userId}`, userId })));
    for (const userId of [A, B]) await store.devices.add({ userId, addressGroup: null, createdAt: new Date() });
    await (await as(SECRET_A, 'POST', { path: '/events', body: { events: [eventOf(A, UUIDS[0])] } })).json();
    const watched = await as(SECRET_A, 'POST', { path: '/watches', body: { user_id: A, query: TITLE_OF_A } });
    watchOfA = ((await watched.json()) as { watch_id: string }).watch_id;
    const accepted = await as(SECRET_A, 'GET', { path: `/recommendations?user_id=${A}&async=true` });
    jobOfA = ((await accepted.json()) as { job_id: string }).job_id;
    await (await as(SECRET_A, 'GET', { path: `/jobs/${jobOfA}/events` })).text();
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await rm(config.dataDir, { recursive: true, force: true });
  });

  test('every route of the class is tried', async () => {
    expect((await deviceRoutes()).sort()).toEqual(Object.keys(attemptsOn()).sort());
  });

  test.each([
    ['another device', SECRET_B, 403],
    ['without a credential', null, 401],
  ] as const)('%s, the other’s data is neither read nor written, whatever the route', async (_, secret, status) => {
    const before = await keptOf(A);
    for (const [route, attempts] of Object.entries(attemptsOn())) {
      for (const attempt of attempts) {
        const answer = await as(secret, route.split(' ')[0]!, attempt);
        const text = await answer.text();
        if (route === 'POST /events' || route === 'POST /watches/changes') {
          expect(answer.status, route).toBe(200);
          expect(text).toContain('"rejected"');
        } else expect(answer.status, `${route} ${text}`).toBe(status);
        expect(text, route).not.toContain(TITLE_OF_A);
        expect(text, route).not.toContain(ITEM);
      }
    }
    expect(await keptOf(A)).toEqual(before);
  });

  test('no cache may give an answer of one to the other, and no validator makes one', async () => {
    for (const [route, attempts] of Object.entries(attemptsOn())) {
      if (!route.startsWith('GET ')) continue;
      for (const attempt of attempts) {
        const own = await as(SECRET_A, 'GET', attempt);
        await own.body?.cancel();
        expect(own.ok, route).toBe(true);
        expect(own.headers.get('cache-control') ?? '', route).toMatch(/no-store|private/);
        expect(own.headers.get('vary') ?? '', route).toMatch(/authorization.*cookie/i);
        for (const validator of [own.headers.get('etag') ?? '"any"', '*']) {
          const other = await as(SECRET_B, 'GET', attempt, { 'if-none-match': validator });
          await other.body?.cancel();
          expect(other.status, route).toBe(403);
          expect(other.headers.get('cache-control'), route).toBe('no-store');
        }
      }
    }
  });

  test('a comparison by an address that the operator asked for is for none but the operator and keys', async () => {
    const token = (await readFile(operatorTokenPath(config.dataDir), 'utf8')).trim();
    const compared = { path: '/compare_price?product=http%3A%2F%2F127.0.0.1%3A9%2Fx&async=true' };
    const start = async (secret: string | null): Promise<string> =>
      ((await (await as(secret, 'GET', compared)).json()) as { job_id: string }).job_id;
    const job = { path: `/jobs/${await start(token)}` };
    expect((await as(token, 'GET', job)).status).toBe(200);
    for (const secret of [null, SECRET_A]) {
      expect((await as(secret, 'GET', job)).status).toBe(404);
      expect((await as(secret, 'GET', { path: `${job.path}/events` })).status).toBe(404);
      expect(`/jobs/${await start(secret)}`).not.toBe(job.path);
    }
  });

  test('a device exports what is its own, as a file', async () => {
    const answer = await as(SECRET_A, 'GET', { path: `/me/export?user_id=${A}` });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const data = exportedShopperSchema.parse(await answer.json());
    expect(data.events.map(({ item_id }) => item_id)).toEqual([ITEM]);
    expect(data.watches.map(({ query }) => query)).toEqual([TITLE_OF_A]);
    expect(data.recommendation_jobs.map(({ job_id }) => job_id)).toContain(jobOfA);
  });

  test('a public shopper is exported by everybody, and deleted by nobody but a key or the operator', async () => {
    expect((await as(null, 'GET', { path: '/me/export?user_id=7' })).status).toBe(200);
    expect((await as(null, 'DELETE', { path: '/me?user_id=7' })).status).toBe(401);
    expect((await as(SECRET_B, 'DELETE', { path: '/me?user_id=7' })).status).toBe(403);
    expect((await server.context.store.events.ofUser('7')).length).toBeGreaterThan(0);
    const token = (await readFile(operatorTokenPath(config.dataDir), 'utf8')).trim();
    const { deleted } = deletionReceiptSchema.parse(
      await (await as(token, 'DELETE', { path: '/me?user_id=7' })).json(),
    );
    expect(deleted.events).toBeGreaterThan(0);
    expect(await server.context.store.events.ofUser('7')).toEqual([]);
  });

  test('the commands do the same beside the running server', async () => {
    const run = async (...args: string[]) => {
      const environment = {
        ...process.env,
        ...{
          MAGPIE_DATA_DIR: config.dataDir,
          DATABASE_URL: config.databaseUrl ?? '',
          REDIS_URL: config.redisUrl ?? '',
        },
      };
      return promisify(execFile)(process.execPath, ['server/cli.ts', 'users', ...args], { env: environment });
    };
    const { events } = exportedShopperSchema.parse(JSON.parse((await run('export', '8')).stdout));
    expect(events.length).toBeGreaterThan(0);
    const file = join(config.dataDir, 'eight.json');
    await run('export', '8', '--out', file);
    expect(exportedShopperSchema.parse(JSON.parse(await readFile(file, 'utf8'))).events).toEqual(events);
    await expect(run('export', '8', '--out', file)).rejects.toThrow('cannot be written');
    await expect(run('export', 'who')).rejects.toThrow('nothing is kept of a shopper "who"');
    await expect(run('delete', '8')).rejects.toThrow('say --yes');
    const { deleted } = deletionReceiptSchema.parse(JSON.parse((await run('delete', '8', '--yes', '--json')).stdout));
    expect(deleted.events).toBe(events.length);
    expect(await server.context.store.events.ofUser('8')).toEqual([]);
  }, 180_000);

  test('a device deletes what is its own, and what it sends later is refused', async () => {
    const receipt = deletionReceiptSchema.parse(
      await (await as(SECRET_A, 'DELETE', { path: `/me?user_id=${A}` })).json(),
    );
    expect(receipt.deleted).toMatchObject({ events: 1, watches: 1, devices: 1 });
    expect(receipt.deleted.recommendation_jobs).toBeGreaterThan(0);
    expect(await keptOf(A)).toEqual({ events: [], watches: [] });
    expect((await as(SECRET_A, 'GET', { path: `/jobs/${jobOfA}` })).status).toBe(404);
    const late = await as(SECRET_A, 'POST', { path: '/events', body: { events: [eventOf(A, UUIDS[1])] } });
    expect(await late.json()).toEqual({
      receipts: [
        {
          id: UUIDS[1],
          status: 'rejected',
          reason: 'user_id: the data of this shopper has been deleted',
          retry: false,
        },
      ],
    });
    const watch = await as(SECRET_A, 'POST', { path: '/watches', body: { user_id: A, query: 'kettle' } });
    expect(watch.status).toBe(410);
    expect(await keptOf(A)).toEqual({ events: [], watches: [] });
  });
});

function unwatchOf(userId: string) {
  const changed_at = '2026-11-22T12:00:00Z';
  return { id: UUIDS[0], user_id: userId, product_id: ITEM, watched: false, changed_at };
}

function eventOf(userId: string, id: string) {
  return { id, user_id: userId, item_id: ITEM, type: 'rating', value: 5, occurred_at: '2026-11-22T12:00:00Z' };
}
