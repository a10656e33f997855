import { afterEach, expect, test } from 'vitest';
import { RenderingFetcher } from '../../fetch/rendering/rendering-fetcher.ts';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { createTestFetcher } from '../../fetch/testing/test-fetcher.ts';
import { requireExecutable } from '../../testing/executables.ts';
import { detectShop } from '../detection/detect-shop.ts';
import { openShop } from '../open-shop.ts';
import { shopContext } from '../testing/shop-context.ts';

const GOODS = [
  { id: 1, name: 'Stövchen Kupfer', price: '24,90 €' },
  { id: 2, name: 'Stövchen Glas', price: '19,50 €' },
  { id: 3, name: 'Stövchen Keramik', price: '31,00 €' },
];

/** One empty page for every address, which a script fills from the shop's own API: as most new shops are. */
const APP = `
  const page = document.querySelector('#app');
  const goods = await (await fetch('/api/goods' + location.search)).json();
  if (location.pathname.startsWith('/p/')) {
    const { name, price } = goods.find(({ id }) => location.pathname === '/p/' + id);
    document.title = name;
    page.innerHTML = '<h1>' + name + '</h1><p class="preis">' + price + '</p><button>In den Warenkorb</button>';
  } else {
    page.innerHTML = '<form role="search" action="/suche"><input name="begriff"></form><ul>' + goods.map(({ id, name, price }) =>
      '<li class="karte"><a href="/p/' + id + '">' + name + '</a> <b>' + price + '</b></li>').join('') + '</ul>';
  }`;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function scriptedShop(): Promise<{ host: ShopHost; fetcher: RenderingFetcher }> {
  const page =
    '<!doctype html><html lang="de"><div id="app"></div><script type="module" src="/app.js"></script></html>';
  const handlers = Object.fromEntries(
    ['/', '/suche', ...GOODS.map(({ id }) => `/p/${id}`)].map((path) => [
      path,
      (_request: unknown, response: import('node:http').ServerResponse) =>
        void response.setHeader('content-type', 'text/html; charset=utf-8').end(page),
    ]),
  );
  const host = await startShopHost({
    ...handlers,
    '/app.js': (_request, response) => response.setHeader('content-type', 'text/javascript; charset=utf-8').end(APP),
    '/api/goods': (_request, response) => response.end(JSON.stringify(GOODS)),
  });
  const plain = createTestFetcher({ allowedOrigins: [host.origin] });
  const fetcher = new RenderingFetcher(plain, 'MagpieBot/0', { path: requireExecutable('chromium'), sandbox: false });
  open.push(host, plain, fetcher);
  return { host, fetcher };
}

test('a shop whose pages are built by scripts is added by its address and searched, where rendering is asked for', async () => {
  const { host, fetcher } = await scriptedShop();
  const detecting = { ...shopContext(host.origin), fetcher, signal: AbortSignal.timeout(20_000), onStep: () => {} };
  const { declaration, offers } = await detectShop(host.origin, { ...detecting, query: 'Stövchen', render: true });
  expect(declaration).toMatchObject({ adapter: 'html', search: '/suche?begriff={query}', render: true });
  expect(offers.map(({ title, price }) => [title, price.minor]).sort()).toEqual([
    ['Stövchen Glas', 1950],
    ['Stövchen Keramik', 3100],
    ['Stövchen Kupfer', 2490],
  ]);
}, 60_000);

test('without it the answer says that the page is empty, and what would help', async () => {
  const { host, fetcher } = await scriptedShop();
  const shop = await openShop({
    id: 'app',
    name: 'App',
    adapter: 'html',
    url: host.origin,
    search: '/suche?begriff={query}',
    render: false,
    selectors: {},
    locale: 'de',
    pace: {},
    timeout_ms: 8000,
    max_candidates: 10,
    enabled: true,
  });
  const context = shopContext(host.origin, { fetcher, locale: 'de', limit: 4 });
  await expect(Array.fromAsync(shop.search('Stövchen', context))).rejects.toMatchObject({
    reason: 'unreadable',
    message: expect.stringContaining('"render": true'),
  });
});
