import { afterEach, beforeEach, vi } from 'vitest';
import { answerJson, type Good, testShopAdapter } from '../testing/shop-adapter.compliance.ts';

const SEARCH = '/buy/browse/v1/item_summary/search';

beforeEach(() => {
  vi.stubEnv('EBAY_CLIENT_ID', 'Magpie-PRD-1');
  vi.stubEnv('EBAY_CLIENT_SECRET', 'PRD-secret');
});
afterEach(() => void vi.unstubAllEnvs());

const itemOf = ({ id, title, price }: Good) => ({
  title,
  itemWebUrl: `https://www.ebay.de/itm/${id}?hash=item1`,
  price: { value: price, currency: 'EUR' },
});

testShopAdapter({
  declaration: (origin) => ({
    adapter: 'ebay-browse',
    url: 'https://www.ebay.de',
    api: origin,
    marketplace: 'EBAY_DE',
  }),
  searchPath: SEARCH,
  handlers: (goods, origin) => ({
    '/identity/v1/oauth2/token': (_, response) => answerJson(response, { access_token: 'token', expires_in: 7200 }),
    [SEARCH]: (_, response) =>
      answerJson(
        response,
        goods.length === 0 ? { total: 0 } : { total: goods.length, itemSummaries: goods.map(itemOf) },
      ),
    '/buy/browse/v1/item/get_item_by_legacy_id': (request, response) => {
      const id = new URL(request.url ?? '', origin()).searchParams.get('legacy_item_id');
      const item = goods.find((good) => good.id === id);
      if (item) answerJson(response, itemOf(item));
      else answerJson(response, { errors: [{ errorId: 11001, message: 'Not found' }] }, 404);
    },
  }),
  unknownPage: () => 'https://www.ebay.de/itm/100000009',
});
