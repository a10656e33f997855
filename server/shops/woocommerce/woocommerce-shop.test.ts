import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

/**
 * A product as the documentation of the Store API shows it:
 * https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/src/StoreApi/docs/products.md
 */
const PENNANT = {
  id: 34,
  name: 'WordPress Pennant',
  slug: 'wordpress-pennant',
  variation: '',
  sku: 'wp-pennant',
  on_sale: false,
  prices: {
    currency_code: 'GBP',
    currency_symbol: '£',
    currency_minor_unit: 2,
    currency_decimal_separator: '.',
    currency_thousand_separator: ',',
    currency_prefix: '£',
    currency_suffix: '',
    price: '1105',
    regular_price: '1105',
    sale_price: '1105',
    price_range: null,
  },
  average_rating: '0',
  review_count: 0,
  images: [{ id: 57, src: 'https://local.wordpress.test/wp-content/uploads/2020/03/pennant-1.jpg', alt: '' }],
  has_options: false,
  is_purchasable: true,
  is_in_stock: true,
  low_stock_remaining: null as number | null,
};
const ENDPOINT = '/wp-json/wc/store/v1/products';

let host: ShopHost | undefined;
afterEach(() => host?.close());

const permalink = (slug: string) => `${host?.origin}/product/${slug}/`;
const product = (change: object) => ({ ...PENNANT, permalink: permalink(PENNANT.slug), ...change });
const priced = (change: object) => product({ prices: { ...PENNANT.prices, ...change } });

/** A shop that answers the Store API's product list. */
async function startShop(answer: (query: URLSearchParams, response: ServerResponse) => unknown) {
  host = await startShopHost({
    [ENDPOINT]: (request: IncomingMessage, response) => {
      const body = answer(new URL(request.url ?? '', 'http://shop').searchParams, response);
      if (!response.writableEnded) response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    },
  });
  const declaration = shopDeclarationSchema.parse({ id: 'woo', name: 'Woo', adapter: 'woocommerce', url: host.origin });
  const context = shopContext(host.origin, { locale: 'en-GB', limit: 3 });
  const shop = await openShop(declaration);
  return {
    search: (query: string) => Array.fromAsync(shop.search(query, context)),
    offer: (url: string) => shop.offer(url, context),
  };
}

describe('a WooCommerce shop', () => {
  it('gives the products of its search as offers', async () => {
    const shop = await startShop(() => [product({ brands: [{ id: 1, name: 'Automattic &amp; Co' }] })]);
    expect(await shop.search('flag & pennant')).toEqual([
      {
        title: 'WordPress Pennant',
        url: permalink('wordpress-pennant'),
        price: { minor: 1105, currency: 'GBP' },
        listPrice: null,
        shipping: null,
        availability: 'InStock',
        condition: null,
        brand: 'Automattic & Co',
        gtin: null,
        mpn: null,
        sku: 'wp-pennant',
        image: 'https://local.wordpress.test/wp-content/uploads/2020/03/pennant-1.jpg',
      } satisfies CandidateOffer,
    ]);
    expect(host?.log[0]?.path).toBe(`${ENDPOINT}?search=flag+%26+pennant&per_page=3&page=1`);
  });

  it.each([
    ['whole euros, in a shop that shows no cents', { currency_code: 'EUR', currency_minor_unit: 0, price: '19' }, 1900],
    ['yen', { currency_code: 'JPY', currency_minor_unit: 0, price: '1980' }, 1980],
    ['a shop that shows four digits', { currency_code: 'EUR', currency_minor_unit: 4, price: '123456' }, 1235],
    ['less than one unit', { currency_code: 'EUR', price: '5' }, 5],
    ['dinars of thousand fils', { currency_code: 'KWD', currency_minor_unit: 3, price: '1250' }, 1250],
  ])('reads the smallest unit as the shop sets it: %s', async (_, prices, minor) => {
    const shop = await startShop(() => [priced(prices)]);
    const [offer] = await shop.search('pennant');
    expect(offer?.price.minor).toBe(minor);
  });

  it('tells the price before a sale, and reads names that come as HTML', async () => {
    const sale = {
      prices: { ...PENNANT.prices, price: '900', sale_price: '900' },
      name: 'Tea &#8211; 200&nbsp;g <b>bio</b>',
    };
    const shop = await startShop(() => [product(sale)]);
    const [offer] = await shop.search('tea');
    expect(offer).toMatchObject({ title: 'Tea – 200 g bio', price: { minor: 900 }, listPrice: { minor: 1105 } });
  });

  it.each([
    ['OutOfStock', { is_in_stock: false }],
    ['BackOrder', { is_in_stock: true, is_on_backorder: true }],
    ['LimitedAvailability', { low_stock_remaining: 2 }],
  ])('says %s', async (availability, change) => {
    const shop = await startShop(() => [product(change)]);
    expect((await shop.search('pennant'))[0]?.availability).toBe(availability);
  });

  it('leaves out what has no price, and asks further pages for the rest', async () => {
    const unpriced = priced({ price: '', regular_price: '' });
    const pages = [
      [unpriced, product({ slug: '1' }), { odd: true }],
      [product({ slug: '2' }), product({ slug: '3' }), product({ slug: '4' })],
    ];
    const shop = await startShop((query, response) => {
      response.setHeader('x-wp-totalpages', '2');
      return pages[Number(query.get('page')) - 1];
    });
    expect(await shop.search('pennant')).toHaveLength(3);
    expect(host?.log).toHaveLength(2);
  });

  it('has no offers where nothing is found', async () => {
    const shop = await startShop(() => []);
    expect(await shop.search('nothing')).toEqual([]);
  });

  it('reads one product by the address of its page', async () => {
    const shop = await startShop((query) => (query.get('slug') === 'wordpress-pennant' ? [product({})] : []));
    expect(await shop.offer(permalink('wordpress-pennant'))).toMatchObject({ title: 'WordPress Pennant' });
    expect(await shop.offer(permalink('gone'))).toBeNull();
  });

  it.each([
    ['a web page', (response: ServerResponse) => response.end('<html>Just a moment…</html>'), /the answer is not JSON/],
    ['an error object', (response: ServerResponse) => response.end('{"code":"x"}'), /the answer is not a list/],
    ['products of another kind', (response: ServerResponse) => response.end('[{"id":1}]'), /none of its products/],
  ])('is not understood when %s comes instead', async (_, send, message) => {
    const shop = await startShop((__, response) => send(response));
    await expect(shop.search('pennant')).rejects.toThrow(message);
  });

  it('fails by name when the API says that it is not there', async () => {
    const shop = await startShop((_, response) => {
      const error = { code: 'rest_no_route', message: 'No route was found', data: { status: 404 } };
      response.writeHead(404).end(JSON.stringify(error));
    });
    await expect(shop.search('pennant')).rejects.toMatchObject({ reason: 'http_status', status: 404 });
  });
});
