import { afterEach, expect, test } from 'vitest';
import { type ShopHost, startShopHost } from './testing/shop-host.ts';
import { createTestFetcher } from './testing/test-fetcher.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

type Handlers = Parameters<typeof startShopHost>[0];
const LAMP: Handlers = { '/lamp': (_request, response) => response.end('lamp') };

async function shopWith(robots: Handlers): Promise<{ host: ShopHost; fetchPath(path: string): Promise<string> }> {
  const host = await startShopHost({ ...LAMP, ...robots });
  const fetcher = createTestFetcher({ allowedOrigins: [host.origin] });
  open.push(host, fetcher);
  return {
    host,
    fetchPath: async (path) => (await fetcher.fetch(host.origin + path, { purpose: 'page' })).text(),
  };
}

test('what robots.txt forbids is not asked for', async () => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.end('User-agent: MagpieBot\nDisallow: /cart'),
  });
  await expect(fetchPath('/cart/1')).rejects.toMatchObject({ reason: 'robots_disallowed' });
  expect(await fetchPath('/lamp')).toBe('lamp');
  expect(host.pages()).toEqual(['/lamp']);
});

test('it is fetched once, however many ask at the same time and later', async () => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => setTimeout(() => response.end('User-agent: *\nDisallow:'), 50),
  });
  await Promise.all([fetchPath('/lamp'), fetchPath('/lamp'), fetchPath('/lamp')]);
  await fetchPath('/lamp');
  expect(host.log.map(({ path }) => path)).toEqual(['/robots.txt', '/lamp', '/lamp', '/lamp', '/lamp']);
});

test('none there (4xx): go ahead', async () => {
  const { fetchPath } = await shopWith({ '/robots.txt': (_request, response) => response.writeHead(410).end() });
  expect(await fetchPath('/lamp')).toBe('lamp');
});

test.each([500, 503, 429])('it answers %i: stay away, and do not ask again at once', async (status) => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.writeHead(status).end(),
  });
  await expect(fetchPath('/lamp')).rejects.toMatchObject({ reason: 'robots_unreachable' });
  const nRequests = host.log.length;
  await expect(fetchPath('/lamp')).rejects.toMatchObject({ reason: 'robots_unreachable' });
  expect(host.log).toHaveLength(nRequests);
  expect(host.pages()).toEqual([]);
});

test('a passing 503 is retried', async () => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.writeHead(host.log.length === 1 ? 503 : 404).end(),
  });
  expect(await fetchPath('/lamp')).toBe('lamp');
});

test('five redirects are followed, and its rules are for the origin that was asked', async () => {
  const hops: Handlers = {};
  for (let n = 0; n < 5; n += 1) {
    hops[n === 0 ? '/robots.txt' : `/robots-${n}`] = (_request, response) => {
      response.writeHead(302, { location: `/robots-${n + 1}` }).end();
    };
  }
  hops['/robots-5'] = (_request, response) => response.end('User-agent: *\nDisallow: /lamp');
  const { fetchPath } = await shopWith(hops);
  await expect(fetchPath('/lamp')).rejects.toMatchObject({ reason: 'robots_disallowed' });
});

test('redirects in a circle are as good as none there', async () => {
  const { fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.writeHead(302, { location: '/robots.txt' }).end(),
  });
  expect(await fetchPath('/lamp')).toBe('lamp');
});

test('a redirect inside is refused, and nothing is fetched', async () => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  });
  await expect(fetchPath('/lamp')).rejects.toMatchObject({ reason: 'blocked_address' });
  expect(host.pages()).toEqual([]);
});

test('rules within the first 500 KiB count, and a larger file is no failure', async () => {
  const filler = '# nothing to see here\n'.repeat(24_000).slice(0, 500 * 1024);
  const { fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => {
      response.end(`User-agent: *\n${filler}\nDisallow: /cart\n${'# more\n'.repeat(100_000)}`);
    },
  });
  await expect(fetchPath('/cart')).rejects.toMatchObject({ reason: 'robots_disallowed' });
  expect(await fetchPath('/lamp')).toBe('lamp');
});

test('its crawl delay spaces the pages', async () => {
  const { host, fetchPath } = await shopWith({
    '/robots.txt': (_request, response) => response.end('User-agent: *\nCrawl-delay: 0.4'),
  });
  await Promise.all([fetchPath('/lamp'), fetchPath('/lamp')]);
  const [, first, second] = host.log.map(({ atMs }) => atMs);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(300);
});

test('the robots.txt of a redirect’s target decides there', async () => {
  const { host: other } = await shopWith({
    '/robots.txt': (_request, response) => response.end('User-agent: *\nDisallow: /'),
  });
  const host = await startShopHost({
    '/lamp': (_request, response) => response.writeHead(302, { location: `${other.origin}/lamp` }).end(),
  });
  const fetcher = createTestFetcher({ allowedOrigins: [host.origin, other.origin] });
  open.push(host, fetcher);
  const fetching = fetcher.fetch(`${host.origin}/lamp`, { purpose: 'page' });
  await expect(fetching).rejects.toMatchObject({ reason: 'robots_disallowed', url: `${other.origin}/lamp` });
  expect(other.pages()).toEqual([]);
});

test.each(['api', 'feed', 'rates'] as const)('robots.txt is not asked for %s', async (purpose) => {
  const { host } = await shopWith({
    '/robots.txt': (_request, response) => response.end('User-agent: *\nDisallow: /'),
  });
  const fetcher = createTestFetcher({ allowedOrigins: [host.origin] });
  open.push(fetcher);
  await fetcher.fetch(`${host.origin}/lamp`, { purpose });
  expect(host.log.map(({ path }) => path)).toEqual(['/lamp']);
});

test('a host that hangs at its robots.txt costs no more than the caller’s own limit', async () => {
  const host = await startShopHost({ ...LAMP, '/robots.txt': () => {} });
  const fetcher = createTestFetcher({ allowedOrigins: [host.origin] });
  open.push(host, fetcher);
  const fetching = fetcher.fetch(`${host.origin}/lamp`, { purpose: 'page', timeoutMs: 200 });
  await expect(fetching).rejects.toMatchObject({ reason: 'timeout' });
});
