import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Comparison, comparisonSchema, shopResultSchema } from '../../shared/api/comparison.ts';
import { deviceModelSchema, productCardsSchema } from '../../shared/api/device-model.ts';
import { jobSchema } from '../../shared/api/jobs.ts';
import { problemSchema } from '../../shared/api/problem.ts';
import { productDetailSchema, productListSchema } from '../../shared/api/products.ts';
import { type Recommendations, recommendationsSchema } from '../../shared/api/recommendations.ts';
import { readInteractions } from '../../shared/recommender/interactions/interactions-file.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { hashSecret } from '../access/credentials.ts';
import { operatorTokenPath } from '../access/operator-token.ts';
import type { Config } from '../config.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { trainFirstModel } from './first-model.ts';
import { type RunningServer, serve } from './serve.ts';

/** One whole Magpie, demo world included, on embedded defaults and on the services of a deployment. */
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

interface ServerSentEvent {
  id: string;
  event: string;
  data: unknown;
}

async function readStream(response: Response): Promise<ServerSentEvent[]> {
  const text = await response.text();
  return text
    .split('\n\n')
    .filter((block) => block.includes('data:'))
    .map((block) => {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) };
    });
}

describe.each(DEPLOYMENTS)('Magpie on $name', ({ name, services }) => {
  let dataDir: string;
  let config: Config;
  let server: RunningServer;

  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init);
  const getJson = async (path: string): Promise<unknown> => (await get(path)).json();
  const recommend = async (userId: string): Promise<Recommendations> =>
    recommendationsSchema.parse(await getJson(`/recommendations?user_id=${userId}&limit=10`));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'magpie-serve-'));
    config = {
      ...testConfig({ MAGPIE_DATA_DIR: dataDir }),
      ...(await services()),
    };
    server = await serve(config, { role: 'all', demo: true, tls: null, say: () => undefined, log: silentLog });
    await trainFirstModel(server.context, () => undefined);
  }, 120_000);

  afterAll(async () => {
    await server?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('recommends to a demo shopper, best first, with reasons from what they did', async () => {
    const answer = await recommend('123');
    expect(answer).toMatchObject({ user_id: '123', fallback: null });
    expect(answer.items).toHaveLength(10);
    const scores = answer.items.map((item) => item.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const seen = new Set((await server.context.store.events.ofUser('123')).map((event) => event.itemId));
    for (const item of answer.items) {
      expect(seen).not.toContain(item.item_id);
      expect(item.title).not.toBe(item.item_id);
      for (const reason of item.reasons) expect(seen).toContain(reason.item_id);
    }
    expect(answer.items.flatMap((item) => item.reasons).length).toBeGreaterThan(5);
  });

  test('a shopper nobody knows gets popular items', async () => {
    const answer = await recommend('d-nobody');
    expect(answer.fallback).toBe('popular');
    expect(answer.items).toHaveLength(10);
  });

  test('recommendations as a job give what the direct call gives', async () => {
    const accepted = await get('/recommendations?user_id=7&async=true');
    expect(accepted.status).toBe(202);
    const { job_id: jobId } = (await accepted.json()) as { job_id: string };
    const events = await readStream(await get(`/jobs/${jobId}/events`));
    expect(events.at(-1)?.event).toBe('completed');
    const job = jobSchema.parse(await getJson(`/jobs/${jobId}`));
    expect(job.state).toBe('completed');
    expect(recommendationsSchema.parse(job.result).items).toEqual((await recommend('7')).items.slice(0, 10));
  });

  describe('compares prices', () => {
    let first: Comparison;

    beforeAll(async () => {
      first = comparisonSchema.parse(await getJson('/compare_price?product=headphones&currency=EUR'));
    }, 30_000);

    test('of several shops in one currency, by total, with the best deal marked', () => {
      expect(first).toMatchObject({ query: 'headphones', currency: 'EUR', cache: 'miss' });
      expect(new Set(first.offers.map((offer) => offer.shop)).size).toBeGreaterThanOrEqual(4);
      const totals = first.offers.map(({ total }) => total);
      const known = totals.filter((total) => total !== null);
      expect(totals.slice(0, known.length)).toEqual(known);
      expect(known.map(({ amount }) => Number(amount))).toEqual(
        known.map(({ amount }) => Number(amount)).toSorted((a, b) => a - b),
      );
      expect(new Set(known.map(({ currency }) => currency))).toEqual(new Set(['EUR']));
      expect(first.best?.reason).not.toBe('');
      expect(first.offers.map((offer) => offer.url)).toContain(first.best?.url);
    });

    test('answers again from the cache, and keeps what it saw as price history', async () => {
      const again = comparisonSchema.parse(await getJson('/compare_price?product=Headphones&currency=EUR'));
      expect(again.cache).toBe(first.complete && first.failures.length === 0 ? 'hit' : again.cache);
      expect(again.offers.length).toBeGreaterThan(0);
      const productId = first.offers.find((offer) => offer.product_id !== null)!.product_id!;
      const detail = productDetailSchema.parse(await getJson(`/products/${productId}`));
      expect(detail.history.length).toBeGreaterThan(0);
    });

    test('shows the pictures of shops from its own origin, and nothing that was not linked to', async () => {
      const images = first.offers.flatMap(({ image }) => image ?? []);
      expect(images.length).toBeGreaterThan(0);
      for (const image of images) expect(image).toMatch(/^\/images\/remote\?url=http.*&sig=/);
      const picture = await get(images[0]!);
      expect(picture.status).toBe(200);
      expect(picture.headers.get('content-type')).toMatch(/^image\//);
      expect(picture.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
      expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
      expect(picture.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(100);
      expect((await get(images[0]!.replace(/url=[^&]+/, 'url=http%3A%2F%2F127.0.0.1%2F'))).status).toBe(403);
    });

    test('as a job: each shop is told as it answers, late readers get everything, and a reader resumes', async () => {
      const accepted = await get('/compare_price?product=espresso&currency=USD&async=true');
      const { job_id: jobId } = (await accepted.json()) as { job_id: string };
      const live = await readStream(await get(`/jobs/${jobId}/events`));
      const shops = live.filter((event) => event.event === 'shop').map((event) => shopResultSchema.parse(event.data));
      expect(shops.length).toBeGreaterThanOrEqual(6);
      expect(comparisonSchema.parse((live.at(-1)!.data as { result: unknown }).result).currency).toBe('USD');
      expect(await readStream(await get(`/jobs/${jobId}/events`))).toEqual(live);
      const resumed = await get(`/jobs/${jobId}/events`, { headers: { 'last-event-id': live[2]!.id } });
      expect(await readStream(resumed)).toEqual(live.slice(3));
    }, 30_000);
  });

  test('an event counts at once, twice is once, and a broken one is named', async () => {
    const userId = '42';
    const liked = (await recommend(userId)).items[0]!.item_id;
    const event = {
      id: '01932b5e-7a00-7000-8000-000000000001',
      user_id: userId,
      item_id: liked,
      type: 'rating',
      value: 5,
      occurred_at: new Date().toISOString(),
    };
    const send = (events: unknown[]): Promise<Response> =>
      get('/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
      });
    const receipts = await (
      await send([event, event, { ...event, id: '01932b5e-7a00-7000-8000-000000000002', value: 9 }])
    ).json();
    expect(receipts).toMatchObject({
      receipts: [
        { status: 'accepted' },
        { status: 'duplicate' },
        { status: 'rejected', reason: expect.stringContaining('1 to 5') },
      ],
    });
    expect((await recommend(userId)).items.map((item) => item.item_id)).not.toContain(liked);
  });

  test('a device downloads what it needs to recommend by itself, once', async () => {
    const { version, ...paths } = deviceModelSchema.parse(await getJson('/models/current'));
    const factors = await get(paths.item_factors);
    expect(factors.headers.get('cache-control')).toContain('immutable');
    expect(readFactorModel(await factors.bytes()).items.size).toBe(paths.n_items);
    const products = await get(paths.products);
    expect(productCardsSchema.parse(await products.json()).items).toHaveLength(paths.n_items);
    const again = await get(paths.products, { headers: { 'if-none-match': products.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect(readInteractions(await (await get(paths.interactions!)).bytes()).nUsers).toBeGreaterThan(1000);
    expect((await get(`/models/${version}x/item-factors`)).status).toBe(404);
  });

  test('what a shopper did can be read back by whoever may ask for their recommendations', async () => {
    const { events } = (await getJson('/events?user_id=7')) as { events: { occurred_at: string }[] };
    expect(events.length).toBeGreaterThan(3);
    expect(events.map((event) => event.occurred_at)).toEqual(
      events
        .map((event) => event.occurred_at)
        .sort()
        .reverse(),
    );
  });

  test('the catalogue can be searched and opened', async () => {
    const list = productListSchema.parse(await getJson('/products?query=headphones&limit=5'));
    expect(list.items).toHaveLength(5);
    expect(list.total).toBeGreaterThan(5);
    const detail = productDetailSchema.parse(await getJson(`/products/${list.items[0]!.product_id}`));
    expect(detail.similar.length).toBeGreaterThan(0);
    const picture = await get(detail.image!);
    expect(picture.headers.get('content-type')).toContain('image/svg+xml');
  });

  test.each([
    ['/recommendations', 400, 'user_id'],
    ['/recommendations?user_id=1&limit=0', 400, 'limit'],
    ['/compare_price?product=', 400, 'product'],
    ['/compare_price?product=...', 400, 'product'],
    ['/compare_price?product=%00%01', 400, 'product'],
    ['/compare_price?product=%F0%9F%8E%A7', 400, 'product'],
    ['/compare_price?product=x&currency=XXZ', 400, 'currency'],
    ['/products/none', 404, 'none'],
    ['/jobs/none', 404, 'none'],
    ['/jobs/none/events', 404, 'none'],
    ['/nothing', 404, '/nothing'],
  ])('%s is refused with %i, naming %s', async (path, status, named) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = problemSchema.parse(await response.json());
    expect(JSON.stringify(problem)).toContain(named);
    expect(problem.action).toBeTruthy();
  });

  test('a method that a path does not have is refused with those that it has', async () => {
    const response = await get('/compare_price', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('GET');
    expect((await get('/nothing', { method: 'POST' })).status).toBe(404);
  });

  test('the API documents itself, and pages are cross-origin isolated', async () => {
    const openapi = (await getJson('/openapi.json')) as { openapi: string; paths: Record<string, unknown> };
    expect(openapi.openapi).toBe('3.1.0');
    expect(Object.keys(openapi.paths)).toEqual(
      expect.arrayContaining(['/recommendations', '/compare_price', '/jobs/{id}/events']),
    );
    const page = await get('/docs');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await get('/readyz')).status).toBe(200);
  });

  test('training is a job whose iterations can be followed, and its model takes over', async () => {
    const before = (await recommend('1')).model_version;
    const operator = { authorization: `Bearer ${(await readFile(operatorTokenPath(dataDir), 'utf8')).trim()}` };
    const accepted = await get('/training', {
      method: 'POST',
      headers: { ...operator, 'content-type': 'application/json' },
      body: JSON.stringify({ factors: 8, iterations: 5 }),
    });
    const { job_id: jobId } = (await accepted.json()) as { job_id: string };
    expect((await get(`/jobs/${jobId}/events`)).status).toBe(401);
    const events = await readStream(await get(`/jobs/${jobId}/events`, { headers: operator }));
    expect(events.filter((event) => event.event === 'iteration').length).toBeGreaterThanOrEqual(2);
    expect(events.at(-1)?.event).toBe('completed');
    await expect.poll(async () => (await recommend('1')).model_version, { timeout: 5000 }).not.toBe(before);
  }, 60_000);

  test('a page elsewhere on the web cannot reach a loopback server by DNS rebinding', async () => {
    const { port } = new URL(server.url!);
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(
        { port, host: '127.0.0.1', path: '/recommendations?user_id=1', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test('a key does what its scope says until it is revoked, and revoking the last one opens nothing', async () => {
    const { keys } = server.context.store;
    const key = 'mgp_test';
    const ada = '/events?user_id=ada';
    expect((await get(ada)).status).toBe(401);
    await keys.add({
      id: 'k1',
      name: 'test',
      hash: hashSecret(key),
      scopes: ['recommendations:read'],
      createdAt: new Date(),
      revokedAt: null,
      expiresAt: null,
    });
    const headers = { authorization: `Bearer ${key}` };
    expect((await get(ada)).status).toBe(401);
    expect((await get(ada, { headers })).status).toBe(200);
    expect((await get('/recommendations?user_id=1')).status).toBe(200);
    expect(await getJson('/shoppers')).toEqual({ public: { count: 3000, first: '1', last: '3000' } });
    expect((await get('/recommendations?user_id=3000')).status).toBe(200);
    expect((await get('/events?user_id=3001')).status).toBe(401);
    expect((await get('/training', { method: 'POST', headers })).status).toBe(403);
    await keys.revoke('k1');
    expect((await get(ada, { headers })).status).toBe(401);
    expect((await get(ada)).status).toBe(401);
    expect((await get('/training', { method: 'POST' })).status).toBe(401);
  });

  test('the first start makes the operator’s token, which only its own user can read, and signs a browser in once', async () => {
    const path = operatorTokenPath(dataDir);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const token = (await readFile(path, 'utf8')).trim();
    expect(server.newOperatorToken).toBe(token);
    expect((await get('/models', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);

    const link = `/session/sign-in?code=${server.signIn.newCode()}`;
    const signedIn = await get(link, { redirect: 'manual' });
    expect(signedIn.status).toBe(303);
    const cookie = signedIn.headers.get('set-cookie')!;
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    const session = { headers: { cookie: cookie.split(';', 1)[0]! } };
    expect((await get('/models', session)).status).toBe(200);
    expect((await get(link, { redirect: 'manual' })).status).toBe(403);
    expect((await get('/session', { method: 'DELETE', ...session })).status).toBe(204);
    expect((await get('/models', session)).status).toBe(401);
  });

  // With a database of its own, several processes may share the folder.
  test.skipIf(name !== 'embedded')('a second server on the same data folder is told who has it', async () => {
    const second = serve(config, { role: 'all', demo: false, tls: null, say: () => undefined, log: silentLog });
    await expect(second).rejects.toThrow(dataDir);
  });

  test('a port in use is named, with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const ownDir = await mkdtemp(join(tmpdir(), 'magpie-serve-'));
    const started = serve(
      { ...config, dataDir: ownDir, port },
      { role: 'all', demo: false, tls: null, say: () => undefined, log: silentLog },
    );
    await expect(started).rejects.toThrow(new RegExp(`port ${port} is in use.*PORT=`));
    other.close();
    await rm(ownDir, { recursive: true });
  });
});

test.each(['api', 'worker'] as const)(
  'a process that is only %s is refused without a database that others share, though it has their Redis',
  async (role) => {
    const config = testConfig({ REDIS_URL: 'redis://127.0.0.1:1', MAGPIE_DATA_DIR: '/nowhere' });
    const started = serve(config, { role, demo: false, tls: null, say: () => undefined, log: silentLog });
    await expect(started).rejects.toThrow('set DATABASE_URL');
  },
);
