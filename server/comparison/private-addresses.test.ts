import { afterEach, expect, test } from 'vitest';
import type { Comparison } from '../../shared/api/comparison.ts';
import { type ShopHost, startShopHost } from '../fetch/testing/shop-host.ts';
import { type ComparisonWorld, openComparisonWorld } from './testing/comparison-world.ts';
import { declarationOf, type LoopbackShop, startLoopbackShop } from './testing/loopback-shop.ts';

/** A host of the operator's own network, named in `MAGPIE_ALLOWED_ORIGINS`, beside a running shop that is open to all. */
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

const SECRET_PAGE = `<html><head><script type="application/ld+json">${JSON.stringify({
  ...{ '@context': 'https://schema.org', '@type': 'Product', name: 'Salaries of the board' },
  offers: { '@type': 'Offer', price: '1.00', priceCurrency: 'EUR' },
})}</script></head><body><h1>Salaries of the board</h1></body></html>`;

async function openWorld({ declared = false } = {}): Promise<{
  intranet: ShopHost;
  shop: LoopbackShop;
  world: ComparisonWorld;
  blocked(query: string): Promise<boolean>;
}> {
  const intranet = await startShopHost({
    '/secret': (_, response) => response.setHeader('content-type', 'text/html').end(SECRET_PAGE),
  });
  const shop = await startLoopbackShop({
    id: 'open',
    products: [{ name: 'Aroma Kettle', price: '40.00' }],
    instead: (_, response) => response.writeHead(302, { location: `${intranet.origin}/secret` }).end() !== null,
  });
  const ofIntranet = {
    id: 'inside',
    name: 'Inside',
    adapter: 'html',
    url: intranet.origin,
    search: '/secret?q={query}',
  };
  const world = await openComparisonWorld([declarationOf(shop), ...(declared ? [ofIntranet] : [])], {
    redisUrl: null,
    fetching: { allowedOrigins: [intranet.origin], openOrigins: [shop.origin] },
  });
  open.push(intranet, shop, world);
  const blocked = async (query: string): Promise<boolean> => isBlocked(await world.comparisons.compare(query, 'EUR'));
  return { intranet, shop, world, blocked };
}

function isBlocked({ recognised, failures }: Comparison): boolean {
  return recognised === null && failures.some(({ reason }) => reason === 'blocked_address');
}

test('a page of it is compared for the operator and keys, and for no one else: neither fetched nor from the cache', async () => {
  const { intranet, world, blocked } = await openWorld();
  const address = `${intranet.origin}/secret`;
  expect(await blocked(address)).toBe(true);
  expect(intranet.log).toEqual([]);

  const asOperator = await world.comparisons.compare(address, 'EUR', { trusted: true });
  expect(asOperator.recognised?.title).toBe('Salaries of the board');
  const nRequests = intranet.log.length;
  expect(await blocked(address)).toBe(true);
  expect(intranet.log).toHaveLength(nRequests);

  const [theirs, own] = await Promise.all([
    world.comparisons.start(address, 'EUR', { trusted: true }),
    world.comparisons.start(address, 'EUR'),
  ]);
  expect(theirs.jobId).not.toBe(own.jobId);
});

test('nor is it reached by way of a redirect, or as the page of a declared shop', async () => {
  const { intranet, shop, blocked } = await openWorld({ declared: true });
  expect(await blocked(`${shop.origin}/search?q=anything`)).toBe(true);
  expect(await blocked(`${intranet.origin}/secret`)).toBe(true);
  expect(intranet.log).toEqual([]);
});

test('it is asked for its offers as every declared shop is, and a running shop’s pages are compared for everybody', async () => {
  const { intranet, shop, world } = await openWorld({ declared: true });
  const found = await world.comparisons.compare(`${shop.origin}/p/0`, 'EUR');
  expect(found.recognised?.title).toBe('Aroma Kettle');
  expect(intranet.log.map(({ path }) => path)).toContain('/secret?q=aroma%20kettle');
});
