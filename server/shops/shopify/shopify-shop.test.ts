import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

/** A product of the search, as https://shopify.dev/docs/api/ajax/reference/predictive-search shows it. */
const SUGGESTED = {
  available: true,
  body: '<p>Lorem Ipsum.</p>',
  compare_at_price_max: '0.00',
  compare_at_price_min: '0.00',
  handle: 'red-rain-coat',
  id: 329678821,
  image: 'https://cdn.shopify.com/s/files/red-rain-coat.jpg',
  price: '129.00',
  price_max: '139.00',
  price_min: '129.00',
  tags: ['Spring'],
  title: 'Red Rain Coat',
  type: 'Coat',
  url: '/products/red-rain-coat?_pos=1&_psq=rain&_ss=e&_v=1.0',
  variants: [],
  vendor: 'Shopify',
};

/** A variant and its product, as https://shopify.dev/docs/api/ajax/reference/product shows them. */
const SMALL = {
  id: 794864229,
  title: 'Small',
  options: ['Small'],
  price: 12900,
  compare_at_price: null as number | null,
  available: true,
  sku: null as string | null,
  requires_shipping: true,
  taxable: true,
  barcode: '49738645',
};
const LARGE = { ...SMALL, id: 794864237, title: 'Large', price: 13900, sku: 'coat-l', barcode: '4006381333931' };
const PRODUCT = {
  id: 329678821,
  title: 'Red Rain Coat',
  handle: 'red-rain-coat',
  vendor: 'Shopify',
  price: 12900,
  available: true,
  variants: [SMALL, LARGE],
  featured_image: '//cdn.shopify.com/s/files/red-rain-coat.jpg',
  url: '/products/red-rain-coat',
};

let host: ShopHost | undefined;
afterEach(() => host?.close());

interface Stock {
  suggested?: object[];
  products?: Record<string, object>;
  /** Of the empty cart: https://shopify.dev/docs/api/ajax/reference/cart */
  currency?: string;
  /** Answers the search in another way. */
  search?(response: ServerResponse): void;
  declare?: object;
  path?: string;
}

/** A shop that speaks the Ajax API: at most ten suggestions, 422 without words, 404 for what it does not have. */
async function startShop({ suggested = [], products = {}, currency = 'EUR', search, declare, path = '' }: Stock) {
  const json = (response: ServerResponse, body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  host = await startShopHost({
    [`${path}/cart.js`]: (_, response) => json(response, { token: '1', items: [], item_count: 0, currency }),
    [`${path}/search/suggest.json`]: (request: IncomingMessage, response) => {
      if (search) return search(response);
      const query = new URL(request.url ?? '', 'http://shop').searchParams;
      if (!query.get('q')) {
        return json(response, { status: 422, message: 'Invalid parameter error', description: 'q is missing' }, 422);
      }
      const limit = Math.min(Number(query.get('resources[limit]') ?? 10), 10);
      json(response, { resources: { results: { products: suggested.slice(0, limit) } } });
    },
    ...Object.fromEntries(
      Object.entries(products).map(([handle, product]) => [
        `${path}/products/${handle}.js`,
        (_: IncomingMessage, response: ServerResponse) => json(response, product),
      ]),
    ),
  });
  const declaration = shopDeclarationSchema.parse({
    id: 'coats',
    name: 'Coats',
    adapter: 'shopify',
    url: `${host.origin}${path}`,
    ...declare,
  });
  const context = shopContext(host.origin, { locale: 'en-GB', limit: 20 });
  const shop = await openShop(declaration);
  return {
    /** Every offer that is told, the later of one product included. */
    search: (query: string, limit = 20) => Array.fromAsync(shop.search(query, { ...context, limit })),
    offer: (url: string) => shop.offer(url, context),
    page: (handle: string) => `${host?.origin}${path}/products/${handle}`,
  };
}

describe('a Shopify shop', () => {
  it('gives what its search says at once, and then what each product adds', async () => {
    const shop = await startShop({ suggested: [SUGGESTED], products: { 'red-rain-coat': PRODUCT } });
    const [first, then, ...rest] = await shop.search('rain coat');
    expect(first).toEqual({
      title: 'Red Rain Coat',
      url: shop.page('red-rain-coat'),
      price: { minor: 12900, currency: 'EUR' },
      listPrice: null,
      shipping: null,
      availability: 'InStock',
      condition: null,
      brand: 'Shopify',
      gtin: null,
      mpn: null,
      sku: null,
      image: 'https://cdn.shopify.com/s/files/red-rain-coat.jpg',
    } satisfies CandidateOffer);
    expect(then).toMatchObject({ title: 'Red Rain Coat – Small', url: first?.url, gtin: null });
    expect(rest).toEqual([]);
  });

  it.each([
    [
      'the one that the query names',
      'rain coat large',
      {},
      { title: 'Red Rain Coat – Large', price: { minor: 13900 } },
    ],
    ['the cheapest', 'rain coat', {}, { title: 'Red Rain Coat – Small', price: { minor: 12900 } }],
    ['one that can be had', 'rain coat', { available: false }, { title: 'Red Rain Coat – Large' }],
  ])('offers of several variants %s', async (_, query, small, expected) => {
    const products = { 'red-rain-coat': { ...PRODUCT, variants: [{ ...SMALL, ...small }, LARGE] } };
    const shop = await startShop({ suggested: [SUGGESTED], products });
    expect((await shop.search(query)).at(-1)).toMatchObject(expected);
  });

  it('reads the price before a sale, the stock and the barcode of a variant', async () => {
    const variant = { ...LARGE, title: 'Default Title', compare_at_price: 19900, available: false };
    const products = { 'red-rain-coat': { ...PRODUCT, variants: [variant] } };
    const reduced = { ...SUGGESTED, compare_at_price_min: '199.00', available: false };
    const shop = await startShop({ suggested: [reduced], products });
    const [first, then] = await shop.search('rain coat');
    expect(first).toMatchObject({ listPrice: { minor: 19900 }, availability: 'OutOfStock' });
    expect(then).toMatchObject({
      title: 'Red Rain Coat',
      listPrice: { minor: 19900 },
      availability: 'OutOfStock',
      gtin: '04006381333931',
      sku: 'coat-l',
      image: 'http://cdn.shopify.com/s/files/red-rain-coat.jpg',
    });
  });

  it.each([
    ['yen', 'JPY', '1980', 198000, 1980],
    ['dollars', 'USD', '0.05', 5, 5],
    ['dinars', 'KWD', '1.50', 150, 1500],
  ])(
    'reads decimals in the search and hundredths in the product: %s',
    async (_, currency, decimal, hundredths, minor) => {
      const shop = await startShop({
        currency,
        suggested: [{ ...SUGGESTED, price: decimal }],
        products: { 'red-rain-coat': { ...PRODUCT, variants: [{ ...SMALL, price: hundredths }] } },
      });
      const offers = await shop.search('rain coat');
      expect(offers.map(({ price }) => price)).toEqual([
        { minor, currency },
        { minor, currency },
      ]);
    },
  );

  it('asks for no more than the ten that the search gives, and for the currency once', async () => {
    const suggested = Array.from({ length: 12 }, (_, n) => ({ ...SUGGESTED, handle: `${n}`, url: `/products/${n}` }));
    const shop = await startShop({ suggested });
    expect(await shop.search('rain coat')).toHaveLength(10);
    expect(await shop.search('rain coat', 3)).toHaveLength(3);
    const searches = host?.log.map(({ path }) => new URL(path, 'http://shop')).filter((url) => url.search !== '');
    expect(searches?.map((url) => url.searchParams.get('resources[limit]'))).toEqual(['10', '3']);
    expect(host?.log.filter(({ path }) => path === '/cart.js')).toHaveLength(1);
  });

  it('searches barcodes for a GTIN', async () => {
    const shop = await startShop({ suggested: [SUGGESTED], products: { 'red-rain-coat': PRODUCT } });
    expect(await shop.search('4006381333931')).toHaveLength(2);
    const search = host?.log.find(({ path }) => path.startsWith('/search'))?.path ?? '';
    expect(decodeURIComponent(search)).toContain('resources[options][fields]=variants.barcode');
  });

  it('keeps to the path of its language', async () => {
    const suggested = [{ ...SUGGESTED, url: '/de/products/red-rain-coat?_pos=1' }];
    const shop = await startShop({ path: '/de', suggested, products: { 'red-rain-coat': PRODUCT } });
    expect(new Set((await shop.search('rain coat')).map(({ url }) => url))).toEqual(
      new Set([shop.page('red-rain-coat')]),
    );
  });

  it('leaves what the search said where a product cannot be read', async () => {
    const shop = await startShop({ suggested: [SUGGESTED] });
    expect(await shop.search('rain coat')).toMatchObject([{ price: { minor: 12900 } }]);
  });

  it('takes the declared currency only where the cart names none', async () => {
    const stock = { suggested: [SUGGESTED], declare: { currency: 'CHF' } };
    const shop = await startShop({ ...stock, currency: '' });
    expect((await shop.search('rain coat'))[0]?.price.currency).toBe('CHF');
    await host?.close();
    const undeclared = await startShop({ suggested: [SUGGESTED], currency: '' });
    await expect(undeclared.search('rain coat')).rejects.toThrow(/name it as "currency"/);
  });

  it('reads one product by the address of its page, and the variant in it', async () => {
    const shop = await startShop({ products: { 'red-rain-coat': PRODUCT } });
    const page = `${host?.origin}/collections/all/products/red-rain-coat`;
    expect(await shop.offer(page)).toMatchObject({ url: page, price: { minor: 12900, currency: 'EUR' } });
    expect(await shop.offer(`${page}?variant=${LARGE.id}`)).toMatchObject({ price: { minor: 13900 } });
    expect(await shop.offer(shop.page('gone'))).toBeNull();
    expect(await shop.offer(`${host?.origin}/pages/about`)).toBeNull();
  });

  it.each([
    ['a page that asks for a password', (response: ServerResponse) => response.end('<html>Enter'), /is not JSON/],
    ['another object', (response: ServerResponse) => response.end('{}'), /no list of products/],
    [
      'products of another kind',
      (response: ServerResponse) => response.end('{"resources":{"results":{"products":[{"id":1}]}}}'),
      /none of its products/,
    ],
    [
      'the documented refusal of its language',
      (response: ServerResponse) =>
        response
          .writeHead(417)
          .end('{"status":417,"message":"Expectation Failed","description":"Unsupported shop primary locale"}'),
      /does not search in this shop's language/,
    ],
  ])('is not understood when %s comes instead', async (_, search, message) => {
    const shop = await startShop({ search });
    await expect(shop.search('rain coat')).rejects.toThrow(message);
  });

  it('fails by name when it is asked too much, after the pause that it names', async () => {
    const shop = await startShop({
      search: (response) =>
        response
          .writeHead(429, { 'retry-after': '1' })
          .end('{"status":429,"message":"Throttled","description":"Retry after 1 second"}'),
    });
    await expect(shop.search('rain coat')).rejects.toMatchObject({ reason: 'http_status', status: 429 });
    expect(host?.log.filter(({ path }) => path.startsWith('/search'))).toHaveLength(3);
  });
});
