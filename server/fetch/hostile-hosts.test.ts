import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { FetchError } from './fetch-error.ts';
import type { FetchOptions, FetchResult } from './fetcher.ts';
import { type ShopHost, startShopHost } from './testing/shop-host.ts';
import { createTestFetcher } from './testing/test-fetcher.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const resource of open.reverse()) await resource.close();
});

type Handlers = Parameters<typeof startShopHost>[0];
type Fetch = (path: string, options?: Partial<FetchOptions>) => Promise<FetchResult>;

/** A host of its own for each test, and a fetcher that knows nothing of it yet. */
async function hostile(handlers: Handlers): Promise<{ host: ShopHost; fetchPath: Fetch }> {
  const host = await startShopHost(handlers);
  const fetcher = createTestFetcher({ allowedOrigins: [host.origin] });
  open.push(host, fetcher);
  return { host, fetchPath: (path, options) => fetcher.fetch(host.origin + path, { purpose: 'api', ...options }) };
}

async function failure(fetching: Promise<unknown>): Promise<FetchError> {
  const error = await fetching.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FetchError)) throw new Error('expected a FetchError', { cause: error });
  return error;
}

describe.concurrent('a host that takes its time', () => {
  test('hangs before its answer: the deadline ends it', async ({ expect }) => {
    const { fetchPath } = await hostile({ '/lamp': () => {} });
    const startedAtMs = performance.now();
    expect(await failure(fetchPath('/lamp', { timeoutMs: 300 }))).toMatchObject({ reason: 'timeout' });
    expect(performance.now() - startedAtMs).toBeLessThan(1500);
  });

  test('drips a byte a second, never silent for long: the deadline ends it', async ({ expect }) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('.'), 1000);
        response.on('close', () => clearInterval(drip));
      },
    });
    expect(await failure(fetchPath('/lamp', { timeoutMs: 2500 }))).toMatchObject({ reason: 'timeout' });
  });

  test('drips its headers: the deadline ends it', async ({ expect }) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        response.socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
        const drip = setInterval(() => response.socket?.write('a'), 100);
        response.on('close', () => clearInterval(drip));
      },
    });
    expect(await failure(fetchPath('/lamp', { timeoutMs: 500 }))).toMatchObject({ reason: 'timeout' });
  });
});

describe.concurrent('a host that breaks connections', () => {
  test('resets each time: two retries, then the failure is named', async ({ expect }) => {
    const { host, fetchPath } = await hostile({ '/lamp': (request) => request.socket.resetAndDestroy() });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'connection' });
    expect(host.log).toHaveLength(3);
  });

  test('resets a kept-alive connection as the next request arrives: asked again', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/first': (_request, response) => response.end('one'),
      '/second': (request, response) => {
        if (host.pages().length === 2) request.socket.resetAndDestroy();
        else response.end('two');
      },
    });
    await fetchPath('/first');
    expect((await fetchPath('/second')).text()).toBe('two');
    expect(host.pages()).toEqual(['/first', '/second', '/second']);
  });

  test('cuts its answer short: asked again', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        response.writeHead(200, { 'content-length': 10 });
        if (host.log.length > 1) response.end('0123456789');
        else response.write('0123', () => response.destroy());
      },
    });
    expect((await fetchPath('/lamp')).text()).toBe('0123456789');
  });

  test('resets after a POST: not sent again, it may have been acted on', async ({ expect }) => {
    const { host, fetchPath } = await hostile({ '/order': (request) => request.socket.resetAndDestroy() });
    const fetching = fetchPath('/order', { method: 'POST', body: '{}' });
    expect(await failure(fetching)).toMatchObject({ reason: 'connection' });
    expect(host.log).toHaveLength(1);
  });

  test('speaks no HTTP', async ({ expect }) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.socket?.end('220 mail.example.com ESMTP\r\n'),
    });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'connection' });
  });

  test('sends headers without end', async ({ expect }) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.socket?.end(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(1e6)}\r\n\r\n`),
    });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'connection' });
  });
});

describe.concurrent('a host that sends too much', () => {
  test('announces 50 MB: not downloaded', async ({ expect }) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.writeHead(200, { 'content-length': 50e6 }).write('x'),
    });
    expect(await failure(fetchPath('/lamp', { timeoutMs: 3000 }))).toMatchObject({ reason: 'too_large' });
  });

  test('sends 50 MB without announcing it: cut off near the limit', async ({ expect }) => {
    let sentBytes = 0;
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, 'x');
        const pour = () => {
          while (sentBytes < 50e6 && !response.destroyed) {
            sentBytes += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', pour);
              return;
            }
          }
          response.end();
        };
        pour();
      },
    });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'too_large' });
    expect(sentBytes).toBeLessThan(20e6);
  });

  test('is within the limit that the caller sets, or is not', async ({ expect }) => {
    const { fetchPath } = await hostile({ '/lamp': (_request, response) => response.end('x'.repeat(1000)) });
    expect((await fetchPath('/lamp', { maxBytes: 1000 })).body).toHaveLength(1000);
    expect(await failure(fetchPath('/lamp', { maxBytes: 999 }))).toMatchObject({ reason: 'too_large' });
  });
});

describe('a host that sends a bomb', () => {
  const MIB = 1024 * 1024;
  // gzip allows several members in a row: 1 GiB of zeros from 64 times the same 16 MiB.
  const member = gzipSync(Buffer.alloc(16 * MIB));
  const gibibyteInGzip = Buffer.concat(Array.from({ length: 64 }, () => member));

  test.each([
    ['gzip of 1 GiB', 'gzip', () => gibibyteInGzip],
    ['gzip of gzip of 1 GiB', 'gzip, gzip', () => gzipSync(gibibyteInGzip)],
    ['brotli of 64 MiB', 'br', () => brotliCompressSync(Buffer.alloc(64 * MIB))],
  ])('%s: stops at the limit, memory stays flat', async (_name, encoding, bomb) => {
    const body = bomb();
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body),
    });
    const beforeBytes = process.memoryUsage().rss;
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'too_large' });
    expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(128 * MIB);
  });

  test.each([
    ['what is no gzip', 'gzip', Buffer.from('not compressed')],
    ['gzip that ends early', 'gzip', gzipSync('a page that is long enough').subarray(0, 30)],
    ['three layers', 'gzip, gzip, gzip', Buffer.from('x')],
    ['an unknown coding', 'x-rot13', Buffer.from('x')],
  ])('%s cannot be read, and is said to be so', async (_name, encoding, body) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body),
    });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'decoding' });
  });

  test.each([
    ['gzip', gzipSync('<p>9,99 €</p>')],
    ['br', brotliCompressSync('<p>9,99 €</p>')],
    ['gzip, br', brotliCompressSync(gzipSync('<p>9,99 €</p>'))],
    ['identity', Buffer.from('<p>9,99 €</p>')],
  ])('honest %s is read', async (encoding, body) => {
    const { fetchPath } = await hostile({
      '/lamp': (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body),
      '/empty': (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(),
    });
    expect((await fetchPath('/lamp')).text()).toBe('<p>9,99 €</p>');
    expect((await fetchPath('/empty')).text()).toBe('');
  });
});

describe.concurrent('a host that redirects', () => {
  test('in a circle', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/a': (_request, response) => response.writeHead(302, { location: '/b' }).end(),
      '/b': (_request, response) => response.writeHead(302, { location: '/a' }).end(),
    });
    expect(await failure(fetchPath('/a'))).toMatchObject({ reason: 'redirect_loop' });
    expect(host.log).toHaveLength(2);
  });

  test('without end', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/a': ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end(),
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, n): [string, Handlers[string]] => [
          `/a${'x'.repeat(n + 1)}`,
          ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end(),
        ]),
      ),
    });
    expect(await failure(fetchPath('/a'))).toMatchObject({ reason: 'too_many_redirects' });
    expect(host.log).toHaveLength(11);
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'blocked_address'],
    ['http://[::ffff:127.0.0.1]/', 'blocked_address'],
    ['http://localhost/admin', 'blocked_address'],
    ['http://example.com:25/', 'blocked_port'],
    ['http://user:secret@example.com/', 'credentials_in_url'],
    ['file:///etc/passwd', 'unsupported_scheme'],
    ['http://[', 'invalid_url'],
  ])('to %s', async (location, reason) => {
    const { host, fetchPath } = await hostile({
      '/a': (_request, response) => response.writeHead(302, { location }).end(),
    });
    expect(await failure(fetchPath('/a'))).toMatchObject({ reason });
    expect(host.log).toHaveLength(1);
  });

  test('to another server of the same machine, which is not an allowed origin', async ({ expect }) => {
    const inside = await startShopHost({ '/admin': (_request, response) => response.end('secret') });
    open.push(inside);
    const { fetchPath } = await hostile({
      '/a': (_request, response) => response.writeHead(302, { location: `${inside.origin}/admin` }).end(),
    });
    expect(await failure(fetchPath('/a'))).toMatchObject({ reason: 'blocked_port' });
    expect(inside.log).toHaveLength(0);
  });
});

describe.concurrent('a host that is overloaded', () => {
  test('503 with Retry-After: asked again after that time', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        if (host.log.length === 1) response.writeHead(503, { 'retry-after': '1' }).end();
        else response.end('back');
      },
    });
    expect((await fetchPath('/lamp')).text()).toBe('back');
    const [first, second] = host.log.map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('429 with a Retry-After beyond the deadline: fails at once, and nobody asks before', async ({ expect }) => {
    const { host, fetchPath } = await hostile({
      '/lamp': (_request, response) => {
        response.writeHead(429, { 'retry-after': new Date(Date.now() + 120_000).toUTCString() }).end();
      },
    });
    const startedAtMs = performance.now();
    const first = await failure(fetchPath('/lamp', { timeoutMs: 5000 }));
    expect(first).toMatchObject({ reason: 'http_status', status: 429 });
    expect(first.retryAfterMs).toBeGreaterThan(115_000);
    const second = await failure(fetchPath('/other', { timeoutMs: 5000 }));
    expect(second.reason).toBe('rate_limited');
    expect(second.retryAfterMs).toBeGreaterThan(115_000);
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
    expect(host.pages()).toEqual(['/lamp']);
  });

  test('a lasting 500 is asked three times, and the sixth request meets an open breaker', async ({ expect }) => {
    const { host, fetchPath } = await hostile({ '/lamp': (_request, response) => response.writeHead(500).end() });
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'http_status', status: 500 });
    expect(host.log).toHaveLength(3);
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'http_status', status: 500 });
    expect(host.log).toHaveLength(5);
    const refused = await failure(fetchPath('/lamp'));
    expect(refused.reason).toBe('breaker_open');
    expect(refused.retryAfterMs).toBeGreaterThan(20_000);
    expect(host.log).toHaveLength(5);
  });

  test('404s are answers: they are not repeated and open no breaker', async ({ expect }) => {
    const { host, fetchPath } = await hostile({});
    for (let n = 0; n < 6; n += 1) {
      expect(await failure(fetchPath(`/${n}`))).toMatchObject({ reason: 'http_status', status: 404 });
    }
    expect(host.log).toHaveLength(6);
  });

  test('nobody listens any more', async ({ expect }) => {
    const { host, fetchPath } = await hostile({});
    await host.close();
    expect(await failure(fetchPath('/lamp'))).toMatchObject({ reason: 'connection' });
  });
});
