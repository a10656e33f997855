import { OpenAPIHono } from '@hono/zod-openapi';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchListSchema, watchSchema } from '../../shared/api/watches.ts';
import { deviceUserId, hashSecret } from '../access/credentials.ts';
import { answerProblem } from '../api/problem.ts';
import { watchRoutes } from '../api/routes/watches.ts';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from '../comparison/testing/loopback-shop.ts';
import type { JobContext } from '../jobs/job-queue.ts';
import { testGate } from '../testing/test-gate.ts';
import { refreshWatchesHandler } from './job.ts';

const HOUR_MS = 3_600_000;
const GTIN = '04006381333931';
const TOKEN = 'secret-of-one-device';
const USER = deviceUserId(TOKEN);

/** Shops, fetcher, queue, comparisons, store and the API's routes for real; only the clock is ours. */
describe('watching', () => {
  let shops: LoopbackShop[];
  let world: ComparisonWorld;
  let app: OpenAPIHono;
  let failures: unknown[];
  let now: number;

  const kettle = (price: string, change: object = {}) => ({ name: 'Aroma Kettle 1.7 l', price, gtin: GTIN, ...change });
  const request = (path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
  const post = (body: object) => request('/watches', { method: 'POST', body: JSON.stringify(body) });
  const watched = async () => {
    const { watches } = watchListSchema.parse(await (await request(`/watches?user_id=${USER}`)).json());
    if (!watches[0]) throw new Error('nothing is watched');
    return watches[0];
  };
  const setPrice = (index: number, price: string, change: object = {}) =>
    shops[index]?.products.splice(0, 1, kettle(price, change));
  const pass = (ms: number) => {
    now += ms;
    world.pass(ms);
  };
  /** Runs the job as its schedule would. @returns how many subjects were looked at. */
  const look = async (): Promise<unknown> => {
    const refresh = refreshWatchesHandler({
      store: world.store,
      comparisons: world.comparisons,
      onFailure: (error) => failures.push(error),
      now: () => now,
    });
    const job = { id: '1', payload: {}, signal: new AbortController().signal } as JobContext<never>;
    return refresh(job);
  };

  beforeEach(async () => {
    shops = await Promise.all([
      startLoopbackShop({ id: 'a', products: [kettle('40.00')] }),
      startLoopbackShop({ id: 'b', products: [kettle('45.00')] }),
    ]);
    world = await openComparisonWorld(
      shops.map((shop) => declarationOf(shop)),
      { redisUrl: null },
    );
    await world.store.keys.add({
      id: 'k1',
      name: 'somebody',
      hash: hashSecret('a-key'),
      scopes: [],
      createdAt: new Date(),
      revokedAt: null,
      expiresAt: null,
    });
    app = new OpenAPIHono();
    app.onError(answerProblem);
    const { gate, limits } = testGate(world.store);
    app.use(gate.check(app));
    watchRoutes(app, { gate, limits, store: world.store });
    failures = [];
    now = Date.now();
  });
  afterEach(async () => {
    await world.close();
    for (const shop of shops) await shop.close();
    expect(failures).toEqual([]);
  });

  test('a query is looked at once it is due, about every hour, and tells the best total and the lowest', async () => {
    const made = await post({ user_id: USER, query: '  Aroma KETTLE' });
    expect(made.status).toBe(201);
    expect(watchSchema.parse(await made.json())).toMatchObject({ query: 'aroma kettle', checked_at: null, last: null });
    pass(1000);
    expect(await look()).toEqual({ looked_at: 1 });
    expect(await watched()).toMatchObject({
      last: { total: { amount: '40.00', currency: 'EUR' }, shop: 'a' },
      lowest: { total: { amount: '40.00' } },
      triggered_at: null,
    });
    expect(await look()).toEqual({ looked_at: 0 });

    setPrice(0, '44.00');
    pass(HOUR_MS + 600_000);
    expect(await look()).toEqual({ looked_at: 1 });
    expect(await watched()).toMatchObject({
      last: { total: { amount: '44.00' } },
      lowest: { total: { amount: '40.00' } },
    });
  });

  test('a look while the date was 400 days ahead does not put the next one 400 days away', async () => {
    await post({ user_id: USER, query: 'kettle' });
    pass(400 * 24 * HOUR_MS);
    expect(await look()).toEqual({ looked_at: 1 });
    pass(-400 * 24 * HOUR_MS);
    expect(await look()).toEqual({ looked_at: 1 });
    expect(await look()).toEqual({ looked_at: 0 });
    expect(Date.parse((await watched()).next_check_at)).toBeLessThan(now + 2 * HOUR_MS);
  });

  test('without a target, the alert is each new lowest', async () => {
    await post({ user_id: USER, query: 'kettle' });
    pass(1000);
    await look();
    setPrice(0, '39.00');
    pass(2 * HOUR_MS);
    await look();
    const { triggered_at } = await watched();
    expect(triggered_at).toBe(new Date(now).toISOString());
    setPrice(0, '41.00');
    pass(2 * HOUR_MS);
    await look();
    expect((await watched()).triggered_at).toBe(triggered_at);
  });

  test('with a target, the alert is on as long as the total is at or below it', async () => {
    await post({ user_id: USER, query: 'kettle', target_amount: '36' });
    pass(1000);
    await look();
    expect(await watched()).toMatchObject({ target: { amount: '36.00', currency: 'EUR' }, triggered_at: null });
    setPrice(1, '36.00');
    pass(2 * HOUR_MS);
    await look();
    const triggeredAt = new Date(now).toISOString();
    expect(await watched()).toMatchObject({ last: { shop: 'b' }, triggered_at: triggeredAt });
    pass(2 * HOUR_MS);
    await look();
    expect((await watched()).triggered_at).toBe(triggeredAt);
    setPrice(1, '37.00');
    pass(2 * HOUR_MS);
    await look();
    expect((await watched()).triggered_at).toBeNull();
  });

  test('a price that jumps beyond reason is no deal and no alert until a second look has seen it', async () => {
    await post({ user_id: USER, query: 'kettle', target_amount: '36' });
    pass(1000);
    await look();
    setPrice(1, '4.50');
    pass(2 * HOUR_MS);
    await look();
    expect(await watched()).toMatchObject({ last: { shop: 'a', total: { amount: '40.00' } }, triggered_at: null });
    const comparison = await world.comparisons.compare('kettle', 'EUR');
    expect(comparison.best).toMatchObject({ shop: 'a' });
    expect(comparison.offers.map(({ shop, unconfirmed }) => [shop, unconfirmed])).toEqual([
      ['b', true],
      ['a', false],
    ]);

    pass(16 * 60_000);
    expect(await look()).toEqual({ looked_at: 1 });
    expect(await watched()).toMatchObject({
      last: { shop: 'b', total: { amount: '4.50' } },
      lowest: { total: { amount: '4.50' } },
      triggered_at: new Date(now).toISOString(),
    });
    const history = await world.store.prices.history(comparison.offers[0]?.product_id ?? '');
    expect(history.filter(({ shop }) => shop === 'b').map(({ price }) => price.minor)).toEqual([4500, 450]);
  });

  test('a product is watched by its own offers, in stock and new', async () => {
    setPrice(0, '10.00', { availability: 'OutOfStock' });
    shops[0]?.products.push({ name: 'Aroma Kettle cleaner', price: '3.00', gtin: '09780201379624' });
    await world.comparisons.compare('kettle', 'EUR');
    const product = await world.store.products.findByGtin(GTIN);
    expect((await post({ user_id: USER, product_id: product?.id })).status).toBe(201);
    pass(1000);
    await look();
    expect(await watched()).toMatchObject({
      product_id: product?.id,
      query: null,
      last: { shop: 'b', total: { amount: '45.00' } },
    });
  });

  test('all who watch the same are told by one look', async () => {
    await post({ user_id: USER, query: 'kettle' });
    await world.store.publicShoppers.add(['7'], 'demo');
    await post({ user_id: '7', query: 'Kettle' });
    pass(1000);
    expect(await look()).toEqual({ looked_at: 1 });
    const [other] = await world.store.watches.ofUser('7');
    expect(other?.last).toMatchObject({ shop: 'a' });
    expect(shops.map((shop) => shop.nSearches())).toEqual([1, 1]);
  });

  test('what was known stays when no shop answers', async () => {
    await post({ user_id: USER, query: 'kettle' });
    pass(1000);
    await look();
    const before = await watched();
    for (const shop of shops) await shop.close();
    pass(2 * HOUR_MS);
    await look();
    expect(await watched()).toEqual({ ...before, next_check_at: expect.not.stringMatching(before.next_check_at) });
    shops = [];
  });

  describe('is for', () => {
    test('the shopper alone', async () => {
      expect((await post({ user_id: 'd-somebody-else', query: 'kettle' })).status).toBe(403);
      expect((await app.request(`/watches?user_id=${USER}`)).status).toBe(401);
      const other = { headers: { authorization: 'Bearer another-device' } };
      const { watch_id: id } = watchSchema.parse(await (await post({ user_id: USER, query: 'kettle' })).json());
      expect((await app.request(`/watches?user_id=${USER}`, other)).status).toBe(403);
      expect((await app.request(`/watches/${id}`, { method: 'DELETE', ...other })).status).toBe(403);
      expect((await request(`/watches/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect((await request(`/watches/${id}`, { method: 'DELETE' })).status).toBe(404);
    });

    test('one thing once: asked again, only its target is replaced', async () => {
      await post({ user_id: USER, query: 'kettle' });
      const again = await post({ user_id: USER, query: 'Kettle', target_amount: '30.50' });
      expect(again.status).toBe(200);
      expect((await watched()).target?.amount).toBe('30.50');
      expect(await world.store.watches.ofUser(USER)).toHaveLength(1);
    });

    test.each([
      [{ query: 'kettle', product_id: '1' }, 400],
      [{}, 400],
      [{ query: 'kettle', target_amount: '0' }, 400],
      [{ query: 'kettle', target_amount: '-3' }, 400],
      [{ query: 'kettle', currency: 'XYZ' }, 400],
      [{ product_id: 'unknown' }, 404],
    ])('what can be watched: %j is answered %i', async (body, status) => {
      expect((await post({ user_id: USER, ...body })).status).toBe(status);
    });

    test('a hundred things at most', async () => {
      for (let n = 0; n < 100; n += 1) await post({ user_id: USER, query: `kettle ${n}` });
      expect((await post({ user_id: USER, query: 'one more' })).status).toBe(409);
      expect((await post({ user_id: USER, query: 'kettle 7', target_amount: '5' })).status).toBe(200);
    });
  });
});
