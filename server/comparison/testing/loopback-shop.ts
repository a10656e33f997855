import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';

export interface StockedProduct {
  name: string;
  price: string;
  currency?: string;
  gtin?: string;
  /** schema.org's name. */
  availability?: string;
  condition?: string;
}

export interface LoopbackShopOptions {
  id: string;
  products?: StockedProduct[];
  /** Answers instead of the shop's own search; true when it has. */
  instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Added to the declaration. */
  declaration?: Record<string, unknown>;
  robotsTxt?: string;
}

/** A shop over real HTTP on loopback: cards in HTML, product pages with JSON-LD. */
export interface LoopbackShop extends ShopHost {
  id: string;
  /** May be changed while it runs. */
  products: StockedProduct[];
  /** How often its search was asked. */
  nSearches(): number;
}

export async function startLoopbackShop(options: LoopbackShopOptions): Promise<LoopbackShop> {
  const { id, products = [], instead = () => false, robotsTxt } = options;
  const productPage = (product: StockedProduct) => {
    const offer = {
      '@type': 'Offer',
      price: product.price,
      priceCurrency: product.currency ?? 'EUR',
      availability: `https://schema.org/${product.availability ?? 'InStock'}`,
      ...(product.condition && { itemCondition: `https://schema.org/${product.condition}` }),
    };
    const data = {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: product.name,
      gtin: product.gtin,
      offers: offer,
    };
    return `<html><head><title>${product.name}</title>
      <script type="application/ld+json">${JSON.stringify(data)}</script></head><body><h1>${product.name}</h1></body></html>`;
  };
  const searchPage = () => {
    const cards = shop.products.map(
      (product, index) =>
        `<li class="card"><a href="/p/${index}">${product.name}</a> <b>${product.price} ${product.currency ?? 'EUR'}</b></li>`,
    );
    return `<html><body><ul>${cards.join('')}</ul>${cards.length === 0 ? 'No products were found' : ''}</body></html>`;
  };
  const answer = (response: ServerResponse, html: string) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  const host = await startShopHost({
    '/robots.txt': (_, response) => {
      if (robotsTxt === undefined) response.writeHead(404).end();
      else response.end(robotsTxt);
    },
    '/search': (request, response) => {
      if (!instead(request, response)) answer(response, searchPage());
    },
    ...Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `/p/${index}`,
        (_: IncomingMessage, response: ServerResponse) => {
          const product = shop.products[index];
          if (product) answer(response, productPage(product));
          else response.writeHead(404).end();
        },
      ]),
    ),
  });
  const shop: LoopbackShop = {
    ...host,
    id,
    products,
    nSearches: () => host.log.filter(({ path }) => path.startsWith('/search')).length,
  };
  return shop;
}

/** The shop's declaration, as an operator would write it. */
export function declarationOf({ id, origin }: LoopbackShop, change: Record<string, unknown> = {}) {
  return {
    id,
    name: `Shop ${id}`,
    adapter: 'html',
    url: origin,
    search: '/search?q={query}',
    selectors: { list: { item: '.card', price: 'b' } },
    ...change,
  };
}
