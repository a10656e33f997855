import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { HttpFetcher } from './http-fetcher.ts';
import { type ShopHost, startShopHost } from './testing/shop-host.ts';
import { createTestFetcher } from './testing/test-fetcher.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function shopHost(handlers: Parameters<typeof startShopHost>[0]): Promise<ShopHost> {
  const host = await startShopHost(handlers);
  open.push(host);
  return host;
}

function fetcherFor(...hosts: ShopHost[]): HttpFetcher {
  const fetcher = createTestFetcher({ allowedOrigins: hosts.map(({ origin }) => origin) });
  open.push(fetcher);
  return fetcher;
}

test('a page comes with its final URL, status, headers, bytes and text', async () => {
  const host = await shopHost({
    '/lamp': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"v1"' }).end('<p>12,50 €</p>');
    },
  });
  const result = await fetcherFor(host).fetch(`${host.origin}/lamp#top`, { purpose: 'page' });
  expect(result).toMatchObject({ url: `${host.origin}/lamp`, status: 200, notModified: false, redirects: [] });
  expect(result.headers.etag).toBe('"v1"');
  expect(result.text()).toBe('<p>12,50 €</p>');
  expect(result.body).toHaveLength(Buffer.byteLength('<p>12,50 €</p>'));
  expect(result.elapsedMs).toBeGreaterThan(0);
});

test('every request says who asks and how to reach them, whatever headers the caller adds', async () => {
  const host = await shopHost({ '/lamp': (_request, response) => response.end('ok') });
  await fetcherFor(host).fetch(`${host.origin}/lamp`, {
    purpose: 'page',
    locale: 'de-AT',
    headers: { 'user-agent': 'Mozilla/5.0', 'x-currency': 'EUR' },
  });
  const [robots, page] = host.log;
  expect(robots?.headers['user-agent']).toMatch(/^MagpieBot\/\d+\.\d+\.\d+ \(.*\+https:\/\/shopwatch\.example\/bot\)$/);
  expect(page?.headers).toMatchObject({
    'user-agent': robots?.headers['user-agent'],
    'accept-language': 'de-AT,*;q=0.5',
    'accept-encoding': 'gzip, br',
    'x-currency': 'EUR',
  });
});

test('a copy that is still good costs no body', async () => {
  const host = await shopHost({
    '/lamp': (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 200, { etag: '"v1"' }).end();
    },
  });
  const result = await fetcherFor(host).fetch(`${host.origin}/lamp`, {
    purpose: 'page',
    etag: '"v1"',
    lastModified: 'Sun, 01 Nov 2026 00:00:00 GMT',
  });
  expect(result).toMatchObject({ status: 304, notModified: true });
  expect(host.log.at(-1)?.headers['if-modified-since']).toBe('Sun, 01 Nov 2026 00:00:00 GMT');
});

test('a 304 that nobody asked for is an error', async () => {
  const host = await shopHost({ '/lamp': (_request, response) => response.writeHead(304).end() });
  const fetching = fetcherFor(host).fetch(`${host.origin}/lamp`, { purpose: 'page' });
  await expect(fetching).rejects.toMatchObject({ reason: 'http_status', status: 304 });
});

test('redirects are followed, relative ones and names in UTF-8 too', async () => {
  const host = await shopHost({
    '/old': (_request, response) => response.writeHead(301, { location: 'new?x=1' }).end(),
    '/new': (_request, response) => {
      response.socket?.end(Buffer.from('HTTP/1.1 302 Found\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n', 'utf8'));
    },
    '/caf%C3%A9': (_request, response) => response.end('coffee'),
  });
  const result = await fetcherFor(host).fetch(`${host.origin}/old`, { purpose: 'page' });
  expect(result.text()).toBe('coffee');
  expect(result.url).toBe(`${host.origin}/caf%C3%A9`);
  expect(result.redirects).toEqual([`${host.origin}/old`, `${host.origin}/new?x=1`]);
});

test('what the caller tells one origin does not follow a redirect to another', async () => {
  const other = await shopHost({ '/in': (_request, response) => response.end('ok') });
  const host = await shopHost({
    '/in': (_request, response) => response.writeHead(302, { location: '/again' }).end(),
    '/again': (_request, response) => response.writeHead(302, { location: `${other.origin}/in` }).end(),
  });
  await fetcherFor(host, other).fetch(`${host.origin}/in`, { purpose: 'api', headers: { authorization: 'Bearer t' } });
  expect(host.log.map(({ headers }) => headers.authorization)).toEqual(['Bearer t', 'Bearer t']);
  expect(other.log.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test.each([
  [303, 'GET', ''],
  [302, 'GET', ''],
  [307, 'POST', '{"query":"lamp"}'],
])('a POST that is answered by %i goes on as %s', async (status, method, body) => {
  const host = await shopHost({
    '/graphql': (_request, response) => response.writeHead(status, { location: '/there' }).end(),
    '/there': (_request, response) => response.end('{}'),
  });
  await fetcherFor(host).fetch(`${host.origin}/graphql`, {
    purpose: 'api',
    method: 'POST',
    body: '{"query":"lamp"}',
    headers: { 'content-type': 'application/json' },
  });
  expect(host.log[0]).toMatchObject({ method: 'POST', body: '{"query":"lamp"}' });
  expect(host.log[1]).toMatchObject({ method, body });
  expect(host.log[1]?.headers['content-type']).toBe(method === 'POST' ? 'application/json' : undefined);
});

test('an answer that is no success is an error with what the page says, compressed or not', async () => {
  const host = await shopHost({
    '/lamp': (_request, response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Are you a robot?</h1>');
    },
  });
  const fetching = fetcherFor(host).fetch(`${host.origin}/lamp`, { purpose: 'page' });
  await expect(fetching).rejects.toMatchObject({
    name: 'FetchError',
    reason: 'http_status',
    status: 403,
    message: `${new URL(host.origin).host} answered 403 (Forbidden).`,
    responseText: '<h1>Are you a robot?</h1>',
  });
});

test("the caller's own signal ends a fetch", async () => {
  const host = await shopHost({ '/lamp': () => {} });
  const fetcher = fetcherFor(host);
  const gaveUp = new AbortController();
  const fetching = fetcher.fetch(`${host.origin}/lamp`, { purpose: 'api', signal: gaveUp.signal });
  setTimeout(() => gaveUp.abort(), 50);
  await expect(fetching).rejects.toMatchObject({ reason: 'aborted' });

  const late = fetcher.fetch(`${host.origin}/lamp`, { purpose: 'api', signal: AbortSignal.timeout(50) });
  await expect(late).rejects.toMatchObject({ reason: 'timeout' });

  const dead = fetcher.fetch(`${host.origin}/lamp`, { purpose: 'api', signal: gaveUp.signal });
  await expect(dead).rejects.toMatchObject({ reason: 'aborted' });
});

test('a proxy carries what is public, and is not asked for private names or for the allowed origins', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('through the proxy');
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const demo = await shopHost({ '/lamp': (_request, response) => response.end('direct') });
  const fetcher = createTestFetcher({
    proxyUrl: `http://127.0.0.1:${port}`,
    allowedOrigins: [demo.origin],
    lookup: (hostname, _options, callback) => {
      if (hostname === 'inside.example.com') callback(null, [{ address: '10.0.0.7', family: 4 }]);
      else callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    },
  });
  open.push({ close: () => void proxy.close() }, fetcher);

  const result = await fetcher.fetch('http://shop.example.com/lamp', { purpose: 'api' });
  expect(result.text()).toBe('through the proxy');
  const inside = fetcher.fetch('http://inside.example.com/', { purpose: 'api' });
  await expect(inside).rejects.toMatchObject({ reason: 'blocked_address' });
  expect((await fetcher.fetch(`${demo.origin}/lamp`, { purpose: 'api' })).text()).toBe('direct');
  expect(asked).toEqual(['http://shop.example.com/lamp']);
});
