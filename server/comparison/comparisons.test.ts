import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { comparisonSchema, type ShopResult, shopResultSchema } from '../../shared/api/comparison.ts';
import { MAX_WAITING_COMPARISONS } from '../limits/budgets.ts';
import { LimitReachedError } from '../limits/rate-limiter.ts';
import { testRedisUrl } from '../testing/test-services.ts';
import { type Asker, Comparisons } from './comparisons.ts';
import { FAILURE_FRESH_MS, FRESH_MS, STALE_MS } from './freshness.ts';
import { CONCURRENCY, type ComparisonWorld, openComparisonWorld } from './testing/comparison-world.ts';
import {
  declarationOf,
  type LoopbackShop,
  type LoopbackShopOptions,
  startLoopbackShop,
} from './testing/loopback-shop.ts';

const kettle = (price: string, change: object = {}) => ({ name: 'Aroma Kettle 1.7 l', price, ...change });
const GTIN = '04006381333931';

const later = async <T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> => {
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    await sleep(20);
  }
};

const shopOf = (result: ShopResult) => (result.status === 'failed' ? result.failure.shop : result.shop);

/** Every promise holds on embedded defaults and with Redis alike. */
const DEPLOYMENTS = [
  { name: 'embedded defaults', redisUrl: async () => null },
  { name: 'Redis', redisUrl: testRedisUrl },
];

describe.each(DEPLOYMENTS)('on $name,', ({ redisUrl }) => {
  let world: ComparisonWorld;
  let shops: Map<string, LoopbackShop>;
  afterEach(async () => {
    await world.close();
    for (const shop of shops.values()) await shop.close();
  });

  const openWorld = async (declared: LoopbackShopOptions[], options: { deadlineMs?: number } = {}) => {
    const started = await Promise.all(declared.map((shop) => startLoopbackShop(shop)));
    shops = new Map(started.map((shop) => [shop.id, shop]));
    const declarations = started.map((shop, index) => declarationOf(shop, declared[index]?.declaration));
    return openComparisonWorld(declarations, { redisUrl: await redisUrl(), ...options });
  };

  async function shopEvents(jobId: string): Promise<{ at: number; result: ShopResult }[]> {
    const seen = [];
    for await (const event of world.queue.events(jobId)) {
      if (event.type === 'shop') seen.push({ at: performance.now(), result: shopResultSchema.parse(event.data) });
    }
    return seen;
  }
  describe('a comparison', () => {
    it('asks every shop, in one currency, by total price, with the best deal and its reason', async () => {
      world = await openWorld([
        { id: 'cheap-but-gone', products: [kettle('10.00', { availability: 'OutOfStock' })] },
        {
          id: 'shipped',
          products: [kettle('40.00')],
          declaration: { currency: 'EUR', shipping: { amount: '4.90', free_from: '100.00' } },
        },
        { id: 'dollars', products: [kettle('60.00', { currency: 'USD' })] },
        { id: 'off', products: [kettle('1.00')], declaration: { enabled: false } },
      ]);
      const comparison = await world.comparisons.compare('  Aroma KETTLE ', 'EUR');
      expect(comparisonSchema.parse(comparison)).toEqual(comparison);
      expect(comparison).toMatchObject({ query: 'aroma kettle', currency: 'EUR', cache: 'miss', complete: true });
      expect(comparison.offers.map(({ shop, total, price }) => [shop, total?.amount, price.amount])).toEqual([
        ['shipped', '44.90', '40.00'],
        ['cheap-but-gone', undefined, '10.00'],
        ['dollars', undefined, '48.00'],
      ]);
      expect(comparison.offers[2]).toMatchObject({
        price: { amount: '48.00', currency: 'EUR' },
        original_price: { amount: '60.00', currency: 'USD' },
        availability: 'InStock',
      });
      expect(comparison.best).toMatchObject({
        shop: 'shipped',
        reason: 'Lowest total of 2 offers that can be had now: 40.00 EUR plus 4.90 EUR shipping.',
      });
      expect(comparison).toMatchObject({ shops_asked: 3, failures: [], rates_date: '2026-11-20' });
    });

    it('ranks by the total for the country that the goods are sent to, and says where that is not told', async () => {
      world = await openWorld([
        {
          id: 'near',
          products: [kettle('40.00')],
          declaration: {
            currency: 'EUR',
            shipping: [
              { to: ['DE'], amount: '2.00' },
              { to: ['CH'], amount: '30.00' },
            ],
          },
        },
        { id: 'far', products: [kettle('44.00')], declaration: { currency: 'EUR', shipping: { amount: '5.00' } } },
      ]);
      const to = async (shipTo: string | null) => {
        const { offers, best, ship_to } = await world.comparisons.compare('kettle', 'EUR', { shipTo });
        expect(ship_to).toBe(shipTo);
        return { totals: offers.map(({ shop, shipping, total }) => [shop, shipping?.amount, total?.amount]), best };
      };
      expect((await to('DE')).totals).toEqual([
        ['near', '2.00', '42.00'],
        ['far', '5.00', '49.00'],
      ]);
      expect(await to('CH')).toMatchObject({
        totals: [
          ['far', '5.00', '49.00'],
          ['near', '30.00', '70.00'],
        ],
        best: { shop: 'far' },
      });
      expect(await to('FR')).toMatchObject({
        totals: [
          ['far', '5.00', '49.00'],
          ['near', undefined, undefined],
        ],
        best: { shop: 'far' },
      });
      expect(shops.get('near')?.nSearches()).toBe(1);
    });

    it('asks each shop once for several currencies and countries at the same time', async () => {
      const slow = (_: unknown, response: ServerResponse) => {
        setTimeout(() => response.end('<ul><li class="card"><a href="/p/0">Kettle</a><b>40.00 EUR</b></li></ul>'), 300);
        return true;
      };
      world = await openWorld([
        { id: 'slow', instead: slow, products: [kettle('40.00')] },
        { id: 'quick', products: [kettle('39.00')] },
      ]);
      const answers = await Promise.all([
        world.comparisons.compare('kettle', 'EUR'),
        world.comparisons.compare('kettle', 'USD'),
        world.comparisons.compare('kettle', 'EUR', { shipTo: 'DE' }),
      ]);
      expect(answers.map(({ offers }) => offers.map(({ price }) => price.amount))).toEqual([
        ['39.00', '40.00'],
        ['48.75', '50.00'],
        ['39.00', '40.00'],
      ]);
      for (const shop of shops.values()) expect(shop.nSearches()).toBe(1);
    });

    it('tells what is known so far of a shop that is slow to answer in full', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00'), kettle('45.00')], declaration: { pace: { min_delay_ms: 400 } } },
      ]);
      const { jobId } = await world.comparisons.start('kettle', 'EUR');
      const seen: [string, number, number][] = [];
      const startedAt = performance.now();
      for await (const { type, data } of world.queue.events(jobId)) {
        if (type !== 'shop' && type !== 'shop_so_far') continue;
        const result = shopResultSchema.parse(data);
        seen.push([type, result.status === 'answered' ? result.offers.length : 0, performance.now() - startedAt]);
      }
      expect(seen.at(0)?.[0]).toBe('shop_so_far');
      expect(seen.at(-1)?.slice(0, 2)).toEqual(['shop', 2]);
      expect((seen.at(-1)?.[2] ?? 0) - (seen.at(0)?.[2] ?? 0)).toBeGreaterThan(300);
    });

    it('says so where the shop that is best does not tell its shipping, and that nothing was converted', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'b', products: [kettle('40.50')] },
      ]);
      const { best, rates_date } = await world.comparisons.compare('kettle', 'EUR');
      expect(best?.reason).toBe(
        'Lowest price of 2 offers that can be had now; the shop does not say what shipping costs.',
      );
      expect(rates_date).toBeNull();
    });

    it('leaves out what the query does not mean', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00'), { name: 'Garden hose 20 m', price: '5.00' }] }]);
      const { offers } = await world.comparisons.compare('kettle', 'EUR');
      expect(offers.map(({ title }) => title)).toEqual(['Aroma Kettle 1.7 l']);
    });

    it('has no offers and no failure where no shop has such a thing', async () => {
      world = await openWorld([{ id: 'a' }, { id: 'b', products: [{ name: 'Garden hose', price: '5.00' }] }]);
      expect(await world.comparisons.compare('kettle', 'EUR')).toMatchObject({
        offers: [],
        failures: [],
        best: null,
        complete: true,
        next_step: expect.stringMatching(/^None of the 2 shops that we know has "kettle"\. .*address.*shops add/),
      });
      expect((await world.comparisons.compare('hose', 'EUR')).next_step).toBeNull();
    });

    it('says that nobody was asked where no shop is known', async () => {
      world = await openWorld([]);
      const { next_step, shops_asked } = await world.comparisons.compare('kettle', 'EUR');
      expect({ next_step, shops_asked }).toEqual({
        next_step: expect.stringMatching(/^No shop is known yet.*magpie shops add/),
        shops_asked: 0,
      });
    });

    it('tells each shop when it has answered: a slow one does not hold up the others', async () => {
      const slow = (_: unknown, response: ServerResponse) => {
        setTimeout(() => response.end('No products were found'), 600);
        return true;
      };
      world = await openWorld([
        { id: 'slow', instead: slow },
        { id: 'quick', products: [kettle('40.00')] },
      ]);
      const { jobId } = await world.comparisons.start('kettle', 'EUR');
      const events = await shopEvents(jobId);
      expect(events.map(({ result }) => shopOf(result))).toEqual(['quick', 'slow']);
      expect((events[1]?.at ?? 0) - (events[0]?.at ?? 0)).toBeGreaterThan(300);
      expect((await world.queue.get(jobId))?.result).toMatchObject({ shops_asked: 2, complete: true });
    });

    it('ends at its deadline with what is known when a shop hangs, and names that shop', async () => {
      const hang = () => true;
      world = await openWorld(
        [
          { id: 'hangs', instead: hang },
          { id: 'quick', products: [kettle('40.00')] },
        ],
        {
          deadlineMs: 700,
        },
      );
      const started = performance.now();
      const comparison = await world.comparisons.compare('kettle', 'EUR');
      expect(performance.now() - started).toBeLessThan(2500);
      expect(comparison).toMatchObject({ complete: false, best: { shop: 'quick' } });
      expect(comparison.failures).toEqual([
        {
          shop: 'hangs',
          shop_name: 'Shop hangs',
          reason: 'timeout',
          detail: 'The shop had not answered by the time the comparison ended.',
        },
      ]);
    });

    it('gives up on a shop at its own limit without ending the comparison', async () => {
      world = await openWorld([
        { id: 'hangs', instead: () => true, declaration: { timeout_ms: 200 } },
        { id: 'quick', products: [kettle('40.00')] },
      ]);
      const { complete, failures } = await world.comparisons.compare('kettle', 'EUR');
      expect(complete).toBe(true);
      expect(failures).toMatchObject([{ reason: 'timeout', detail: expect.stringContaining('its limit of 0.2 s') }]);
    });

    it('names the reason of every failure, and the other shops are compared all the same', async () => {
      const send =
        (status: number, headers: Record<string, string>, body: string) => (_: unknown, response: ServerResponse) => {
          response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
          return true;
        };
      const challenge =
        '<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing. <div class="cf-challenge">Ray ID: 1</div></body></html>';
      world = await openWorld([
        { id: 'quick', products: [kettle('40.00')] },
        { id: 'blocks', instead: send(403, {}, challenge) },
        { id: 'breaks', instead: send(404, {}, 'gone') },
        { id: 'circles', instead: send(302, { location: '/search?q=kettle' }, '') },
        { id: 'forbids', robotsTxt: 'User-agent: *\nDisallow: /search' },
        { id: 'resets', instead: (request) => request.socket.destroy() !== null },
        { id: 'says-nothing', instead: send(200, {}, '<html><body><p>Welcome to our shop.</p></body></html>') },
      ]);
      const { failures, best } = await world.comparisons.compare('kettle', 'EUR');
      expect(Object.fromEntries(failures.map(({ shop, reason }) => [shop, reason]))).toEqual({
        blocks: 'blocked_by_shop',
        breaks: 'http_status',
        circles: 'redirects',
        forbids: 'robots_disallowed',
        resets: 'connection',
        'says-nothing': 'unreadable',
      });
      for (const { detail } of failures) expect(detail).toMatch(/^[A-Z"0-9].*\.$/s);
      expect(best?.shop).toBe('quick');
    });

    it('stops reading a shop that sends 50 MB, so that memory does not grow with it', async () => {
      let sentBytes = 0;
      const flood = (_: unknown, response: ServerResponse) => {
        const chunk = Buffer.alloc(256 * 1024, '<p>more</p>');
        response.setHeader('content-type', 'text/html');
        const send = () => {
          while (sentBytes < 50e6 && !response.destroyed) {
            sentBytes += chunk.length;
            if (!response.write(chunk)) return void response.once('drain', send);
          }
          response.end();
        };
        send();
        return true;
      };
      world = await openWorld([
        { id: 'floods', instead: flood },
        { id: 'quick', products: [kettle('40.00')] },
      ]);
      const { failures, offers } = await world.comparisons.compare('kettle', 'EUR');
      expect(failures).toMatchObject([{ shop: 'floods', reason: 'too_large' }]);
      expect(offers).toHaveLength(1);
      expect(sentBytes).toBeLessThan(20e6);
    });
  });

  describe('the address of a product page instead of words', () => {
    const other = { name: 'Garden hose 20 m', price: '5.00' };

    it("finds the same product in the other shops, beside the page's own offer", async () => {
      world = await openWorld([
        { id: 'a', products: [other, kettle('40.00', { gtin: GTIN })] },
        { id: 'b', products: [kettle('38.00'), { name: 'Aroma Kettle 0.8 l', price: '20.00' }, other] },
        { id: 'c', products: [{ name: 'Aroma kettle stainless steel 1.7 l', price: '42.00', gtin: GTIN }] },
      ]);
      const url = `${shops.get('a')?.origin}/p/1`;
      const comparison = await world.comparisons.compare(` ${url}#reviews`, 'EUR');
      expect(comparisonSchema.parse(comparison)).toEqual(comparison);
      expect(comparison).toMatchObject({
        query: 'aroma kettle 1.7 l',
        recognised: { url, shop: 'a', title: 'Aroma Kettle 1.7 l', gtin: GTIN },
        best: { shop: 'b' },
        next_step: null,
      });
      expect(comparison.offers.map(({ shop, price, title }) => [shop, price.amount, title])).toEqual([
        ['b', '38.00', 'Aroma Kettle 1.7 l'],
        ['a', '40.00', 'Aroma Kettle 1.7 l'],
        ['c', '42.00', 'Aroma kettle stainless steel 1.7 l'],
      ]);
      expect(await world.comparisons.compare(url, 'EUR')).toEqual({ ...comparison, cache: 'hit' });
    });

    it('may be of a shop that nobody declared: its offer is shown, and is no part of the history', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'stranger', products: [kettle('36.00')], declaration: { enabled: false } },
      ]);
      const { origin } = shops.get('stranger') ?? { origin: '' };
      const { offers, recognised } = await world.comparisons.compare(`${origin}/p/0`, 'EUR');
      expect(recognised?.shop).toBe(new URL(origin).host);
      expect(offers.map(({ shop, product_id }) => [shop, product_id])).toEqual([
        [new URL(origin).host, null],
        ['a', expect.any(String)],
      ]);
      expect(await world.store.offers.find(new URL(origin).host, `${origin}/p/0`)).toBeNull();
    });

    it('says what to do where no other shop has the product', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'b', products: [other] },
      ]);
      const address = `${shops.get('a')?.origin}/p/0`;
      expect(await world.comparisons.compare(address, 'EUR')).toMatchObject({ offers: [{ shop: 'a' }] });
    });

    it.each([
      ['is not there', '/p/7', 'http_status'],
      ['is no product page', '/search?q=kettle', 'unreadable'],
    ])('is a failure with its reason where it %s, and no shop is asked', async (_, path, reason) => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'stranger', products: [kettle('36.00'), other], declaration: { enabled: false } },
      ]);
      const { origin } = shops.get('stranger') ?? { origin: '' };
      expect(await world.comparisons.compare(origin + path, 'EUR')).toMatchObject({
        recognised: null,
        offers: [],
        failures: [{ shop: new URL(origin).host, reason, detail: expect.stringMatching(/\.$/) }],
        next_step: expect.stringContaining('compare by the name'),
        shops_asked: 0,
      });
      expect(shops.get('a')?.nSearches()).toBe(0);
    });

    it('is fetched under the guard of every request: nothing inside the network is reached', async () => {
      const inside = await startLoopbackShop({ id: 'inside', products: [kettle('1.00')] });
      world = await openWorld([
        {
          id: 'a',
          instead: (_, response) => {
            response.writeHead(302, { location: `${inside.origin}/p/0` }).end();
            return true;
          },
        },
      ]);
      const { port } = new URL(inside.origin);
      const addresses = [
        `${inside.origin}/p/0`,
        `http://localhost:${port}/p/0`,
        `http://[::ffff:127.0.0.1]:${port}/p/0`,
        `http://2130706433:${port}/p/0`,
        'http://169.254.169.254/latest/meta-data/',
        'http://user:secret@shop.example/p/0',
        `${shops.get('a')?.origin}/search?q=led-elsewhere`,
      ];
      for (const address of addresses) {
        const { failures, offers } = await world.comparisons.compare(address, 'EUR');
        expect({ address, failures, offers }).toMatchObject({ failures: [{ reason: 'blocked_address' }], offers: [] });
      }
      expect(inside.log).toEqual([]);
      await inside.close();
    });
  });

  describe('a comparison that was made', () => {
    it('is answered from the cache for ten minutes, however the query is written', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const first = await world.comparisons.compare('kettle', 'EUR');
      world.pass(FRESH_MS - 5000);
      expect(await world.comparisons.compare('  KETTLE,', 'EUR')).toEqual({ ...first, cache: 'hit' });
      expect(shops.get('a')?.nSearches()).toBe(1);
    });

    it('is shown while a new one is made once it is older, and then gives way to it', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const first = await world.comparisons.compare('kettle', 'EUR');
      shops.get('a')?.products.splice(0, 1, kettle('35.00'));
      world.pass(FRESH_MS + 1000);
      expect(await world.comparisons.compare('kettle', 'EUR')).toEqual({ ...first, cache: 'stale' });
      const next = await later(
        () => world.comparisons.compare('kettle', 'EUR'),
        ({ cache }) => cache === 'hit',
      );
      expect(next.best?.price?.amount).toBe('35.00');
      expect(shops.get('a')?.nSearches()).toBe(2);
    });

    it('is forgotten after a day', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      await world.comparisons.compare('kettle', 'EUR');
      world.pass(STALE_MS + 1000);
      expect((await world.comparisons.compare('kettle', 'EUR')).cache).toBe('miss');
    });

    it('asks the shops no second time for another currency', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      await world.comparisons.compare('kettle', 'EUR');
      expect((await world.comparisons.compare('kettle', 'USD')).best?.price).toEqual({
        amount: '50.00',
        currency: 'USD',
      });
      expect(shops.get('a')?.nSearches()).toBe(1);
    });

    it('with a failure is made again after a minute, and asks only the shop that had failed', async () => {
      let down = true;
      const flaky = (_: unknown, response: ServerResponse) => {
        if (down) response.writeHead(404).end();
        return down;
      };
      world = await openWorld([
        { id: 'flaky', products: [kettle('30.00')], instead: flaky },
        { id: 'steady', products: [kettle('40.00')] },
      ]);
      expect((await world.comparisons.compare('kettle', 'EUR')).failures).toHaveLength(1);
      down = false;
      expect((await world.comparisons.compare('kettle', 'EUR')).cache).toBe('hit');
      world.pass(FAILURE_FRESH_MS + 1000);
      expect((await world.comparisons.compare('kettle', 'EUR')).cache).toBe('stale');
      const next = await later(
        () => world.comparisons.compare('kettle', 'EUR'),
        ({ cache }) => cache === 'hit',
      );
      expect(next).toMatchObject({ failures: [], best: { shop: 'flaky' } });
      expect(shops.get('steady')?.nSearches()).toBe(1);
    });

    it('is no answer any more once another shop is declared', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      await world.comparisons.compare('kettle', 'EUR');
      const { version, enabled } = await world.parts.shops.current();
      const more = { current: async () => ({ enabled, disabled: [], problems: [], version: `${version}+` }) };
      const next = new Comparisons({ ...world.parts, shops: more });
      expect((await next.compare('kettle', 'EUR')).cache).toBe('miss');
    });

    it('gives an asynchronous caller the finished job, whose stream tells all again', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'b', products: [kettle('41.00')] },
      ]);
      const { jobId } = await world.comparisons.start('kettle', 'EUR');
      const events = await shopEvents(jobId);
      expect(events).toHaveLength(2);
      expect(await world.comparisons.start('kettle', 'EUR')).toEqual({ jobId });
      expect((await shopEvents(jobId)).map(({ result }) => result)).toEqual(events.map(({ result }) => result));
    });
  });

  describe('many who ask at once', () => {
    it('wait for one job: a thousand questions cost each shop one search', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00')] },
        { id: 'b', products: [kettle('41.00')] },
      ]);
      // Half of them in another process, as far as can be told: it shares queue, cache and shops, and no memory.
      const elsewhere = new Comparisons(world.parts);
      const answers = await Promise.all(
        Array.from({ length: 1000 }, (_, n) => (n % 2 ? elsewhere : world.comparisons).compare('kettle', 'EUR')),
      );
      expect(new Set(answers.map(({ best }) => best?.price?.amount))).toEqual(new Set(['40.00']));
      expect(answers.map(({ offers }) => offers.length)).toEqual(answers.map(() => 2));
      expect(shops.get('a')?.nSearches()).toBe(1);
      expect(shops.get('b')?.nSearches()).toBe(1);
      expect(await world.queue.list()).toHaveLength(1);
    });

    it('who come while the answer is being put away do not make it twice', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const { cache } = world.parts;
      // Reads that were answered before the first job had finished, and are acted upon after it.
      const slowRead = { ...cache, get: async (key: string) => (await Promise.all([cache.get(key), sleep(400)]))[0] };
      const late = new Comparisons({ ...world.parts, cache: slowRead });
      const [first, second] = await Promise.all([
        world.comparisons.compare('kettle', 'EUR'),
        late.compare('kettle', 'EUR'),
      ]);
      expect([first.cache, second.cache]).toEqual(['miss', 'hit']);
      expect(shops.get('a')?.nSearches()).toBe(1);
    });

    it('do not lose the answer when one of them gives up', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const impatient = new AbortController();
      const lost = world.comparisons.compare('kettle', 'EUR', { signal: impatient.signal });
      const kept = world.comparisons.compare('kettle', 'EUR');
      impatient.abort(new Error('gone'));
      await expect(lost).rejects.toThrow('gone');
      expect((await kept).offers).toHaveLength(1);
    });

    it('are told when the comparison is cancelled', async () => {
      world = await openWorld([{ id: 'hangs', instead: () => true }]);
      const { jobId } = await world.comparisons.start('kettle', 'EUR');
      const waiting = expect(world.comparisons.compare('kettle', 'EUR')).rejects.toThrow(
        'The comparison was cancelled',
      );
      await later(
        () => world.queue.get(jobId),
        (job) => job?.state === 'active',
      );
      await world.queue.cancel(jobId);
      await waiting;
    });
  });

  describe('those who ask within limits', () => {
    /** Counts what it is asked for, and refuses it where it may have no new job. */
    const askerOf = (client: string, allowed = true) => {
      const asker = {
        client,
        nJobs: 0,
        async beforeNewJob() {
          if (!allowed) throw new LimitReachedError({ name: 'comparisons', points: 0, windowS: 60 }, 1000);
          asker.nJobs += 1;
        },
      };
      return asker;
    };
    const compare = (asker: Asker) => world.comparisons.compare('kettle', 'EUR', { asker });

    it('pay for a new job only, not for what is cached or on its way', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const [ada, bob] = [askerOf('ada'), askerOf('bob')];
      await Promise.all(Array.from({ length: 100 }, (_, n) => compare(n % 2 ? ada : bob)));
      expect(ada.nJobs + bob.nJobs).toBe(1);
      expect((await compare(ada)).cache).toBe('hit');
      world.pass(FRESH_MS + 1000);
      expect((await Promise.all([compare(ada), compare(ada)])).map(({ cache }) => cache)).toEqual(['stale', 'stale']);
      expect(ada.nJobs + bob.nJobs).toBe(2);
    });

    it('get what is cached, old or new, also where they may have no new job', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const refused = askerOf('eve', false);
      await expect(compare(refused)).rejects.toThrow(LimitReachedError);
      await compare(askerOf('ada'));
      expect((await compare(refused)).cache).toBe('hit');
      world.pass(FRESH_MS + 1000);
      expect((await compare(refused)).cache).toBe('stale');
      expect(shops.get('a')?.nSearches()).toBe(1);
    });

    it('do not take others with them who ask for the same at the same time', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const outcomes = await Promise.allSettled([
        compare(askerOf('eve', false)),
        compare(askerOf('eve', false)),
        compare(askerOf('ada')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    });

    it('wait for no more answers than can be made meanwhile, and may have more jobs that they follow', async () => {
      // The shop answers nothing, so that none of the jobs ends.
      world = await openWorld([{ id: 'a', instead: () => true }], { deadlineMs: 2000 });
      const { perClient, perWaitingClient } = MAX_WAITING_COMPARISONS;
      const ada = askerOf('ada');
      const leave = new AbortController();
      const refusals: unknown[] = [];
      const answers = Array.from({ length: perClient }, (_, n) =>
        world.comparisons
          .compare(`kettle ${n}`, 'EUR', { asker: ada, signal: leave.signal })
          .catch((error: unknown) => refusals.push(error)),
      );
      await later(
        async () => refusals.length,
        (nRefusals) => nRefusals >= perClient - perWaitingClient - CONCURRENCY,
      );
      for (const refusal of refusals) expect(refusal).toMatchObject({ name: 'QueueFullError', max: perWaitingClient });
      expect(await world.comparisons.start('a kettle to follow', 'EUR', { asker: ada })).toHaveProperty('jobId');
      leave.abort(new Error('gone'));
      await Promise.all(answers);
    });
  });

  describe('what a comparison leaves behind', () => {
    it('is one product per thing, known by its GTIN, with the offers of all shops', async () => {
      world = await openWorld([
        { id: 'a', products: [kettle('40.00', { gtin: GTIN })] },
        { id: 'b', products: [{ name: 'Aroma kettle stainless 1,7 Liter', price: '42.00', gtin: GTIN }] },
      ]);
      const { offers } = await world.comparisons.compare('aroma kettle', 'EUR');
      const productIds = new Set(offers.map(({ product_id }) => product_id));
      expect(productIds.size).toBe(1);
      const product = await world.store.products.findByGtin(GTIN);
      expect(productIds).toEqual(new Set([product?.id]));
      expect(product).toMatchObject({ source: 'comparison', gtin: GTIN });
      expect((await world.store.offers.ofProduct(product?.id ?? '')).map(({ shop }) => shop)).toEqual(['a', 'b']);
    });

    it('is filed under the product of the catalogue that has the GTIN', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00', { gtin: GTIN })] }]);
      await world.store.products.upsert([
        {
          id: '7',
          title: 'Wasserkocher Aroma',
          brand: 'Aroma',
          category: 'Kitchen',
          description: null,
          gtin: GTIN,
          mpn: null,
          image: null,
          listPrice: null,
          source: 'demo',
        },
      ]);
      const { offers } = await world.comparisons.compare('kettle', 'EUR');
      expect(offers.map(({ product_id }) => product_id)).toEqual(['7']);
      expect(await world.store.products.count()).toBe(1);
    });

    it('is the price history, in the currency that the shop showed', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00', { currency: 'USD' })] }]);
      const [offer] = (await world.comparisons.compare('kettle', 'EUR')).offers;
      shops.get('a')?.products.splice(0, 1, kettle('35.00', { currency: 'USD' }));
      world.pass(STALE_MS + 1000);
      const [again] = (await world.comparisons.compare('kettle', 'EUR')).offers;
      expect(again?.product_id).toBe(offer?.product_id);
      const history = await world.store.prices.history(offer?.product_id ?? '');
      expect(history.map(({ price }) => price)).toEqual([
        { minor: 4000, currency: 'USD' },
        { minor: 3500, currency: 'USD' },
      ]);
    });

    it('is answered all the same when the store cannot take it, and the operator is told', async () => {
      world = await openWorld([{ id: 'a', products: [kettle('40.00')] }]);
      const told: unknown[] = [];
      world.parts.onUnrecorded = (error) => told.push(error);
      const upsert = world.store.offers.upsert;
      world.store.offers.upsert = async () => {
        throw new Error('the disk is full');
      };
      const { offers } = await world.comparisons.compare('kettle', 'EUR');
      world.store.offers.upsert = upsert;
      expect(offers).toMatchObject([{ shop: 'a', product_id: null }]);
      expect(told).toMatchObject([{ message: 'the disk is full' }]);
    });
  });
});
