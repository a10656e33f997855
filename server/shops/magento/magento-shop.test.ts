import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

/**
 * A product of Magento's sample data with the fields that are documented at
 * https://developer.adobe.com/commerce/webapi/graphql/schema/products/interfaces/attributes/
 */
const BAG = {
  name: 'Voyage Yoga Bag',
  sku: '24-WB01',
  url_key: 'voyage-yoga-bag',
  url_suffix: '.html',
  canonical_url: null as string | null,
  stock_status: 'IN_STOCK',
  only_x_left_in_stock: null as number | null,
  small_image: { url: 'https://shop.example/media/catalog/product/w/b/wb01.jpg' },
  price_range: {
    minimum_price: {
      final_price: { value: 32, currency: 'USD' },
      regular_price: { value: 32, currency: 'USD' },
    },
  },
};
const priced = (value: number, regular = value, currency = 'USD') => ({
  ...BAG,
  price_range: {
    minimum_price: { final_price: { value, currency }, regular_price: { value: regular, currency } },
  },
});

/** Errors as https://developer.adobe.com/commerce/webapi/graphql/usage/api-response/ shows them. */
const graphQlError = (message: string) => ({
  errors: [
    {
      message,
      locations: [{ line: 1, column: 3 }],
      path: ['products'],
      extensions: { category: 'graphql-input' },
    },
  ],
  data: { products: null },
});

interface Variables {
  words?: string;
  keys?: string[];
  pageSize?: number;
  page?: number;
}

let host: ShopHost | undefined;
afterEach(() => host?.close());

/**
 * A shop that answers the products query as
 * https://developer.adobe.com/commerce/webapi/graphql/schema/products/queries/products/ says: pages of `pageSize`
 * items, and an error for a page beyond the last.
 */
async function startShop(
  catalogue: object[],
  { answer, status = 200, declare }: { answer?: unknown; status?: number; declare?: object } = {},
) {
  const asked: { query: string; variables: Variables; store: string | undefined }[] = [];
  host = await startShopHost({
    '/graphql': (request: IncomingMessage, response: ServerResponse) => {
      const parameters = new URL(request.url ?? '', 'http://shop').searchParams;
      const variables: Variables = JSON.parse(parameters.get('variables') ?? '{}');
      asked.push({ query: parameters.get('query') ?? '', variables, store: request.headers['store']?.toString() });
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? productsPage(catalogue, variables));
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    },
  });
  const declaration = shopDeclarationSchema.parse({
    id: 'luma',
    name: 'Luma',
    adapter: 'magento',
    url: host.origin,
    ...declare,
  });
  const context = shopContext(host.origin, { locale: 'en-US', limit: 2 });
  const shop = await openShop(declaration);
  return {
    asked,
    search: (query: string) => Array.fromAsync(shop.search(query, context)),
    offer: (path: string) => shop.offer(`${host?.origin}${path}`, context),
  };
}

function productsPage(catalogue: object[], { keys, pageSize = 20, page = 1 }: Variables) {
  const found = keys ? catalogue.filter((item) => 'url_key' in item && keys.includes(String(item.url_key))) : catalogue;
  const total_pages = Math.ceil(found.length / pageSize);
  if (page > Math.max(total_pages, 1)) {
    return graphQlError(`currentPage value ${page} specified is greater than the ${total_pages} page(s) available.`);
  }
  return {
    data: { products: { items: found.slice((page - 1) * pageSize, page * pageSize), page_info: { total_pages } } },
  };
}

describe('a Magento shop', () => {
  it('gives the products of its search as offers', async () => {
    const shop = await startShop([BAG]);
    expect(await shop.search('yoga "bag"')).toEqual([
      {
        title: 'Voyage Yoga Bag',
        url: `${host?.origin}/voyage-yoga-bag.html`,
        price: { minor: 3200, currency: 'USD' },
        listPrice: null,
        shipping: null,
        availability: 'InStock',
        condition: null,
        brand: null,
        gtin: null,
        mpn: null,
        sku: '24-WB01',
        image: 'https://shop.example/media/catalog/product/w/b/wb01.jpg',
      } satisfies CandidateOffer,
    ]);
    expect(shop.asked[0]?.variables).toEqual({ words: 'yoga "bag"', pageSize: 2, page: 1 });
    expect(host?.log[0]?.method).toBe('GET');
  });

  it.each([
    ['cents', 19.99, 'USD', 1999],
    ['a binary fraction', 1.005, 'EUR', 101],
    ['yen', 1980, 'JPY', 1980],
    ['four digits', 12.3456, 'EUR', 1235],
  ])('reads prices, which are numbers: %s', async (_, value, currency, minor) => {
    const shop = await startShop([priced(value, value, currency)]);
    expect((await shop.search('bag'))[0]?.price).toEqual({ minor, currency });
  });

  it('tells the price before a sale', async () => {
    const shop = await startShop([priced(24, 32)]);
    expect(await shop.search('bag')).toMatchObject([{ price: { minor: 2400 }, listPrice: { minor: 3200 } }]);
  });

  it.each([
    ['OutOfStock', { stock_status: 'OUT_OF_STOCK' }],
    ['LimitedAvailability', { only_x_left_in_stock: 2 }],
    [null, { stock_status: null }],
  ])('says %s', async (availability, change) => {
    const shop = await startShop([{ ...BAG, ...change }]);
    expect((await shop.search('bag'))[0]?.availability).toBe(availability);
  });

  it.each([
    ['its canonical path', { canonical_url: 'bags/voyage-yoga-bag.html' }, '/bags/voyage-yoga-bag.html'],
    ['its key without a suffix', { url_suffix: null }, '/voyage-yoga-bag'],
  ])('names the page by %s', async (_, change, path) => {
    const shop = await startShop([{ ...BAG, ...change }]);
    expect((await shop.search('bag'))[0]?.url).toBe(`${host?.origin}${path}`);
  });

  it('asks the declared store view, and the attribute that holds the GTIN', async () => {
    const declare = { store: 'de', gtin_attribute: 'ean' };
    const shop = await startShop([{ ...BAG, gtin: '4006381333931' }], { declare });
    expect((await shop.search('bag'))[0]?.gtin).toBe('04006381333931');
    expect(shop.asked[0]).toMatchObject({ store: 'de', query: expect.stringContaining('gtin: ean') });
  });

  it('leaves out what has no price, and asks further pages for the rest, but none beyond the last', async () => {
    const shop = await startShop([priced(0), BAG, { odd: true }, priced(0)]);
    expect(await shop.search('bag')).toHaveLength(1);
    expect(shop.asked.map(({ variables }) => variables.page)).toEqual([1, 2]);
  });

  it('has no offers where nothing is found', async () => {
    const shop = await startShop([]);
    expect(await shop.search('nothing')).toEqual([]);
  });

  it('reads one product by the address of its page', async () => {
    const shop = await startShop([BAG]);
    expect(await shop.offer('/bags/voyage-yoga-bag.html')).toMatchObject({
      title: 'Voyage Yoga Bag',
      url: `${host?.origin}/bags/voyage-yoga-bag.html`,
    });
    expect(await shop.offer('/gone.html')).toBeNull();
    expect(await shop.offer('/')).toBeNull();
  });

  it('takes what was answered beside an error', async () => {
    const partial = { ...productsPage([BAG], {}), errors: [{ message: 'Internal server error' }] };
    const shop = await startShop([], { answer: partial });
    expect(await shop.search('bag')).toHaveLength(1);
  });

  it.each([
    ['an error', graphQlError('Cannot query field "ean" on type "ProductInterface".'), /it says "Cannot query field/],
    ['a web page', '<html>Just a moment…</html>', /is not JSON/],
    ['another object', { data: {} }, /no list of products/],
    [
      'products of another kind',
      { data: { products: { items: [{ id: 1 }], page_info: { total_pages: 1 } } } },
      /none of its products/,
    ],
  ])('is not understood when %s comes instead', async (_, answer, message) => {
    const shop = await startShop([], { answer });
    await expect(shop.search('bag')).rejects.toThrow(message);
  });

  it('fails by name when the API is closed to the public', async () => {
    const shop = await startShop([], { status: 403 });
    await expect(shop.search('bag')).rejects.toMatchObject({ reason: 'http_status', status: 403 });
  });
});
