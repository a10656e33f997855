import { answerJson, testShopAdapter } from '../testing/shop-adapter.compliance.ts';

const PRODUCTS = '/wp-json/wc/store/v1/products';

testShopAdapter({
  declaration: () => ({ adapter: 'woocommerce' }),
  searchPath: PRODUCTS,
  handlers: (goods, origin) => ({
    [PRODUCTS]: (request, response) => {
      const slug = new URL(request.url ?? '', origin()).searchParams.get('slug');
      const products = goods.map(({ id, title, price }) => ({
        name: title,
        permalink: `${origin()}/product/${id}/`,
        prices: { currency_code: 'EUR', currency_minor_unit: 2, price: price.replace('.', '') },
        is_purchasable: true,
        is_in_stock: true,
      }));
      answerJson(
        response,
        products.filter(({ permalink }) => slug === null || permalink.endsWith(`/${slug}/`)),
      );
    },
  }),
  unknownPage: (origin) => `${origin}/product/100000009/`,
});
