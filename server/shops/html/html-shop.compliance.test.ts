import type { ServerResponse } from 'node:http';
import { testShopAdapter } from '../testing/shop-adapter.compliance.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const answerPage = (response: ServerResponse, html: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en">${html}`);

testShopAdapter({
  declaration: () => ({ adapter: 'html', search: '/find?words={query}' }),
  searchPath: '/find',
  handlers: (goods) => ({
    '/find': (_, response) => {
      const cards = goods.map(
        ({ id, title, price }) =>
          `<li class="card"><a href="/p/${id}">${escaped(title)}</a> <span class="price">${price} EUR</span></li>`,
      );
      answerPage(response, goods.length === 0 ? '<p>No products were found</p>' : `<ul>${cards.join('')}</ul>`);
    },
    ...Object.fromEntries(
      goods.map(({ id, title, price }) => [
        `/p/${id}`,
        (_: unknown, response: ServerResponse) => {
          const offers = { '@type': 'Offer', price, priceCurrency: 'EUR' };
          const data = JSON.stringify({ '@type': 'Product', name: title, offers }).replaceAll('<', '\\u003c');
          answerPage(response, `<script type="application/ld+json">${data}</script><h1>${escaped(title)}</h1>`);
        },
      ]),
    ),
  }),
  unknownPage: (origin) => `${origin}/p/100000009`,
});
