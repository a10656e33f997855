import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer, ShopContext } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

/**
 * A product as https://support.google.com/merchants/answer/160589 (RSS 2.0) shows it, with attributes of the product
 * data specification, https://support.google.com/merchants/answer/7052112
 */
const CHROMECAST = `<item>
  <g:id>TV_123456</g:id>
  <g:title>Google Chromecast with Google TV</g:title>
  <g:description>Chromecast with Google TV brings you the entertainment you love, in up to 4K HDR</g:description>
  <g:link>https://store.example/product/chromecast_google_tv?utm_source=feed&amp;id=1</g:link>
  <g:image_link>https://store.example/images/chromecast.png</g:image_link>
  <g:condition>new</g:condition>
  <g:availability>in stock</g:availability>
  <g:price>49.99 USD</g:price>
  <g:shipping><g:country>US</g:country><g:region></g:region><g:service>Ground</g:service><g:price>4.95 USD</g:price></g:shipping>
  <g:shipping><g:country>US</g:country><g:service>Express</g:service><g:price>14.95 USD</g:price></g:shipping>
  <g:gtin>4006381333931</g:gtin>
  <g:brand>Google</g:brand>
  <g:mpn>GA01919-US</g:mpn>
</item>`;
const OFFER: CandidateOffer = {
  title: 'Google Chromecast with Google TV',
  url: 'https://store.example/product/chromecast_google_tv?utm_source=feed&id=1',
  price: { minor: 4999, currency: 'USD' },
  listPrice: null,
  shipping: { minor: 495, currency: 'USD' },
  shippingTo: { US: { minor: 495, currency: 'USD' } },
  availability: 'InStock',
  condition: 'NewCondition',
  brand: 'Google',
  gtin: '04006381333931',
  mpn: 'GA01919-US',
  sku: 'TV_123456',
  image: 'https://store.example/images/chromecast.png',
};
const rss = (...items: string[]) => `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">
  <channel><title>Example</title><link>https://store.example</link>${items.join('\n')}</channel></rss>`;
const item = (fields: Record<string, string>) => {
  const all = { id: '1', link: 'https://store.example/1', price: '10.00 EUR', ...fields };
  return `<item>${Object.entries(all)
    .map(([name, value]) => `<g:${name}>${value}</g:${name}>`)
    .join('')}</item>`;
};

let host: ShopHost | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await host?.close();
});

/** A shop that publishes one feed. */
async function startShop(
  feed: string | Buffer | ((request: IncomingMessage, response: ServerResponse) => unknown),
  declare: object = {},
) {
  host = await startShopHost({
    '/feeds/google.xml': (request, response) => {
      if (typeof feed === 'function') feed(request, response);
      else response.setHeader('content-type', 'application/xml').end(feed);
    },
  });
  const declaration = shopDeclarationSchema.parse({
    id: 'store',
    name: 'Store',
    adapter: 'feed',
    url: host.origin,
    feed: '/feeds/google.xml',
    ...declare,
  });
  const context = shopContext(host.origin);
  const shop = await openShop(declaration);
  return {
    search: (query: string, change: Partial<ShopContext> = {}) =>
      Array.fromAsync(shop.search(query, { ...context, ...change })),
    offer: (url: string) => shop.offer(url, context),
  };
}

describe('a shop with a merchant feed', () => {
  it('gives the products that hold what was asked for as offers', async () => {
    const shop = await startShop(rss(item({ title: 'Copper kettle' }), CHROMECAST));
    expect(await shop.search('google chromecast')).toEqual([OFFER]);
    expect(host?.log[0]?.path).toBe('/feeds/google.xml');
  });

  it.each([
    ['Atom', 'application/atom+xml', rss(CHROMECAST).replaceAll(/(<\/?)item>/g, '$1entry>')],
    ['gzipped', 'application/gzip', gzipSync(rss(CHROMECAST))],
    ['in UTF-16', 'text/xml', Buffer.from(`\ufeff${rss(CHROMECAST)}`, 'utf16le')],
  ])('reads a feed that is %s', async (_, type, body) => {
    const shop = await startShop((__, response) => response.setHeader('content-type', type).end(body));
    expect(await shop.search('chromecast')).toEqual([OFFER]);
  });

  // https://support.google.com/merchants/answer/160567: text files with tabs; blanks or underscores in names.
  it.each([
    ['tabs', '\t', 'shipping', 'US::Ground:4.95 USD'],
    ['tabs and an order of its own for shipping', '\t', 'shipping(country:price)', 'US:4.95 USD'],
    ['commas', ',', 'shipping', 'US::Ground:4.95 USD'],
  ])('reads a table with %s', async (_, tab, shippingColumn, shipping) => {
    const header = ['ID', 'title', 'link', 'image link', 'condition', 'availability', 'price', shippingColumn];
    const row = [OFFER.sku, OFFER.title, OFFER.url, OFFER.image, 'new', 'in_stock', '49.99 USD', shipping];
    const codes = { gtin: '4006381333931', brand: 'Google', mpn: 'GA01919-US' };
    const table = [
      [...header, ...Object.keys(codes)].join(tab),
      [...row, ...Object.values(codes)].join(tab),
      ['2', 'A 5" screen', 'https://store.example/2', '', '', '', '3.00 USD', ''].join(tab),
    ].join('\r\n');
    const shop = await startShop((__, response) => response.setHeader('content-type', 'text/plain').end(table));
    expect(await shop.search('chromecast')).toEqual([OFFER]);
    expect(await shop.search('screen')).toMatchObject([{ price: { minor: 300 } }]);
  });

  it.each([
    ['another ending', 'kettles', 'Copper kettle'],
    ['part of a compound', 'kocher', 'Wasserkocher Kupfer'],
    ['a model in another spelling', 'wh1000xm5', 'Sony WH-1000XM5 headphones'],
    ['accents left out', 'creme', 'Crème brûlée dishes'],
  ])('finds %s', async (_, query, title) => {
    const shop = await startShop(rss(item({ title }), item({ id: '2', title: 'Something else' })));
    expect(await shop.search(query)).toMatchObject([{ title }]);
  });

  it('finds a product by its GTIN, and by the address of its page', async () => {
    const shop = await startShop(rss(CHROMECAST));
    expect(await shop.search('4006381333931')).toEqual([OFFER]);
    expect(await shop.offer(OFFER.url)).toEqual(OFFER);
    expect(await shop.offer('https://store.example/gone')).toBeNull();
  });

  it('gives the best answers first, the cheaper one among equals, and no more than are wanted', async () => {
    const kettles = ['30.00', '10.00', '20.00'].map((price, id) =>
      item({ id: `${id}`, title: 'Copper kettle', link: `https://store.example/${id}`, price: `${price} EUR` }),
    );
    const shop = await startShop(rss(...kettles, item({ id: '9', title: 'Steel kettle', price: '1.00 EUR' })));
    const offers = await shop.search('copper kettle', { limit: 2 });
    expect(offers.map(({ price }) => price.minor)).toEqual([1000, 2000]);
  });

  it.each([
    ['while it lasts', '2026-11-01T00:00:00+0100/2026-11-30T23:59:59+0100', 800, 1000],
    ['before it begins', '2026-12-01T00:00:00+0100/2026-12-31T00:00:00+0100', 1000, undefined],
    ['after it has ended', '2026-10-01T00:00:00+0100/2026-10-31T00:00:00+0100', 1000, undefined],
    ['without dates', '', 800, 1000],
  ])('reads a reduced price %s', async (_, dates, price, listPrice) => {
    vi.useFakeTimers({ now: Date.parse('2026-11-22T10:00:00Z'), toFake: ['Date'] });
    const sale = { title: 'Kettle', sale_price: '8.00 EUR', sale_price_effective_date: dates };
    const shop = await startShop(rss(item(sale)));
    const [offer] = await shop.search('kettle');
    expect([offer?.price.minor, offer?.listPrice?.minor]).toEqual([price, listPrice]);
  });

  it.each([
    ['of the declared country', 'US::Ground:4.95 USD,DE::DHL:5.90 EUR,DE::Express:15.90 EUR', 'DE', 590],
    ['that is the same everywhere', ':::3.00 EUR', 'DE', 300],
    ['of the one country that is told', 'DE::DHL:5.90 EUR', undefined, 590],
    ['of several countries, none of which is declared', 'US:::4.95 USD,DE:::5.90 EUR', undefined, undefined],
    ['of another country', 'US:::4.95 USD', 'DE', undefined],
    ['of a region only', 'US:CA::4.95 USD', 'US', undefined],
    ['that is free', 'DE:::0 EUR', 'DE', 0],
  ])('tells shipping %s', async (_, shipping, ship_to, minor) => {
    const shop = await startShop(rss(item({ title: 'Kettle', shipping })), { ship_to });
    expect((await shop.search('kettle'))[0]?.shipping?.minor).toBe(minor);
  });

  it('tells shipping to each country, the cheapest way, whatever is declared', async () => {
    const shipping = 'US::Ground:4.95 USD,US::Air:14.95 USD,DE::DHL:5.90 EUR,FR:IDF::2.00 EUR';
    const shop = await startShop(rss(item({ title: 'Kettle', shipping })), { ship_to: 'DE' });
    expect((await shop.search('kettle'))[0]?.shippingTo).toEqual({
      US: { minor: 495, currency: 'USD' },
      DE: { minor: 590, currency: 'EUR' },
    });
  });

  it.each([
    ['InStock', 'in_stock'],
    ['OutOfStock', 'out_of_stock'],
    ['PreOrder', 'preorder'],
    ['BackOrder', 'backorder'],
    [null, 'who knows'],
  ])('says %s', async (expected, availability) => {
    const shop = await startShop(rss(item({ title: 'Kettle', availability })));
    expect((await shop.search('kettle'))[0]?.availability).toBe(expected);
  });

  it('takes the declared currency for prices without one, and leaves out what has none at all', async () => {
    const feed = rss(item({ title: 'Kettle', price: '10.00' }));
    const shop = await startShop(feed, { currency: 'CHF' });
    expect((await shop.search('kettle'))[0]?.price).toEqual({ minor: 1000, currency: 'CHF' });
    await host?.close();
    await expect((await startShop(feed)).search('kettle')).rejects.toThrow(/none of its 1 products has .* currency/);
  });

  it('downloads the feed once for all who wait, and not again while it is fresh', async () => {
    const shop = await startShop(rss(CHROMECAST));
    await Promise.all([shop.search('chromecast'), shop.search('google'), shop.search('tv')]);
    await shop.search('chromecast');
    expect(host?.log).toHaveLength(1);
  });

  it('asks a stale feed whether it has changed, and keeps what it has if not', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    let feed = rss(CHROMECAST);
    const shop = await startShop((request, response) => {
      const etag = `"${feed.length}"`;
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, 'content-type': 'application/xml' }).end(feed);
    });
    const hours = 60 * 60 * 1000;
    await shop.search('chromecast');
    vi.advanceTimersByTime(1.5 * hours);
    expect(await shop.search('chromecast')).toEqual([OFFER]);
    feed = rss(item({ title: 'Kettle' }));
    vi.advanceTimersByTime(1.5 * hours);
    expect(await shop.search('chromecast')).toEqual([]);
    expect(host?.log.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      `"${rss(CHROMECAST).length}"`,
      `"${rss(CHROMECAST).length}"`,
    ]);
  });

  it('lets a comparison end while a slow feed still comes, and has it for the next', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const shop = await startShop((_, response) => released.then(() => response.end(rss(CHROMECAST))));
    await expect(shop.search('chromecast', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/i);
    release();
    expect(await shop.search('chromecast')).toEqual([OFFER]);
    expect(host?.log).toHaveLength(1);
  });

  it.each([
    ['a web page', '<html><body>Please sign in</body></html>', /neither a Google merchant feed/],
    ['nothing', '', /neither a Google merchant feed/],
    ['products without prices', rss('<item><title>Kettle</title></item>'), /none of its 1 products/],
    ['a gzip file that is cut short', gzipSync(rss(CHROMECAST)).subarray(0, 60), /not valid gzip/],
    ['a small file that unpacks to more than any feed', gzipSync(Buffer.alloc(65 * 1024 * 1024)), /more than 67108864/],
  ])('is not understood when %s comes instead', async (_, feed, message) => {
    const shop = await startShop(feed);
    await expect(shop.search('chromecast')).rejects.toThrow(message);
  });

  it('fails by name when the feed is not there, and is asked again the next time', async () => {
    let there = false;
    const shop = await startShop((_, response) =>
      there ? response.end(rss(CHROMECAST)) : response.writeHead(404).end(),
    );
    await expect(shop.search('chromecast')).rejects.toMatchObject({ reason: 'http_status', status: 404 });
    there = true;
    expect(await shop.search('chromecast')).toEqual([OFFER]);
  });

  it('is never fetched from a private address', async () => {
    const shop = await startShop('', { feed: 'http://169.254.169.254/latest/meta-data' });
    await expect(shop.search('chromecast')).rejects.toMatchObject({ reason: 'blocked_address' });
  });
});
