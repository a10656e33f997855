import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpFetcherOptions } from '../fetch/http-fetcher.ts';
import { startDnsServer } from '../fetch/testing/dns-server.ts';
import { type ShopHost, startShopHost } from '../fetch/testing/shop-host.ts';
import { createTestFetcher } from '../fetch/testing/test-fetcher.ts';
import { ImageFiles } from './image-files.ts';
import { ImageProxy } from './image-proxy.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const send = (body: string | Buffer, type: string) => (_: IncomingMessage, response: ServerResponse) =>
  response.setHeader('content-type', type).end(body);

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function openProxy(options: Partial<HttpFetcherOptions>): Promise<{ proxy: ImageProxy; unkept: unknown[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-images-'));
  open.push({ close: () => rm(folder, { recursive: true }) });
  const fetcher = createTestFetcher(options);
  open.push(fetcher);
  const unkept: unknown[] = [];
  const files = new ImageFiles(join(folder, 'images'));
  return { proxy: new ImageProxy({ fetcher, files, onUnkept: (error) => unkept.push(error) }), unkept };
}

async function startShop(handlers: Parameters<typeof startShopHost>[0]): Promise<ShopHost> {
  const shop = await startShopHost(handlers);
  open.push(shop);
  return shop;
}

describe('a picture', () => {
  test('is fetched once for all who ask, and then kept', async () => {
    const shop = await startShop({ '/kettle.png': send(PNG, 'text/html') });
    const { proxy, unkept } = await openProxy({ allowedOrigins: [shop.origin] });
    const url = `${shop.origin}/kettle.png`;
    const images = await Promise.all(Array.from({ length: 50 }, () => proxy.get(url)));
    for (const image of images) expect(image).toEqual({ type: 'image/png', bytes: new Uint8Array(PNG) });
    expect(await proxy.get(url)).toEqual(images[0]);
    expect(shop.pages()).toEqual(['/kettle.png']);
    expect(unkept).toEqual([]);
  });

  test('that robots.txt forbids is not fetched', async () => {
    const robots = send('User-agent: *\nDisallow: /private/', 'text/plain');
    const shop = await startShop({ '/robots.txt': robots, '/private/a.png': send(PNG, 'image/png') });
    const { proxy } = await openProxy({ allowedOrigins: [shop.origin] });
    expect(await proxy.get(`${shop.origin}/private/a.png`)).toBeNull();
    expect(shop.pages()).toEqual([]);
  });

  test.each([
    ['a page that calls itself a picture', send('<!doctype html><script>alert(1)</script>', 'image/png')],
    ['larger than 4 MB', send(Buffer.concat([PNG, Buffer.alloc(5e6)]), 'image/png')],
    ['gone', (_: IncomingMessage, response: ServerResponse) => response.writeHead(404).end(PNG)],
  ])('that is %s cannot be had, and is not asked for again at once', async (_, handler) => {
    const shop = await startShop({ '/a.png': handler });
    const { proxy } = await openProxy({ allowedOrigins: [shop.origin] });
    expect(await proxy.get(`${shop.origin}/a.png`)).toBeNull();
    expect(await proxy.get(`${shop.origin}/a.png`)).toBeNull();
    expect(shop.pages()).toEqual(['/a.png']);
  });
});

describe('an address that leads inside is not asked', () => {
  test('whether it is named, or a shop redirects to it', async () => {
    const inside = await startShop({ '/a.png': send(PNG, 'image/png') });
    const shop = await startShop({
      '/a.png': (_, response) => response.writeHead(302, { location: `${inside.origin}/a.png` }).end(),
    });
    const { proxy } = await openProxy({ allowedOrigins: [shop.origin] });
    const inward = [
      `${inside.origin}/a.png`,
      `${shop.origin}/a.png`,
      'http://169.254.169.254/latest/meta-data/',
      'http://[::ffff:127.0.0.1]/a.png',
      'file:///etc/passwd',
    ];
    for (const url of inward) expect(await proxy.get(url)).toBeNull();
    expect(inside.log).toEqual([]);
  });

  test('whatever its name says first: DNS rebinding', async () => {
    const inside = await startShopHost({ '/a.png': send(PNG, 'image/png') }, { port: 8080 }).catch(() =>
      startShopHost({ '/a.png': send(PNG, 'image/png') }, { port: 8443 }),
    );
    open.push(inside);
    const dns = await startDnsServer((_name, nth) => (nth === 0 ? ['93.184.216.34', '127.0.0.1'] : ['127.0.0.1']));
    open.push(dns);
    const { proxy } = await openProxy({ lookup: dns.lookup });
    const { port } = new URL(inside.origin);
    expect(await proxy.get(`http://cdn.example.com:${port}/a.png`)).toBeNull();
    expect(dns.queries.length).toBeGreaterThan(0);
    expect(inside.log).toEqual([]);
  });
});
