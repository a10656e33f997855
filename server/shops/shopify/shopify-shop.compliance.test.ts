import type { ServerResponse } from 'node:http';
import { answerJson, testShopAdapter } from '../testing/shop-adapter.compliance.ts';

const SUGGEST = '/search/suggest.json';

testShopAdapter({
  declaration: () => ({ adapter: 'shopify' }),
  searchPath: SUGGEST,
  handlers: (goods, origin) => ({
    '/cart.js': (_, response) => answerJson(response, { currency: 'EUR' }),
    [SUGGEST]: (request, response) => {
      const limit = Number(new URL(request.url ?? '', origin()).searchParams.get('resources[limit]'));
      const products = goods.slice(0, limit).map(({ id, title, price }) => ({
        title,
        handle: id,
        url: `/products/${id}?_pos=1`,
        available: true,
        price,
      }));
      answerJson(response, { resources: { results: { products } } });
    },
    ...Object.fromEntries(
      goods.map(({ id, title, price }) => [
        `/products/${id}.js`,
        (_: unknown, response: ServerResponse) => {
          const variant = { id: 1, title: 'Default', price: Math.round(Number(price) * 100), available: true };
          answerJson(response, { title, variants: [variant] });
        },
      ]),
    ),
  }),
  unknownPage: (origin) => `${origin}/products/100000009`,
});
