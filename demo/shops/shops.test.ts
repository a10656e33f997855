import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoProducts } from '../catalogue/catalogue.ts';
import { type StartedDemoShops, startDemoShops } from '../demo-shops.ts';
import { demoShops } from './all.ts';
import type { ShopItem, ShopProfile } from './profile.ts';
import { quoteOn } from './quote.ts';
import { openShopCatalogue } from './shop-catalogue.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY_MS = 86_400_000;

let running: StartedDemoShops;
beforeAll(async () => {
  running = await startDemoShops({ basePort: 0, now: () => NOW });
});
afterAll(() => running.close());

const shop = (id: string) => running.shops.find((candidate) => candidate.id === id)!;
const profileOf = (id: string) => demoShops.find(({ profile }) => profile.id === id)!.profile;

/** One page as text; the flaky shop is asked again, as a polite client would. */
async function get(id: string, path: string): Promise<{ status: number; type: string; body: string }> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(shop(id).origin + path).catch(() => null);
    if ((response === null || response.status === 503) && attempt < 2) continue;
    if (response === null) throw new Error(`${id} breaks off every time`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: iconv.decode(bytes, /8859-1/.test(type) ? 'win1252' : 'utf8') };
  }
}

/** What a reader sees: markup away, entities for quotes and ampersands resolved. */
const visible = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");

/** How each shop's own customers ask it, and how it writes amounts. Written down by looking at the shops, not taken from them. */
const SHOPS = [
  {
    id: 'voltari',
    search: '/search?q=',
    price: (whole: string, cents: string) => `€${whole.replace('_', ',')}.${cents}`,
    data: 'application/ld+json',
  },
  {
    id: 'hearth-and-mill',
    search: '/shop/search?keywords=',
    price: (whole: string, cents: string) => `£${whole.replace('_', ',')}${cents === '00' ? '' : `.${cents}`}`,
    data: 'itemprop="price"',
  },
  {
    id: 'fjallbod',
    search: '/sok?fraga=',
    price: (whole: string) => `${whole.replace('_', '\u00a0')}\u00a0kr`,
    data: 'property="price"',
  },
  {
    id: 'pricebarn',
    search: '/s?k=',
    price: (whole: string, cents: string) => `$${whole.replace('_', ',')}${cents}`,
    data: 'property="product:price:amount"',
  },
  {
    id: 'kaufgut24',
    search: '/suche?begriff=',
    price: (whole: string, cents: string) => `${whole.replace('_', '.')},${cents} €`,
    data: 'class="kg-preis"',
  },
  {
    id: 'tiny-harbour',
    search: '/?post_type=product&s=',
    price: (whole: string, cents: string) => `$${whole.replace('_', ',')}.${cents}`,
    data: 'woocommerce-Price-amount',
  },
  {
    id: 'bergmarkt',
    search: '/cgi-bin/suche.cgi?begriff=',
    price: (whole: string, cents: string) => `CHF ${whole.replace('_', '’')}.${cents === '00' ? '–' : cents}`,
    data: 'class="kauf"',
  },
  {
    id: 'maison-clic',
    search: '/recherche?mots=',
    price: (whole: string, cents: string) => `${whole.replace('_', '\u202f')},${cents}\u00a0€`,
    data: 'data-prix-fiche',
  },
] as const;

const NOTHING_FOUND =
  /nothing found|no results|no products were found|inga träffar|keine treffer|keine artikel|aucun résultat/i;

/** `1_299` and `00` from 129900. */
function parts(minor: number): [string, string] {
  const whole = String(Math.floor(minor / 100));
  return [whole.length > 3 ? `${whole.slice(0, -3)}_${whole.slice(-3)}` : whole, String(minor % 100).padStart(2, '0')];
}

describe.each(SHOPS)('$id', ({ id, search, price, data }) => {
  const profile = profileOf(id);
  const catalogue = openShopCatalogue(profile);
  const dear = (item: ShopItem) => quoteOn(profile, item.product, NOW).priceMinor >= 100_000;

  it('finds what it sells by the words of its name, and tells its price in the shop’s own way', async () => {
    const item = catalogue.items.find(dear)!;
    const { lead, kind } = { lead: `${item.product.brand} ${item.product.model}`, kind: item.product.kind };
    const { status, body } = await get(id, search + encodeURIComponent(`${lead} ${kind}`));
    expect(status).toBe(200);
    expect(body).toContain(profile.path(item).replaceAll('&', '&amp;'));
    expect(visible(body)).toContain(item.title);
    expect(visible(body)).toContain(price(...parts(quoteOn(profile, item.product, NOW).priceMinor)));
  });

  it('has a page for each product, with the price where its markup has it, and distractions around it', async () => {
    const items = [catalogue.items.find(dear)!, catalogue.items[7]!, catalogue.items.at(-1)!];
    const pages = await Promise.all(items.map(async (item) => ({ item, ...(await get(id, profile.path(item))) })));
    for (const { item, status, body } of pages) {
      expect(status).toBe(200);
      expect(visible(body)).toContain(item.title);
      expect(visible(body)).toContain(price(...parts(quoteOn(profile, item.product, NOW).priceMinor)));
      expect(body).toContain(data);
      expect(body.match(/<img/gi)?.length, 'the product and others').toBeGreaterThan(1);
    }
  });

  it('shows the price before the sale where there is a sale, and the state of the stock', async () => {
    const sale = catalogue.items.find((item) => quoteOn(profile, item.product, NOW).regularMinor !== null)!;
    const regular = price(...parts(quoteOn(profile, sale.product, NOW).regularMinor!));
    const page = visible((await get(id, profile.path(sale))).body);
    // Pricebarn writes former prices in one piece.
    expect(page).toContain(id === 'pricebarn' ? regular.replace(/(\d\d)$/, '.$1') : regular);
    const stocked = (stock: string) =>
      catalogue.items.find((item) => quoteOn(profile, item.product, NOW).stock === stock)!;
    const [here, gone] = await Promise.all([
      get(id, profile.path(stocked('in-stock'))),
      get(id, profile.path(stocked('sold-out'))),
    ]);
    expect(visible(gone.body)).toMatch(
      /out of stock|sold out|slut i lager|unavailable|nicht lieferbar|ausverkauft|rupture/i,
    );
    expect(visible(here.body)).not.toMatch(/sold out|slut i lager|currently unavailable|nicht lieferbar|ausverkauft/i);
  });

  it('says so where it finds nothing, and 404 where there is nothing', async () => {
    const { status, body } = await get(id, `${search}xylotymbou`);
    expect(status).toBe(200);
    expect(visible(body)).toMatch(NOTHING_FOUND);
    expect(body).not.toContain(profile.path(catalogue.items[0]!).replace(/\?.*/, '?'));
    expect((await get(id, '/nowhere/at/all')).status).toBe(404);
  });

  it('serves its stylesheet, its pictures and a robots.txt that lets its products be read', async () => {
    const { body } = await get(id, profile.path(catalogue.items[0]!));
    const style = /<link rel="stylesheet" href="([^"]+)"/i.exec(body)?.[1] ?? '';
    const picture = /<img[^>]*src="([^"]+\.svg)"/i.exec(body)?.[1] ?? '';
    expect((await get(id, style)).type).toContain('text/css');
    expect((await get(id, picture)).type).toContain('image/svg+xml');
    const robots = await get(id, '/robots.txt');
    expect(robots.type).toContain('text/plain');
    expect(robots.body).toMatch(/^Disallow: \/.+/m);
  });

  it('sells 40 to 80 % of the catalogue', () => {
    const share = catalogue.items.length / demoProducts().length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.8);
  });
});

describe('prices', () => {
  const euros = (profile: ShopProfile, item: ShopItem, at = NOW) =>
    quoteOn(profile, item.product, at).priceMinor / profile.perEuro;
  const catalogues = demoShops.map(({ profile }) => ({ profile, catalogue: openShopCatalogue(profile) }));

  it('are lowest in another shop for another product', () => {
    const wins = new Map<string, number>();
    for (const product of demoProducts()) {
      const offers = catalogues.flatMap(({ profile, catalogue }) => {
        const item = catalogue.ofProduct(product.id);
        return item === null ? [] : [{ id: profile.id, euros: euros(profile, item) }];
      });
      const best = offers.sort((a, b) => a.euros - b.euros)[0];
      if (best) wins.set(best.id, (wins.get(best.id) ?? 0) + 1);
    }
    expect(wins.size).toBe(demoShops.length);
    for (const count of wins.values()) expect(count).toBeGreaterThan(40);
  });

  it('stay through the day, and change now and then', () => {
    const { profile, catalogue } = catalogues[0]!;
    let changes = 0;
    for (const { product } of catalogue.items.slice(0, 200)) {
      for (let day = 0; day < 90; day++) {
        const morning = new Date(Math.floor(NOW.getTime() / DAY_MS) * DAY_MS - day * DAY_MS);
        const evening = new Date(morning.getTime() + DAY_MS - 1);
        expect(quoteOn(profile, product, evening)).toEqual(quoteOn(profile, product, morning));
        const before = new Date(morning.getTime() - 1);
        if (quoteOn(profile, product, before).priceMinor !== quoteOn(profile, product, morning).priceMinor) changes++;
      }
    }
    expect(changes / 200).toBeGreaterThan(3);
    expect(changes / 200).toBeLessThan(12);
  });
});

describe('shops that need patience', () => {
  it('Pricebarn takes a second and a half', async () => {
    const started = performance.now();
    await get('pricebarn', '/');
    expect(performance.now() - started).toBeGreaterThan(1_490);
  });

  it('Maison Clic fails one time in five, in the same order after every start', async () => {
    const outcomes = async () => {
      const fresh = await startDemoShops({ basePort: 0, now: () => NOW });
      const { origin } = fresh.shops.find(({ id }) => id === 'maison-clic')!;
      const seen: (number | string)[] = [];
      for (let i = 0; i < 10; i++) {
        const answer = await fetch(`${origin}/`).catch(() => 'reset' as const);
        seen.push(answer === 'reset' ? answer : answer.status);
        if (answer !== 'reset' && answer.status === 503) expect(answer.headers.get('retry-after')).toBe('1');
      }
      const logged = fresh.requests('maison-clic').map(({ status }) => status ?? 'reset');
      await fresh.close();
      expect(logged).toEqual(seen);
      return seen;
    };
    const first = await outcomes();
    expect(first).toEqual([200, 503, 200, 200, 200, 'reset', 200, 200, 200, 200]);
    expect(await outcomes()).toEqual(first);
  });

  it('Bergmarkt forbids its clearance and asks for a second between requests, and sells the rest to the polite', async () => {
    const { body } = await get('bergmarkt', '/robots.txt');
    expect(body).toMatch(/^Crawl-delay: 1$/m);
    expect(body).toMatch(/^Disallow: \/clearance\/$/m);
    const profile = profileOf('bergmarkt');
    const paths = openShopCatalogue(profile).items.map((item) => profile.path(item));
    const forbidden = paths.filter((path) => path.startsWith('/clearance/')).length / paths.length;
    expect(forbidden).toBeGreaterThan(0.04);
    expect(forbidden).toBeLessThan(0.12);
  });

  it('Bergmarkt says ISO-8859-1 and writes Windows-1252', async () => {
    const response = await fetch(`${shop('bergmarkt').origin}/`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=ISO-8859-1');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.includes(0x96), 'an en dash').toBe(true);
    expect(bytes.includes(0xfc), 'an ü').toBe(true);
  });
});

interface StoreProduct {
  id: number;
  name: string;
  permalink: string;
  on_sale: boolean;
  prices: Record<string, unknown>;
}

describe('the WooCommerce Store API of Tiny Harbour', () => {
  const api = (query: string) => fetch(`${shop('tiny-harbour').origin}/wp-json/wc/store/v1/products${query}`);
  const profile = profileOf('tiny-harbour');

  it('lists by search, with paging headers and prices in minor units', async () => {
    const response = await api('?search=headphones&per_page=5&page=2');
    const products = (await response.json()) as StoreProduct[];
    expect(products).toHaveLength(5);
    const total = Number(response.headers.get('x-wp-total'));
    expect(total).toBeGreaterThan(10);
    expect(Number(response.headers.get('x-wp-totalpages'))).toBe(Math.ceil(total / 5));
    expect(response.headers.get('link')).toMatch(/page=1>; rel="prev", <.*page=3>; rel="next"/);
    for (const product of products) {
      const item = openShopCatalogue(profile).byNumber(product.id)!;
      const { priceMinor, regularMinor } = quoteOn(profile, item.product, NOW);
      expect(product.prices).toMatchObject({
        price: String(priceMinor),
        regular_price: String(regularMinor ?? priceMinor),
        currency_code: 'USD',
        currency_minor_unit: 2,
      });
      expect(product.on_sale).toBe(regularMinor !== null);
      expect(product.permalink).toBe(shop('tiny-harbour').origin + profile.path(item));
    }
  });

  it('gives one product by slug or id, with its name as HTML', async () => {
    const [item] = openShopCatalogue(profile).find('14" laptop');
    const slug = profile.path(item!).split('/')[2];
    const [bySlug] = (await (await api(`?slug=${slug}`)).json()) as [StoreProduct];
    expect(bySlug).toMatchObject({ id: item?.number, slug });
    expect(bySlug.name).toContain('&#8243;');
    expect(await (await api(`/${item?.number}`)).json()).toEqual(bySlug);
    expect((await fetch(bySlug.permalink)).status).toBe(200);
  });

  it.each([
    ['?per_page=0', 400, 'rest_invalid_param'],
    ['?per_page=101', 400, 'rest_invalid_param'],
    ['?page=zero', 400, 'rest_invalid_param'],
    ['/999999999', 404, 'woocommerce_rest_product_invalid_id'],
    ['/a/b/c', 404, 'rest_no_route'],
  ])('answers %s with %i %s', async (query, status, code) => {
    const response = await api(query);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, data: { status } });
  });
});

describe('the ports of the demo shops', () => {
  it('follow the base port; a shop whose port is taken moves, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const taken = (other.address() as AddressInfo).port;
    const started = await startDemoShops({ basePort: taken - 2, now: () => NOW });
    try {
      const moved = started.shops[2];
      expect(moved?.takenPort).toBe(taken);
      expect(new URL(moved?.origin ?? '').port).not.toBe(String(taken));
      expect(moved?.declaration.url).toBe(moved?.origin);
      expect((await fetch(`${moved?.origin}/robots.txt`)).status).toBe(200);
      expect(started.shops[0]?.takenPort === null ? started.shops[0].origin : null).toSatisfy(
        (origin: string | null) => origin === null || origin === `http://127.0.0.1:${taken - 2}`,
      );
    } finally {
      await started.close();
      other.close();
    }
  });
});
