import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

let host: ShopHost | undefined;
afterEach(() => host?.close());

type Page = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A shop of the given pages, and what its search for "kettle" yields, in order. */
async function openHtmlShop(pages: Record<string, Page>, declaration: object = {}) {
  host = await startShopHost(
    Object.fromEntries(
      Object.entries(pages).map(([path, page]) => [
        path,
        (request: IncomingMessage, response: ServerResponse) => {
          response.setHeader('content-type', 'text/html; charset=utf-8');
          if (typeof page === 'string') response.end(page);
          else page(request, response);
        },
      ]),
    ),
  );
  const shop = await openShop(
    shopDeclarationSchema.parse({
      id: 'shop',
      name: 'Shop',
      adapter: 'html',
      url: host.origin,
      search: '/find?words={query}&kind=all',
      selectors: { list: { item: '.card', price: '.price' }, product: { price: '#price', availability: '#stock' } },
      ...declaration,
    }),
  );
  const context = shopContext(host.origin, { limit: 4 });
  return {
    search: (query = 'kettle') => Array.fromAsync(shop.search(query, context)),
    offer: (path: string) => shop.offer(`${host?.origin}${path}`, context),
  };
}

const card = (path: string, title: string, price: string) =>
  `<div class="card"><a href="${path}">${title}</a><span class="price">${price}</span></div>`;
const product = (title: string, price: string, stock = 'In stock') =>
  `<title>${title}</title><h1>${title}</h1><p id="price">${price}</p><p id="stock">${stock}</p>
   <script type="application/ld+json">{"@type":"Product","name":"${title}","gtin13":"4006381333931"}</script>`;
const finally_ = (candidates: CandidateOffer[]) => [...new Map(candidates.map((offer) => [offer.url, offer])).values()];

describe('a shop declared in HTML', () => {
  it('gives what the cards say at once, and what their pages add in their place', async () => {
    const shop = await openHtmlShop({
      '/find': card('/1', 'Kettle one…', '€40.00') + card('/2', 'Kettle two', '€50.00'),
      '/1': product('Kettle one, stainless', '€39.00'),
      '/2': product('Kettle two', '€50.00', 'Sold out'),
    });
    const candidates = await shop.search();
    expect(host?.log.find(({ path }) => path.startsWith('/find'))?.path).toBe('/find?words=kettle&kind=all');
    expect(candidates.slice(0, 2)).toMatchObject([
      { title: 'Kettle one…', price: { minor: 4000, currency: 'EUR' }, availability: null },
      { title: 'Kettle two', price: { minor: 5000, currency: 'EUR' }, availability: null },
    ]);
    expect(finally_(candidates)).toMatchObject([
      {
        url: `${host?.origin}/1`,
        title: 'Kettle one, stainless',
        price: { minor: 3900 },
        availability: 'InStock',
        gtin: '04006381333931',
      },
      {
        url: `${host?.origin}/2`,
        title: 'Kettle two',
        price: { minor: 5000 },
        availability: expect.stringMatching('Out'),
      },
    ]);
  });

  it('encodes the words of a query', async () => {
    const shop = await openHtmlShop({ '/find': 'no products found' });
    await shop.search('käse & wein?');
    expect(host?.pages()).toEqual(['/find?words=k%C3%A4se%20%26%20wein%3F&kind=all']);
  });

  it('opens neither pages of other things nor of other hosts, and no page twice', async () => {
    const shop = await openHtmlShop({
      '/find':
        card('http://127.0.0.2/ad', 'Kettle, advertised', '€1.00') +
        card('/hose', 'Garden hose', '€5.00') +
        card('/1', 'Kettle', '€40.00') +
        card('/1#reviews', 'Kettle', '€40.00'),
      '/1': product('Kettle', '€40.00'),
    });
    expect(finally_(await shop.search())).toHaveLength(1);
    expect(host?.pages().sort()).toEqual(['/1', '/find?words=kettle&kind=all']);
  });

  it('takes the price of the card where the page itself only shows amounts among its text', async () => {
    const shop = await openHtmlShop(
      {
        '/find': card('/1', 'Kettle one', '€40.00'),
        '/1': '<h1>Kettle one</h1><div><b>€59.00</b> Toaster, to go with it</div><button>Add to cart</button>',
      },
      { selectors: { list: { item: '.card', price: '.price' } } },
    );
    expect(finally_(await shop.search())).toMatchObject([{ title: 'Kettle one', price: { minor: 4000 } }]);
  });

  it('keeps what a card says when its page cannot be had', async () => {
    const shop = await openHtmlShop({
      '/find': card('/gone', 'Kettle one', '€40.00') + card('/2', 'Kettle two', '€50.00'),
      '/2': product('Kettle two', '€50.00'),
    });
    expect(finally_(await shop.search())).toMatchObject([
      { title: 'Kettle one', availability: null },
      { title: 'Kettle two', availability: 'InStock' },
    ]);
  });

  it('reads the product page that a search for the only hit leads to', async () => {
    const shop = await openHtmlShop({
      '/find': (_, response) => response.writeHead(302, { location: '/1' }).end(),
      '/1': product('Kettle', '€40.00') + card('/2', 'Kettle of another kind', '€9.00'),
    });
    expect(await shop.search()).toMatchObject([{ url: `${host?.origin}/1`, title: 'Kettle', price: { minor: 4000 } }]);
  });

  describe('whose search has one hit', () => {
    const plain = { selectors: {} };
    const page = (name: string) =>
      `<title>${name}</title><h1>${name}</h1><p>Price: <b>€40.00</b></p><button>Add to cart</button>`;
    const around = (content: string) =>
      `<title>Results for kettle</title><header><a href="/">Home</a><form><input name="words"></form></header>
       <div id="mega"><a href="/kinds/kettles">Kettles</a></div>${content}<footer><a href="/about-kettles">About our kettles</a></footer>`;

    it.each([
      ['a card of divisions', '<div class="r"><div><a href="/1">Steel kettle 1.7 l</a></div><i>€40.00</i></div>'],
      [
        'a row of a table whose link says "Details"',
        '<table><tr><td>Steel kettle 1.7 l</td><td>€40.00</td><td><a href="/1">Details</a></td></tr></table>',
      ],
      ['a picture with a name', '<p><a href="/1"><img src="/1.jpg" alt="Steel kettle 1.7 l"></a></p>'],
      [
        'a card that is described, with a button',
        `<div itemscope itemtype="https://schema.org/Product"><a itemprop="url" href="/1"><h3 itemprop="name">Steel kettle 1.7 l</h3></a>
         <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price" content="40.00">€40.00</b></div>
         <button>Add to cart</button></div>`,
      ],
      ['a link that keeps the search', '<h1>1 hit</h1><a href="/item?id=1&words=kettle">Steel kettle 1.7 l</a>'],
    ])('finds it in %s', async (_, content) => {
      const shop = await openHtmlShop(
        {
          '/find': around(content),
          '/1': page('Steel kettle 1.7 l'),
          '/item': page('Steel kettle 1.7 l'),
          '/kinds/kettles': around(''),
        },
        plain,
      );
      expect(finally_(await shop.search())).toMatchObject([
        {
          title: 'Steel kettle 1.7 l',
          url: expect.stringMatching(/\/1$|id=1/),
          price: { minor: 4000, currency: 'EUR' },
        },
      ]);
    });

    it('reads the product page that stands at the address of the search itself', async () => {
      const shop = await openHtmlShop({ '/find': product('Steel kettle', '€40.00') }, plain);
      expect(await shop.search()).toMatchObject([{ title: 'Steel kettle', price: { minor: 4000 } }]);
    });

    it('is not led elsewhere where the search only moves to another path', async () => {
      const shop = await openHtmlShop(
        {
          '/find': (_, response) => response.writeHead(302, { location: '/en/find?words=kettle&kind=all' }).end(),
          '/en/find': around('<div class="r"><a href="/1">Steel kettle</a><i>€40.00</i></div>'),
          '/1': page('Steel kettle'),
        },
        plain,
      );
      expect(await shop.search()).toMatchObject([{ title: 'Steel kettle', url: `${host?.origin}/1` }]);
    });

    it('has nothing where the page says so and the links lead to no product', async () => {
      const shop = await openHtmlShop(
        {
          '/find': around('<p>No products were found. Try <a href="/kinds/kettles">all our kettles</a>.</p>'),
          '/kinds/kettles': around(''),
        },
        plain,
      );
      expect(await shop.search()).toEqual([]);
    });

    it('opens a few links at most, and none for other things', async () => {
      const links = Array.from({ length: 9 }, (_, n) => `<p><a href="/guide/${n}">Kettle guide, part ${n}</a></p>`);
      const shop = await openHtmlShop(
        { '/find': around(`${links.join('')}<p><a href="/hose">Garden hose</a></p>`) },
        plain,
      );
      await expect(shop.search()).rejects.toThrow();
      expect(host?.pages().length).toBeLessThanOrEqual(5);
      expect(host?.pages()).not.toContain('/hose');
    });
  });

  it('takes the declared currency where the page shows none, and no other', async () => {
    const pages = { '/find': card('/1', 'Kettle', '40.00'), '/1': '<h1>Kettle</h1><p id="price">39.00</p>' };
    const shop = await openHtmlShop(pages, { currency: 'CHF' });
    expect(finally_(await shop.search())).toMatchObject([{ price: { minor: 3900, currency: 'CHF' } }]);
    await host?.close();
    await expect((await openHtmlShop(pages)).search()).rejects.toThrow(/show no currency.*"currency"/);
  });

  it('asks no more of the shop once its time for product pages is over', async () => {
    const shop = await openHtmlShop({ '/find': card('/1', 'Kettle', '€40.00'), '/1': () => {} }, { timeout_ms: 500 });
    expect(await shop.search()).toMatchObject([{ title: 'Kettle', price: { minor: 4000 } }]);
  });

  it('has nothing where the shop says so', async () => {
    const shop = await openHtmlShop({ '/find': '<main>Leider wurden keine Artikel gefunden.</main>' });
    expect(await shop.search()).toEqual([]);
  });

  it.each([
    ['a page that says nothing', '<p>Welcome to our shop</p>', 'unreadable'],
    ['a script that is to draw the page', '<div id="root"></div><script src="/app.js"></script>', 'unreadable'],
    [
      'a block page',
      '<title>Just a moment...</title><p>Checking your browser before accessing shop.example. Please enable cookies. Ray ID: 8f</p>',
      'blocked_by_shop',
    ],
  ])('is not understood when %s comes', async (_, html, reason) => {
    const shop = await openHtmlShop({ '/find': html });
    await expect(shop.search()).rejects.toMatchObject({ name: 'UnreadablePageError', reason });
  });

  it('reads one product by its address, and knows what is none', async () => {
    const shop = await openHtmlShop({ '/1': product('Kettle', '€40.00') });
    expect(await shop.offer('/1')).toMatchObject({ title: 'Kettle', price: { minor: 4000 }, availability: 'InStock' });
    await expect(shop.offer('/2')).rejects.toMatchObject({ reason: 'http_status', status: 404 });
  });
});
