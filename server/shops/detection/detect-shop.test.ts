import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopContext } from '../testing/shop-context.ts';
import { detectShop } from './detect-shop.ts';

let host: ShopHost | undefined;
afterEach(() => host?.close());

async function detect(pages: Record<string, string>, options: { query?: string; currency?: string } = {}) {
  host = await startShopHost(
    Object.fromEntries(
      Object.entries(pages).map(([path, body]) => [
        path,
        (_: IncomingMessage, response: ServerResponse) => {
          response.setHeader('content-type', body.startsWith('[') ? 'application/json' : 'text/html').end(body);
        },
      ]),
    ),
  );
  const steps: string[] = [];
  const detected = await detectShop(`${host.origin}/`, {
    ...shopContext(host.origin),
    onStep: (step) => steps.push(step),
    ...options,
  });
  return { ...detected, steps };
}

const GOODS = ['Copper kettle', 'Steel kettle', 'Glass teapot', 'Tea strainer'];
/** A grid of cards without any mark-up that was made for machines. */
const grid = (currency: string) =>
  `<div class="grid">${GOODS.map((name, index) => `<div class="tile"><a href="/goods/${index}"><img src="/i/${index}.jpg" alt=""><h3>${name}</h3></a><span class="amount">${currency}${20 + index}.90</span></div>`).join('')}</div>`;
const home = (currency = '€') =>
  `<html lang="en_IE"><head><title>Tea &amp; Co</title><meta property="og:site_name" content="Tea &amp; Co"></head>
   <body><form action="/catalogue/search"><input type="search" name="words"></form>${grid(currency)}</body></html>`;
const results = (currency = '€') => `<html><body><h1>Results</h1>${grid(currency)}</body></html>`;

describe('a shop known by its address alone', () => {
  it('is asked as its own search box does, and tried with one of its products', async () => {
    const { declaration, query, offers } = await detect({ '/': home(), '/catalogue/search': results() });
    expect(declaration).toMatchObject({
      id: `127-0-0-1-${new URL(host?.origin ?? '').port}`,
      name: 'Tea & Co',
      adapter: 'html',
      url: host?.origin,
      locale: 'en-IE',
      currency: 'EUR',
      search: '/catalogue/search?words={query}',
    });
    expect(query).toBe('Copper kettle');
    expect(offers).toMatchObject([{ title: 'Copper kettle', price: { minor: 2090, currency: 'EUR' } }]);
  });

  it('is taken where its search has one hit for the words', async () => {
    const hit = '<h1>One thing found</h1><dl><dt><a href="/goods/0">Copper kettle</a></dt><dd>€20.90</dd></dl>';
    const { declaration, offers } = await detect({
      '/': home(),
      '/catalogue/search': `<html><body>${hit}</body></html>`,
      '/goods/0': '<h1>Copper kettle</h1><p>€20.90</p><button>Add to basket</button>',
    });
    expect(declaration).toMatchObject({ adapter: 'html', currency: 'EUR' });
    expect(offers).toMatchObject([{ title: 'Copper kettle', url: `${host?.origin}/goods/0`, price: { minor: 2090 } }]);
  });

  it('is asked through its platform where that can be told', async () => {
    const { declaration } = await detect({
      '/': `<body class="woocommerce-page"><link href="/wp-content/plugins/woocommerce/a.css">${home()}`,
      '/wp-json/wc/store/v1/products': JSON.stringify([
        {
          name: 'Copper kettle',
          permalink: 'https://shop.example/product/copper-kettle/',
          sku: '1',
          prices: { currency_code: 'EUR', currency_minor_unit: 2, price: '2090', regular_price: '2090' },
          is_purchasable: true,
          is_in_stock: true,
        },
      ]),
    });
    expect(declaration).toMatchObject({ adapter: 'woocommerce', url: host?.origin, currency: 'EUR' });
  });

  it('is asked as Shopify is, below the path of its language', async () => {
    const product = { title: 'Copper kettle', handle: 'copper-kettle', available: true, price: '20.90' };
    const found = { resources: { results: { products: [{ ...product, url: '/de/products/copper-kettle' }] } } };
    const { declaration } = await detect({
      '/': `<script>Shopify.routes.root = "/de/";</script>${home()}`,
      '/de/search/suggest.json': JSON.stringify(found),
      '/de/cart.js': '{"currency":"EUR"}',
    });
    expect(declaration).toMatchObject({ adapter: 'shopify', url: `${host?.origin}/de`, currency: 'EUR' });
  });

  it('is asked as Magento is', async () => {
    const amount = { value: 20.9, currency: 'EUR' };
    const kettle = {
      name: 'Copper kettle',
      url_key: 'copper-kettle',
      price_range: { minimum_price: { final_price: amount, regular_price: amount } },
    };
    const { declaration } = await detect({
      '/': `<script type="text/x-magento-init">{}</script>${home()}`,
      '/graphql': JSON.stringify({ data: { products: { items: [kettle], page_info: { total_pages: 1 } } } }),
    });
    expect(declaration).toMatchObject({ adapter: 'magento', url: host?.origin, currency: 'EUR' });
  });

  it.each([
    [
      'in XML',
      '<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><title>Copper kettle</title><link>https://www.tea.example/1</link><g:price>20.90 EUR</g:price></item></channel></rss>',
    ],
    ['as a table', 'id\ttitle\tlink\tprice\n1\tCopper kettle\thttps://www.tea.example/1\t20.90 EUR\n'],
  ])('may be known by the address of its merchant feed, %s', async (_, feed) => {
    const { declaration, query } = await detect({ '/': feed });
    expect(query).toBe('Copper kettle');
    expect(declaration).toMatchObject({
      id: 'tea-example',
      adapter: 'feed',
      url: 'https://www.tea.example',
      feed: `${host?.origin}/`,
      currency: 'EUR',
    });
  });

  it('is left alone when it is eBay, which has an API', async () => {
    const options = { ...shopContext('https://www.ebay.de'), onStep: () => {} };
    for (const address of ['https://www.ebay.de/', 'https://www.ebay.co.uk', 'https://ebay.com']) {
      await expect(detectShop(address, options)).rejects.toThrow(/"ebay-browse"/);
    }
  });

  it('falls back to its pages where the platform does not answer', async () => {
    const { declaration, steps } = await detect({
      '/': `<link href="/wp-content/plugins/woocommerce/a.css">${home()}`,
      '/catalogue/search': results(),
    });
    expect(declaration.adapter).toBe('html');
    expect(steps.join('\n')).toContain('That did not work');
  });

  it('needs the currency told where its pages do not say it', async () => {
    const pages = { '/': home(''), '/catalogue/search': results('') };
    await expect(detect(pages, { query: 'kettle' })).rejects.toThrow(/currency/);
    await host?.close();
    expect((await detect(pages, { query: 'kettle', currency: 'CHF' })).offers[0]?.price.currency).toBe('CHF');
  });

  it.each([
    ['shows no search', { '/': grid('€') }, /shows no search/],
    ['is built by scripts', { '/': '<div id="app"></div><script src="/app.js"></script>' }, /--render/],
    ['shows nothing to try it with', { '/': '<form><input type="search" name="q"></form>' }, /--query/],
    ['has none of it', { '/': home(), '/catalogue/search': 'Sorry, no products found' }, /nothing for "Copper kettle"/],
  ])('is refused with what to do when it %s', async (_, pages, message) => {
    await expect(detect(pages)).rejects.toThrow(message);
  });
});
