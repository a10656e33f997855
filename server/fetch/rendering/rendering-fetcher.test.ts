import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireExecutable } from '../../testing/executables.ts';
import type { HttpFetcherOptions } from '../http-fetcher.ts';
import { startDnsServer } from '../testing/dns-server.ts';
import { type ShopHost, startShopHost } from '../testing/shop-host.ts';
import { createTestFetcher } from '../testing/test-fetcher.ts';
import { userAgent } from '../user-agent.ts';
import type { ChromiumOptions } from './chromium.ts';
import { RenderingFetcher } from './rendering-fetcher.ts';

type Handlers = Parameters<typeof startShopHost>[0];

const AGENT = userAgent('https://shopwatch.example/bot');
const html = (body: string) => (_request: IncomingMessage, response: ServerResponse) =>
  response.setHeader('content-type', 'text/html; charset=utf-8').end(body);
const script = (code: string) => html(`<!doctype html><title>Shop</title><main></main><script>${code}</script>`);
/** Writes into the page how a request ended. */
const REPORT = `const report = (name, work) => work
  .then((value) => document.body.append(name + ' came: ' + value + '; '), () => document.body.append(name + ' failed; '));`;

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function shopHost(handlers: Handlers): Promise<ShopHost> {
  const host = await startShopHost(handlers);
  open.push(host);
  return host;
}

function renderingFetcher(options: Partial<HttpFetcherOptions>, chromium: Partial<ChromiumOptions> = {}) {
  const plain = createTestFetcher(options);
  // The tests run as root in containers, where Chromium's sandbox cannot.
  const fetcher = new RenderingFetcher(plain, AGENT, {
    path: requireExecutable('chromium'),
    sandbox: false,
    ...chromium,
  });
  open.push(plain, fetcher);
  return fetcher;
}

const asked = { purpose: 'page', render: true } as const;

describe('a page that its scripts build', () => {
  test('comes as they have drawn it, with what they asked the shop for', async () => {
    const shop = await shopHost({
      '/lamp': (_request, response) =>
        response
          .setHeader('content-type', 'text/html; charset=utf-8')
          .end('<!doctype html><main></main><script src="/app.js"></script>'),
      '/app.js': (_request, response) =>
        response.end(`fetch('/api/lamp', { method: 'POST', body: '{"id":1}', headers: { 'x-shop-key': 'k' } })
          .then((answer) => answer.json())
          .then(({ price }) => { document.querySelector('main').innerHTML = '<b class="price">' + price + '</b>'; });`),
      '/api/lamp': (_request, response) => {
        setTimeout(() => response.setHeader('content-type', 'application/json').end('{"price":"39,90 €"}'), 100);
      },
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    const page = await fetcher.fetch(`${shop.origin}/lamp`, asked);
    expect(page.text()).toContain('<b class="price">39,90 €</b>');
    expect(new TextDecoder().decode(page.body)).toBe(page.text());
    const call = shop.log.find(({ path }) => path === '/api/lamp');
    expect(call).toMatchObject({ method: 'POST', body: '{"id":1}' });
    expect(call?.headers).toMatchObject({ 'x-shop-key': 'k', 'user-agent': AGENT });

    await fetcher.fetch(`${shop.origin}/lamp`, asked);
    expect(shop.pages().filter((path) => path === '/app.js')).toHaveLength(1);
  });

  test('is one request and no browser without "render"', async () => {
    const shop = await shopHost({ '/lamp': script('document.body.append("drawn")') });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] }, { path: '/nowhere/chromium' });
    const page = await fetcher.fetch(`${shop.origin}/lamp`, { purpose: 'page' });
    expect(page.text()).not.toContain('>drawn');
  });

  test('is read where its script has led to, in the order of its charset', async () => {
    const shop = await shopHost({
      '/lamp': script('location.href = "/lamp/1"'),
      '/lamp/1': (_request, response) =>
        response.setHeader('content-type', 'text/html; charset=iso-8859-1').end(Buffer.from('<p>Stövchen', 'latin1')),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    const page = await fetcher.fetch(`${shop.origin}/lamp`, asked);
    expect(page.url).toBe(`${shop.origin}/lamp/1`);
    expect(page.text()).toContain('<p>Stövchen');
  });

  test('loads no pictures, fonts, films, frames or style sheets, and waits for none', async () => {
    const shop = await shopHost({
      '/lamp': html(`<!doctype html><link rel="stylesheet" href="/s.css"><img src="/i.png"><video src="/v.mp4"></video>
        <iframe src="/f.html"></iframe><link rel="preload" as="font" href="/f.woff2" crossorigin>
        <script>document.body.append('drawn')</script>`),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    expect((await fetcher.fetch(`${shop.origin}/lamp`, asked)).text()).toContain('drawn');
    expect(shop.pages()).toEqual(['/lamp']);
  });

  test('obeys robots.txt for what its scripts ask for', async () => {
    const shop = await shopHost({
      '/robots.txt': (_request, response) => response.end('User-agent: *\nDisallow: /api/'),
      '/lamp': script(`${REPORT} report('api', fetch('/api/lamp').then((answer) => answer.status))`),
      '/api/lamp': (_request, response) => response.end('{}'),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    expect((await fetcher.fetch(`${shop.origin}/lamp`, asked)).text()).toContain('api failed');
    expect(shop.pages()).toEqual(['/lamp']);
  });

  test('keeps to the pace, a tenth of it for what scripts ask for', async () => {
    const shop = await shopHost({
      '/lamp': script(`for (const n of [1, 2, 3]) fetch('/api/' + n)`),
      ...Object.fromEntries([1, 2, 3].map((n) => [`/api/${n}`, html('')])),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    await fetcher.fetch(`${shop.origin}/lamp`, { ...asked, minDelayMs: 2000 });
    const times = shop.log.filter(({ path }) => path.startsWith('/api/')).map(({ atMs }) => atMs);
    expect(times).toHaveLength(3);
    // They are sent 200 ms apart; when they arrive is up to the machine.
    for (const [at, time] of times.slice(1).entries()) expect(time - (times[at] ?? 0)).toBeGreaterThan(150);
  });

  test('whose script never ends is given up at the deadline, and the next page comes', async () => {
    const shop = await shopHost({
      '/loop': script('for (;;);'),
      '/lamp': script('document.body.append("drawn")'),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    const startedAtMs = performance.now();
    await expect(fetcher.fetch(`${shop.origin}/loop`, { ...asked, timeoutMs: 2500 })).rejects.toMatchObject({
      reason: 'timeout',
    });
    expect(performance.now() - startedAtMs).toBeLessThan(3500);
    expect((await fetcher.fetch(`${shop.origin}/lamp`, asked)).text()).toContain('drawn');
  });

  test('that never comes to rest is given as it is before the deadline', async () => {
    const shop = await shopHost({
      '/lamp': script('document.body.append("drawn"); setInterval(() => fetch("/tick"), 50)'),
      '/tick': html(''),
    });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    // Starting Chromium takes seconds on a busy machine: they are not this page's.
    await fetcher.fetch(`${shop.origin}/tick`, asked);
    expect((await fetcher.fetch(`${shop.origin}/lamp`, { ...asked, timeoutMs: 5000 })).text()).toContain('drawn');
  });

  test('that grows without end is too large', async () => {
    const shop = await shopHost({ '/lamp': script(`document.body.append('x'.repeat(2_000_000))`) });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] });
    const fetching = fetcher.fetch(`${shop.origin}/lamp`, { ...asked, maxBytes: 1_000_000 });
    await expect(fetching).rejects.toMatchObject({ reason: 'too_large' });
  });

  test('says what is to be installed where there is no Chromium', async () => {
    const shop = await shopHost({ '/lamp': script('') });
    const fetcher = renderingFetcher({ allowedOrigins: [shop.origin] }, { path: '/nowhere/chromium' });
    await expect(fetcher.fetch(`${shop.origin}/lamp`, asked)).rejects.toMatchObject({
      reason: 'browser_missing',
      message: expect.stringMatching(/needs a Chromium that starts, and \/nowhere\/chromium does not/),
    });
  });
});

describe('a page whose scripts look inside', () => {
  const connections: string[] = [];
  let inside: { port: number; udpPort: number; close(): void };

  /** What no page may reach: TCP (HTTP, WebSocket) and UDP (WebRTC, QUIC) on this machine, logging each connection. */
  beforeAll(async () => {
    const tcp = createServer((socket) => {
      connections.push('tcp');
      socket
        .on('error', () => {})
        .end('HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 6\r\n\r\ninside');
    });
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const udp = createSocket('udp4').on('message', () => connections.push('udp'));
    udp.bind(0, '127.0.0.1');
    await once(udp, 'listening');
    inside = {
      port: (tcp.address() as AddressInfo).port,
      udpPort: udp.address().port,
      close() {
        tcp.close();
        udp.close();
      },
    };
  });
  afterAll(() => inside.close());
  afterEach(() => connections.splice(0));

  async function look(code: string, options: Partial<HttpFetcherOptions> = {}, handlers: Handlers = {}) {
    const shop = await shopHost({ '/lamp': script(REPORT + code), ...handlers });
    const fetcher = renderingFetcher({ ...options, allowedOrigins: [shop.origin] });
    const page = await fetcher.fetch(`${shop.origin}/lamp`, { ...asked, timeoutMs: 8000 });
    return page.text().replace(/<script>.*<\/script>/s, '');
  }

  test.each([
    ['this machine', () => `http://127.0.0.1:${inside.port}/`],
    ['this machine by name', () => `http://localhost:${inside.port}/`],
    ['the cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', () => 'http://10.0.0.1/'],
  ])('%s is not fetched', async (_, url) => {
    const seen = await look(`report('inside', fetch('${url()}', { mode: 'no-cors' }))`);
    expect(seen).toContain('inside failed');
    expect(connections).toEqual([]);
  });

  test('a redirect inside is not followed, of a fetch or of the page', async () => {
    const target = `http://127.0.0.1:${inside.port}/`;
    const handlers: Handlers = {
      '/away': (_request, response) => response.writeHead(302, { location: target }).end(),
    };
    expect(await look(`report('inside', fetch('/away', { mode: 'no-cors' }))`, {}, handlers)).toContain(
      'inside failed',
    );
    await look(`setTimeout(() => { location.href = '/away' }, 10)`, {}, handlers);
    await look(`setTimeout(() => { location.href = '${target}' }, 10)`, {}, handlers);
    expect(connections).toEqual([]);
  });

  test('scripts, frames, sockets, workers, forms, pop-ups, prefetches and beacons do not get there', async () => {
    const target = `127.0.0.1:${inside.port}`;
    const seen = await look(`
      const add = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
      add('script', { src: 'http://${target}/a.js' });
      add('iframe', { src: 'http://${target}/' });
      add('img', { src: 'http://${target}/i.png' });
      add('link', { rel: 'preconnect', href: 'http://${target}' });
      add('link', { rel: 'prefetch', href: 'http://${target}/p' });
      add('script', { type: 'speculationrules', textContent: '{"prefetch":[{"urls":["http://${target}/s"]}]}' });
      navigator.sendBeacon('http://${target}/b', 'x');
      window.open('http://${target}/w');
      new EventSource('http://${target}/e');
      const code = "fetch('http://${target}/k', { mode: 'no-cors' }); new WebSocket('ws://${target}/k')";
      new Worker(URL.createObjectURL(new Blob([code])));
      add('form', { id: 'f', action: 'http://${target}/f', method: 'post', target: 'other' });
      document.querySelector('#f').submit();
      report('socket', new Promise((resolve, reject) => {
        const socket = new WebSocket('ws://${target}/');
        socket.onopen = resolve;
        socket.onerror = reject;
      }));`);
    expect(seen).toContain('socket failed');
    expect(connections).toEqual([]);
  });

  test('WebRTC and WebTransport send nothing', async () => {
    await look(
      `
      const peer = new RTCPeerConnection({ iceServers: [
        { urls: 'stun:127.0.0.1:${inside.udpPort}' },
        { urls: 'turn:127.0.0.1:${inside.port}?transport=tcp', username: 'a', credential: 'b' },
      ] });
      peer.createDataChannel('x');
      peer.createOffer().then((offer) => peer.setLocalDescription(offer));
      if (window.WebTransport) report('transport', new WebTransport('https://127.0.0.1:${inside.udpPort}/').ready);
      fetch('/slow');`,
      {},
      { '/slow': (_request, response) => void setTimeout(() => response.end(), 1500) },
    );
    expect(connections).toEqual([]);
  });

  test('a name that is public when it is asked first and private then, of a real DNS server', async () => {
    const dns = await startDnsServer((_name, nth) => (nth === 0 ? ['93.184.216.34'] : ['127.0.0.1']));
    open.push(dns);
    await new Promise((resolve) => dns.lookup('cdn.example.com', {}, resolve));
    const code = `report('rebound', fetch('http://cdn.example.com:8080/', { mode: 'no-cors' }))`;
    expect(await look(code, { lookup: dns.lookup })).toContain('rebound failed');
    expect(dns.queries).toEqual(['cdn.example.com', 'cdn.example.com']);
    expect(connections).toEqual([]);
  });
});
