import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { type ShopResult, shopResultSchema } from '../../shared/api/comparison.ts';
import { startShopHost } from '../fetch/testing/shop-host.ts';
import { type ComparisonWorld, openComparisonWorld } from './testing/comparison-world.ts';
import { declarationOf, type LoopbackShopOptions, startLoopbackShop } from './testing/loopback-shop.ts';

const DEADLINE_MS = 3000;
const BOMB_BYTES = 1024 ** 3;

type Misbehaviour = NonNullable<LoopbackShopOptions['instead']>;

const answers =
  (status: number, headers: Record<string, string>, body: string | Buffer = ''): Misbehaviour =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
    return true;
  };

/** A gigabyte of nothing in a megabyte of gzip: members one after the other are one stream (RFC 1952, 2.2). */
function bomb(): Buffer {
  const memberBytes = 16 * 1024 ** 2;
  const member = gzipSync(Buffer.alloc(memberBytes, ' '));
  return Buffer.concat(new Array<Buffer>(BOMB_BYTES / memberBytes).fill(member));
}

/** A byte a second, of a page that would be an answer. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
  const page = '<html><body>No products were found</body></html>';
  let sent = 0;
  const timer = setInterval(() => response.write(page[sent++] ?? ' '), 1000);
  response.once('close', () => clearInterval(timer));
}

const CHALLENGE =
  '<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing. <div class="cf-challenge">Ray ID: 1</div></body></html>';

const HOSTILE: Record<string, Misbehaviour> = {
  hangs: () => true,
  resets: (request) => request.socket.destroy() !== null,
  drips: (_, response) => {
    drip(response);
    return true;
  },
  circles: answers(302, { location: '/search?q=kettle' }),
  bombs: answers(200, { 'content-encoding': 'gzip' }, bomb()),
  blocks: answers(403, {}, CHALLENGE),
  'asks-for-a-pause': answers(503, { 'retry-after': '120' }),
  'lies-of-its-charset': answers(
    200,
    { 'content-type': 'text/html; charset=utf-8' },
    // 0x80 is the euro sign in windows-1252, and no UTF-8.
    Buffer.from('<ul><li class="card"><a href="/p/0">Käthe Kettle</a> <b>41,00 \x80</b></li></ul>', 'latin1'),
  ),
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function openWorld(): Promise<ComparisonWorld> {
  const misbehaving = Object.entries(HOSTILE).map(([id, instead]) => ({ id, instead }));
  const good = ['good', 'better'].map((id) => ({ id, products: [{ name: 'Aroma Kettle', price: '40.00' }] }));
  const shops = await Promise.all([...misbehaving, ...good].map((options) => startLoopbackShop(options)));
  const ailing = await startShopHost({ '/robots.txt': (_, response) => response.writeHead(500).end() });
  const declarations = [
    ...shops.map((shop) => declarationOf(shop)),
    { id: 'ails', name: 'Shop ails', adapter: 'html', url: ailing.origin, search: '/search?q={query}' },
  ];
  const world = await openComparisonWorld(declarations, { redisUrl: null, deadlineMs: DEADLINE_MS });
  open.push(...shops, ailing, world);
  return world;
}

test('shops that misbehave in every way at once hold up no other, are named, and cost no memory', async () => {
  const world = await openWorld();
  const rssBefore = process.memoryUsage().rss;
  let peakBytes = 0;
  const sampler = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss - rssBefore);
  }, 10);

  const { jobId } = await world.comparisons.start('kettle', 'EUR');
  const started = performance.now();
  const answered: string[] = [];
  for await (const event of world.queue.events(jobId)) {
    if (event.type !== 'shop') continue;
    const result: ShopResult = shopResultSchema.parse(event.data);
    answered.push(result.status === 'failed' ? result.failure.shop : result.shop);
  }
  clearInterval(sampler);
  expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 1000);
  expect(new Set(answered.slice(-2))).toEqual(new Set(['hangs', 'drips']));

  const { offers, failures, best, complete } = await world.comparisons.compare('kettle', 'EUR');
  expect(complete).toBe(false);
  expect(best?.shop).toMatch(/good|better/);
  expect(offers.map(({ shop, price }) => `${shop} ${price.amount}`).sort()).toEqual([
    'better 40.00',
    'good 40.00',
    'lies-of-its-charset 41.00',
  ]);
  expect(offers.find(({ shop }) => shop === 'lies-of-its-charset')?.title).toBe('Käthe Kettle');
  expect(Object.fromEntries(failures.map(({ shop, reason }) => [shop, reason]))).toEqual({
    ails: 'robots_disallowed',
    'asks-for-a-pause': 'http_status',
    blocks: 'blocked_by_shop',
    bombs: 'too_large',
    circles: 'redirects',
    drips: 'timeout',
    hangs: 'timeout',
    resets: 'connection',
  });
  // A fifth of the bomb: what one page may have, eightfold, and what Node keeps for itself.
  expect(peakBytes).toBeLessThan(BOMB_BYTES / 5);
});
