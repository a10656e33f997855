import { mkdtemp, rm } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { memoryCache } from '../cache/memory-cache.ts';
import { openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { ImageFiles } from '../images/image-files.ts';
import { ImageProxy } from '../images/image-proxy.ts';
import { ECB_DAILY_URL } from '../rates/ecb-daily-url.ts';
import { openRates } from '../rates/open-rates.ts';
import { detectShop } from '../shops/detection/detect-shop.ts';
import { testShopResources } from '../shops/testing/shop-context.ts';
import { requireExecutable } from '../testing/executables.ts';
import type { HttpFetcherOptions } from './http-fetcher.ts';
import { RenderingFetcher } from './rendering/rendering-fetcher.ts';
import { startDnsServer } from './testing/dns-server.ts';
import { startShopHost } from './testing/shop-host.ts';
import { createTestFetcher } from './testing/test-fetcher.ts';
import { userAgent } from './user-agent.ts';

const PUBLIC = '93.184.216.34';
/** Not 127.0.0.1, where other tests may hold the port. */
const INSIDE = '127.0.0.2';
const PORT = 8080;
const ORIGIN = `http://shop.example.com:${PORT}`;
const BANK = 'www.ecb.europa.eu';

/** Reaches for the address given in the way of one feature, and returns what came of it. */
type Path = (origin: string, fetching: Partial<HttpFetcherOptions>) => Promise<string>;

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

function fetcherOf(fetching: Partial<HttpFetcherOptions>) {
  const fetcher = createTestFetcher(fetching);
  open.push(fetcher);
  return fetcher;
}

/** The reason with which `work` fails. */
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'came',
    (error: { reason?: string; message: string }) => error.reason ?? error.message,
  );

const comparedBy =
  (declaration: Record<string, unknown>): Path =>
  async (origin, fetching) => {
    const declared = { id: 'shop', name: 'Shop', url: origin, ...declaration };
    const world = await openComparisonWorld([declared], { redisUrl: null, fetching });
    open.push(world);
    const { failures } = await world.comparisons.compare('kettle', 'EUR');
    return failures.map(({ reason }) => reason).join();
  };

const comparedByAddress: Path = async (origin, fetching) => {
  const world = await openComparisonWorld([], { redisUrl: null, fetching });
  open.push(world);
  const { failures } = await world.comparisons.compare(`${origin}/p/kettle`, 'EUR');
  return failures.map(({ reason }) => reason).join();
};

const added: Path = (origin, fetching) => {
  const signal = AbortSignal.timeout(5000);
  return reasonOf(detectShop(origin, { ...testShopResources(fetcherOf(fetching)), signal, onStep: () => {} }));
};

const pictured: Path = async (origin, fetching) => {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-ssrf-'));
  open.push({ close: () => rm(folder, { recursive: true }) });
  const files = new ImageFiles(folder);
  const images = new ImageProxy({ fetcher: fetcherOf(fetching), files, onUnkept: () => {} });
  // The proxy keeps the reason to itself: a page has no picture, and that is all.
  return (await images.get(`${origin}/kettle.png`)) === null ? 'blocked_address' : 'came';
};

const rendered: Path = (origin, fetching) => {
  const chromium = { path: requireExecutable('chromium'), sandbox: false };
  const fetcher = new RenderingFetcher(fetcherOf(fetching), userAgent(null), chromium);
  open.push(fetcher);
  return reasonOf(fetcher.fetch(`${origin}/kettle`, { purpose: 'page', render: true }));
};

const SEARCH = { search: '/search?q={query}' };
const PATHS: Record<string, Path> = {
  'a comparison, searching a shop by its pages': comparedBy({ adapter: 'html', ...SEARCH }),
  'a comparison, through WooCommerce': comparedBy({ adapter: 'woocommerce' }),
  'a comparison, through Shopify': comparedBy({ adapter: 'shopify' }),
  'a comparison, through Magento': comparedBy({ adapter: 'magento' }),
  'a comparison, downloading a feed': comparedBy({ adapter: 'feed', feed: '/google.xml' }),
  'a comparison of the address of a page': comparedByAddress,
  'shops add': added,
  'the image proxy': pictured,
  'a page that is rendered': rendered,
};

/** A DNS server of its own; its first answer is a public address, every later one a private one. */
async function rebindingLookup(name: string): Promise<{ lookup: LookupFunction; queries: string[] }> {
  const dns = await startDnsServer((_name, nth) => (nth === 0 ? [PUBLIC] : [INSIDE]));
  open.push(dns);
  // What a guard would see that looks first and connects later.
  const checked = await new Promise((resolve) => {
    dns.lookup(name, {}, (_error, address) => resolve(address));
  });
  expect(checked).toBe(PUBLIC);
  return dns;
}

async function insideHost() {
  const inside = await startShopHost({}, { host: INSIDE, port: PORT });
  open.push(inside);
  return inside;
}

describe.each(Object.entries(PATHS))('%s', (_name, path) => {
  test('goes to no private address, whatever a declaration or a person says', async () => {
    const inside = await insideHost();
    expect(await path(`http://${INSIDE}:${PORT}`, { openOrigins: [] })).toBe('blocked_address');
    expect(inside.log).toEqual([]);
  });

  test('goes to no name that is public when it is checked and private when it is connected to', async () => {
    const inside = await insideHost();
    const { lookup, queries } = await rebindingLookup('shop.example.com');
    expect(await path(ORIGIN, { openOrigins: [], lookup })).toBe('blocked_address');
    expect(queries.length).toBeGreaterThan(1);
    expect(inside.log).toEqual([]);
  });

  test('would arrive there without the guard', async () => {
    const inside = await insideHost();
    const { lookup } = await rebindingLookup('shop.example.com');
    await path(ORIGIN, { openOrigins: [ORIGIN], lookup });
    expect(inside.log).not.toEqual([]);
  });
});

test('exchange rates: no private address, though the name of the bank leads there', async () => {
  const { lookup, queries } = await rebindingLookup(BANK);
  const failures: unknown[] = [];
  const fetcher = fetcherOf({ lookup });
  const rates = openRates({
    url: ECB_DAILY_URL,
    fetcher,
    cache: memoryCache(),
    onFailure: (error) => failures.push(error),
  });
  expect((await rates()).bundled).toBe(true);
  expect(failures).toMatchObject([{ reason: 'blocked_address' }]);
  expect(queries).toEqual([BANK, BANK]);
});
