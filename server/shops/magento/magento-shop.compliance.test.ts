import { answerJson, testShopAdapter } from '../testing/shop-adapter.compliance.ts';

testShopAdapter({
  declaration: () => ({ adapter: 'magento' }),
  searchPath: '/graphql',
  handlers: (goods, origin) => ({
    '/graphql': (request, response) => {
      const text = new URL(request.url ?? '', origin()).searchParams.get('variables') ?? '{}';
      const { keys, pageSize = 20 }: { keys?: string[]; pageSize?: number } = JSON.parse(text);
      const found = goods.filter(({ id }) => keys === undefined || keys.includes(id));
      const items = found.slice(0, pageSize).map(({ id, title, price }) => {
        const amount = { value: Number(price), currency: 'EUR' };
        return { name: title, url_key: id, price_range: { minimum_price: { final_price: amount } } };
      });
      answerJson(response, { data: { products: { items, page_info: { total_pages: 1 } } } });
    },
  }),
  unknownPage: (origin) => `${origin}/100000009`,
});
