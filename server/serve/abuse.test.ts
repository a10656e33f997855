import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventReceipts } from '../../shared/api/events.ts';
import { type Problem, problemSchema } from '../../shared/api/problem.ts';
import { recommendationsSchema } from '../../shared/api/recommendations.ts';
import { deviceUserId, hashSecret } from '../access/credentials.ts';
import type { Config } from '../config.ts';
import type { ProductRecord } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { type RunningServer, serve } from './serve.ts';

/** What strangers on a network try, on embedded defaults and on the services of a deployment. */
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

/** A server that keeps its log, and the network, out of the tests. */
const QUIET = { MAGPIE_LOG_LEVEL: 'silent' };
const KEY = 'mgp_writer';

function product(id: string): ProductRecord {
  return {
    ...{ id, title: `The ${id}`, brand: null, category: null, description: null, gtin: null, mpn: null },
    ...{ image: null, listPrice: null, source: 'test' },
  };
}

describe.each(DEPLOYMENTS)('a stranger on the network, with $name,', ({ services }) => {
  let dataDir: string;
  let server: RunningServer;
  const agents = new Map<string, Agent>();

  /** @param from the address that the request comes from: each of 127.0.0.0/8 is another client. */
  function ask(path: string, { from, ...init }: RequestInit & { from: string }): Promise<Response> {
    const agent = agents.get(from) ?? new Agent({ localAddress: from });
    agents.set(from, agent);
    return fetch(`${server.url}${path}`, { ...init, dispatcher: agent });
  }

  async function write(
    events: { user: string; item: string }[],
    { from, secret }: { from: string; secret?: string },
  ): Promise<{ status: number; receipts: EventReceipts['receipts'] }> {
    const body = events.map(({ user, item }) => ({
      ...{ id: randomUUID(), user_id: user, item_id: item, type: 'purchase', value: 1 },
      occurred_at: new Date().toISOString(),
    }));
    const response = await ask('/events', {
      from,
      method: 'POST',
      body: JSON.stringify({ events: body }),
      headers: {
        'content-type': 'application/json',
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      },
    });
    const { receipts = [] } = (await response.json()) as Partial<EventReceipts>;
    return { status: response.status, receipts };
  }

  async function statusesOf(requests: Iterable<Promise<Response>>): Promise<Map<number, number>> {
    const counts = new Map<number, number>();
    for (const response of await Promise.all(requests)) {
      await response.body?.cancel();
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    }
    return counts;
  }

  async function expectRefusal(response: Response): Promise<Problem> {
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    return problemSchema.parse(await response.json());
  }

  const popularItems = async (from: string): Promise<string[]> => {
    const response = await ask('/recommendations?user_id=reader', { from });
    return recommendationsSchema.parse(await response.json()).items.map(({ item_id }) => item_id);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'magpie-abuse-'));
    const config = {
      ...testConfig({ ...QUIET, HOST: '0.0.0.0', MAGPIE_DATA_DIR: dataDir }),
      ...(await services()),
    };
    server = await serve(config, { role: 'all', demo: false, tls: null, say: () => undefined });
    const { store } = server.context;
    await store.products.upsert(['tea', 'cup', 'spam'].map(product));
    await store.publicShoppers.add(['guest', 'other-guest', 'reader'], 'tour');
    const times = { createdAt: new Date(), revokedAt: null, expiresAt: null };
    await store.keys.add({ id: 'k', name: 'writer', hash: hashSecret(KEY), scopes: ['events:write'], ...times });
    await store.events.append(
      Array.from({ length: 5 }, (_, n) => ({
        ...{ id: `imported-${n}`, userId: `shopper-${n}`, itemId: 'tea', type: 'view' as const, value: 1 },
        ...{ occurredAt: new Date(), source: 'import' },
      })),
    );
  }, 120_000);

  afterAll(async () => {
    for (const agent of agents.values()) await agent.destroy();
    await server?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('cannot introduce items, by their own device or in the name of a public shopper', async () => {
    const item = 'Buy at evil.example';
    const secret = 'the-device-of-a-stranger';
    const writers = [
      { user: 'guest', from: '127.0.1.1' },
      { user: deviceUserId(secret), from: '127.0.1.1', secret },
    ];
    for (const { user, ...credential } of writers) {
      const { status, receipts } = await write(
        [
          { user, item },
          { user, item: 'tea' },
        ],
        credential,
      );
      expect(status).toBe(200);
      expect(receipts.map((receipt) => receipt.status)).toEqual(['rejected', 'accepted']);
      expect(receipts[0]?.reason).toMatch(/unknown item/);
    }
    expect(await popularItems('127.0.1.1')).not.toContain(item);
  });

  test('reads no item’s id as its title: what a key introduces is in public lists once it is a product', async () => {
    const { store } = server.context;
    const buyers = Array.from({ length: 9 }, (_, n) => ({ user: `buyer-${n}`, item: 'lamp' }));
    const { receipts } = await write(buyers, { from: '127.0.1.2', secret: KEY });
    expect(receipts.every(({ status }) => status === 'accepted')).toBe(true);
    expect(await popularItems('127.0.1.2')).not.toContain('lamp');
    await store.products.upsert([product('lamp')]);
    expect((await popularItems('127.0.1.2'))[0]).toBe('lamp');
    expect((await write([{ user: 'other-guest', item: 'lamp' }], { from: '127.0.1.2' })).receipts[0]?.status).toBe(
      'accepted',
    );
  });

  test('makes nothing popular with many devices', async () => {
    for (let n = 0; n < 12; n += 1) {
      const secret = `one-of-many-devices-${n}`;
      await write([{ user: deviceUserId(secret), item: 'spam' }], { from: '127.0.1.3', secret });
    }
    const popular = await popularItems('127.0.1.3');
    expect(popular).toContain('spam');
    expect(popular.indexOf('spam')).toBeGreaterThan(popular.indexOf('tea'));
  });

  test('does not get around limits by ever new devices', async () => {
    const statuses = new Map<number, number>();
    for (let n = 0; n < 40; n += 1) {
      const secret = `a-new-device-${n}`;
      const { status } = await write([{ user: deviceUserId(secret), item: 'tea' }], { from: '127.0.1.4', secret });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429)).toBeGreaterThanOrEqual(10);
    // A device that is known goes on, and so do those elsewhere.
    const known = { user: deviceUserId('a-new-device-0'), item: 'cup' };
    expect((await write([known], { from: '127.0.1.4', secret: 'a-new-device-0' })).status).toBe(200);
    const elsewhere = { user: deviceUserId('elsewhere'), item: 'cup' };
    expect((await write([elsewhere], { from: '127.0.1.5', secret: 'elsewhere' })).status).toBe(200);
  });

  test('stops nobody else with comparisons: theirs are limited, those of others and cached ones are not', async () => {
    const compare = (query: string, from: string) => ask(`/compare_price?product=${query}`, { from });
    const flood = await statusesOf(Array.from({ length: 100 }, (_, n) => compare(`flood${n}`, '127.0.1.6')));
    expect([...flood.keys()].sort()).toEqual([200, 429]);
    expect(flood.get(200)).toBe(60);
    const refused = await compare('flood-more', '127.0.1.6');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    await expectRefusal(refused);
    expect((await compare('flood0', '127.0.1.6')).status).toBe(200);
    expect((await compare('kettle', '127.0.1.7')).status).toBe(200);
    expect((await compare('kettle', '127.0.1.6')).status).toBe(200);
  }, 60_000);

  test('is not limited in asking for one product many times at once', async () => {
    const asked = Array.from({ length: 200 }, () =>
      ask('/compare_price?product=toaster&currency=EUR', { from: '127.0.1.8' }),
    );
    expect(await statusesOf(asked)).toEqual(new Map([[200, 200]]));
  }, 60_000);

  test.each([
    ['searches', '/products?query=tea', '127.0.1.9'],
    ['recommendations', '/recommendations?user_id=guest', '127.0.1.10'],
  ])(
    'has a limit on %s',
    async (_what, path, from) => {
      const statuses = await statusesOf(Array.from({ length: 400 }, () => ask(path, { from })));
      expect([...statuses.keys()].sort()).toEqual([200, 429]);
      expect(statuses.get(200)).toBeGreaterThanOrEqual(100);
      await expectRefusal(await ask(path, { from }));
    },
    60_000,
  );

  test('has a limit on events, by their number', async () => {
    const batch = Array.from({ length: 500 }, () => ({ user: 'guest', item: 'cup' }));
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await write(batch, { from: '127.0.1.11' })).status);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses.at(-1)).toBe(429);
  }, 60_000);

  test('has a limit on watches, for whichever shoppers', async () => {
    const watch = (n: number) =>
      ask('/watches', {
        from: '127.0.1.14',
        method: 'POST',
        body: JSON.stringify({
          user_id: ['guest', 'other-guest', 'reader'][n % 3],
          query: `kettle ${n}`,
          currency: 'EUR',
        }),
        headers: { 'content-type': 'application/json' },
      });
    const statuses = await statusesOf(Array.from({ length: 210 }, (_, n) => watch(n)));
    expect(Object.fromEntries(statuses)).toEqual({ 201: 200, 429: 10 });
  }, 60_000);

  test('has a limit on credentials that are refused, and none on good ones', async () => {
    const session = (secret: string) =>
      ask('/session', { from: '127.0.1.12', headers: { authorization: `Bearer ${secret}` } });
    const guesses = await statusesOf(Array.from({ length: 60 }, (_, n) => session(`mgp_guess-${n}`)));
    expect(guesses.get(429)).toBeGreaterThanOrEqual(10);
    await expectRefusal(await session('mgp_another-guess'));
    expect((await session(KEY)).status).toBe(200);
  }, 60_000);

  test('may have so many event streams open at once, and more when they close', async () => {
    const { queue } = server.context;
    const { id } = await queue.add('recommend', { userId: 'guest', limit: 3 }, { delayMs: 60_000 });
    const follow = (signal: AbortSignal) => ask(`/jobs/${id}/events`, { from: '127.0.1.13', signal });
    const first = new AbortController();
    const rest = new AbortController();
    expect((await follow(first.signal)).status).toBe(200);
    const responses = await Promise.all(Array.from({ length: 60 }, () => follow(rest.signal)));
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    await expectRefusal(refused[0]!);
    rest.abort();
    await expect.poll(async () => (await follow(first.signal)).status).toBe(200);
    first.abort();
    await queue.cancel(id);
  }, 60_000);
});
