import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ShopHost, startShopHost } from '../../fetch/testing/shop-host.ts';
import { shopDeclarationSchema } from '../declaration.ts';
import { openShop } from '../open-shop.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import { shopContext } from '../testing/shop-context.ts';

const TOKEN = '/identity/v1/oauth2/token';
const SEARCH = '/buy/browse/v1/item_summary/search';
const ITEM = '/buy/browse/v1/item/get_item_by_legacy_id';

/** Fields of a summary as https://developer.ebay.com/api-docs/buy/browse/types/gct:ItemSummary lists them. */
const DRONE = {
  itemId: 'v1|272394640372|0',
  legacyItemId: '272394640372',
  title: 'Drone Quadcopter 4K Camera',
  itemWebUrl: 'https://www.ebay.de/itm/272394640372?hash=item3f6bf5b4b4:g:abc&amdata=enc',
  itemHref: 'https://api.ebay.com/buy/browse/v1/item/v1%7C272394640372%7C0',
  image: { imageUrl: 'https://i.ebayimg.com/images/g/abc/s-l225.jpg' },
  price: { value: '149.90', currency: 'EUR' },
  condition: 'Neu',
  conditionId: '1000',
  buyingOptions: ['FIXED_PRICE'],
  shippingOptions: [
    { shippingCostType: 'FIXED', shippingCost: { value: '9.90', currency: 'EUR' } },
    { shippingCostType: 'FIXED', shippingCost: { value: '4.50', currency: 'EUR' } },
  ] as object[],
};

/** Errors as https://developer.ebay.com/api-docs/static/handling-error-messages.html shows them. */
const ebayError = (errorId: number, message: string, longMessage: string) => ({
  errors: [{ errorId, domain: 'ACCESS', category: 'REQUEST', message, longMessage }],
});

let host: ShopHost | undefined;
beforeEach(() => {
  vi.stubEnv('EBAY_CLIENT_ID', 'Magpie-PRD-1');
  vi.stubEnv('EBAY_CLIENT_SECRET', 'PRD-secret');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await host?.close();
});

interface Stock {
  items?: object[];
  item?: object;
  /** Answers searches in another way, where it ends the response. */
  intercept?(request: IncomingMessage, response: ServerResponse, nth: number): void;
  declare?: object;
  limit?: number;
}

/**
 * The API as it is documented: tokens for two hours (client credentials grant), searches by page with `next` on all
 * but the last, and 401 for a token that it did not give.
 */
async function startEbay({ items = [], item, intercept, declare, limit = 2 }: Stock = {}) {
  let nTokens = 0;
  let nSearches = 0;
  const json = (response: ServerResponse, body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const authorized = (request: IncomingMessage) => request.headers.authorization === `Bearer token-${nTokens}`;
  host = await startShopHost({
    [TOKEN]: (request, response) => {
      const keys = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
      if (keys !== 'Magpie-PRD-1:PRD-secret') {
        json(response, { error: 'invalid_client', error_description: 'client authentication failed' }, 401);
        return;
      }
      nTokens += 1;
      json(response, {
        access_token: `token-${nTokens}`,
        expires_in: 7200,
        token_type: 'Application Access Token',
      });
    },
    [SEARCH]: (request, response) => {
      nSearches += 1;
      intercept?.(request, response, nSearches);
      if (response.writableEnded) return;
      if (!authorized(request)) {
        json(response, ebayError(1001, 'Invalid access token', 'Invalid'), 401);
        return;
      }
      const query = new URL(request.url ?? '', 'http://api').searchParams;
      const [size, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
      const isLast = offset + size >= items.length;
      json(response, {
        total: items.length,
        limit: size,
        offset,
        ...(!isLast && { next: `https://api.ebay.com${SEARCH}?offset=${offset + size}` }),
        ...(items.length > 0 && { itemSummaries: items.slice(offset, offset + size) }),
      });
    },
    [ITEM]: (_, response) =>
      item ? json(response, item) : json(response, ebayError(11001, 'Not found', 'The item was not found.'), 404),
  });
  const declaration = shopDeclarationSchema.parse({
    id: 'ebay-de',
    name: 'eBay',
    adapter: 'ebay-browse',
    url: 'https://www.ebay.de',
    api: host.origin,
    marketplace: 'EBAY_DE',
    ...declare,
  });
  const context = shopContext(host.origin, { locale: 'de-DE', limit });
  const shop = await openShop(declaration);
  return {
    search: (query: string, shipTo?: string) =>
      Array.fromAsync(shop.search(query, { ...context, ...(shipTo !== undefined && { shipTo }) })),
    offer: (url: string) => shop.offer(url, context),
    requests: (path: string) => host?.log.filter((entry) => entry.path.startsWith(path)) ?? [],
  };
}

const parametersOf = (path = '') => Object.fromEntries(new URL(path, 'http://api').searchParams);

describe('eBay', () => {
  it('gives the items of its search as offers', async () => {
    const ebay = await startEbay({ items: [DRONE] });
    expect(await ebay.search('drone & camera')).toEqual([
      {
        title: 'Drone Quadcopter 4K Camera',
        url: 'https://www.ebay.de/itm/272394640372',
        price: { minor: 14990, currency: 'EUR' },
        listPrice: null,
        shipping: { minor: 450, currency: 'EUR' },
        availability: null,
        condition: 'NewCondition',
        brand: null,
        gtin: null,
        mpn: null,
        sku: null,
        image: 'https://i.ebayimg.com/images/g/abc/s-l225.jpg',
      } satisfies CandidateOffer,
    ]);
    const [request] = ebay.requests(SEARCH);
    expect(request?.headers).toMatchObject({ 'x-ebay-c-marketplace-id': 'EBAY_DE' });
    expect(parametersOf(request?.path)).toEqual({
      q: 'drone & camera',
      filter: 'buyingOptions:{FIXED_PRICE}',
      limit: '2',
      offset: '0',
    });
  });

  it('asks in the locale of the marketplace, where one is declared', async () => {
    const ebay = await startEbay({ items: [DRONE], declare: { locale: 'fr-BE', marketplace: 'EBAY_BE' } });
    await ebay.search('drone');
    expect(ebay.requests(SEARCH)[0]?.headers['accept-language']).toBe('fr-BE');
    await host?.close();
    const undeclared = await startEbay({ items: [DRONE] });
    await undeclared.search('drone');
    expect(undeclared.requests(SEARCH)[0]?.headers['accept-language']).toBeUndefined();
  });

  it('asks for the conditions and the destination that are declared', async () => {
    const ebay = await startEbay({ items: [DRONE], declare: { conditions: ['NEW', 'USED'], ship_to: 'AT' } });
    await ebay.search('drone');
    const [request] = ebay.requests(SEARCH);
    expect(parametersOf(request?.path)['filter']).toBe(
      'buyingOptions:{FIXED_PRICE},conditions:{NEW|USED},deliveryCountry:AT',
    );
    expect(request?.headers['x-ebay-c-enduserctx']).toBe('contextualLocation=country%3DAT');
  });

  it.each([
    ['04006381333931', '4006381333931'],
    ['012345678905', '12345678905'],
    ['96385074', '96385074'],
  ])('searches for the GTIN %s', async (query, gtin) => {
    const ebay = await startEbay({ items: [DRONE] });
    await ebay.search(query);
    const parameters = parametersOf(ebay.requests(SEARCH)[0]?.path);
    expect(parameters['gtin']).toBe(gtin);
    expect(parameters['q']).toBeUndefined();
  });

  it.each([
    ['NewCondition', '1500'],
    ['RefurbishedCondition', '2000'],
    ['RefurbishedCondition', '2500'],
    ['UsedCondition', '2750'],
    ['UsedCondition', '3000'],
    ['DamagedCondition', '7000'],
    [null, undefined],
  ])('says %s for condition %s', async (condition, conditionId) => {
    const ebay = await startEbay({ items: [{ ...DRONE, conditionId }] });
    expect((await ebay.search('drone'))[0]?.condition).toBe(condition);
  });

  it('knows free shipping from shipping that is not told, and the price before a discount', async () => {
    const items = [
      { ...DRONE, shippingOptions: [{ shippingCostType: 'FIXED', shippingCost: { value: '0.00', currency: 'EUR' } }] },
      {
        ...DRONE,
        itemWebUrl: 'https://www.ebay.de/itm/223778867020?var=522',
        shippingOptions: [{ shippingCostType: 'CALCULATED' }],
        marketingPrice: { originalPrice: { value: '199.00', currency: 'EUR' }, discountPercentage: '25' },
      },
    ];
    const ebay = await startEbay({ items });
    expect(await ebay.search('drone')).toMatchObject([
      { shipping: { minor: 0 }, listPrice: null },
      { shipping: null, listPrice: { minor: 19900 }, url: 'https://www.ebay.de/itm/223778867020?var=522' },
    ]);
  });

  it('asks for what is sent to the country of the comparison, before the declared one', async () => {
    const ebay = await startEbay({ items: [DRONE], declare: { ship_to: 'DE' } });
    expect((await ebay.search('drone', 'AT'))[0]?.shippingTo).toEqual({ AT: { minor: 450, currency: 'EUR' } });
    expect((await ebay.search('drone'))[0]?.shippingTo).toEqual({ DE: { minor: 450, currency: 'EUR' } });
    const asked = ebay
      .requests(SEARCH)
      .map(({ path, headers }) => [
        /deliveryCountry:[A-Z]{2}/.exec(parametersOf(path)['filter'] ?? '')?.[0],
        headers['x-ebay-c-enduserctx'],
      ]);
    expect(asked).toEqual([
      ['deliveryCountry:AT', 'contextualLocation=country%3DAT'],
      ['deliveryCountry:DE', 'contextualLocation=country%3DDE'],
    ]);
  });

  it('asks further pages where items could not be read, and none beyond the last', async () => {
    const ebay = await startEbay({ items: [DRONE, { odd: true }, DRONE] });
    expect(await ebay.search('drone')).toHaveLength(2);
    expect(ebay.requests(SEARCH).map(({ path }) => parametersOf(path)['offset'])).toEqual(['0', '2']);
    expect(await (await startEbay()).search('nothing')).toEqual([]);
  });

  it('asks for a token once, and again when it runs out', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const ebay = await startEbay({ items: [DRONE] });
    await ebay.search('drone');
    await ebay.search('camera');
    expect(ebay.requests(TOKEN)).toHaveLength(1);
    expect(ebay.requests(TOKEN)[0]).toMatchObject({
      method: 'POST',
      body: 'grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope',
    });
    vi.advanceTimersByTime(7150 * 1000);
    await ebay.search('drone');
    expect(ebay.requests(TOKEN)).toHaveLength(2);
  });

  it('asks for another token when eBay has withdrawn one, but only once', async () => {
    const refuse = (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(401).end(JSON.stringify(ebayError(1001, 'Invalid access token', 'Invalid')));
    const once = await startEbay({
      items: [DRONE],
      intercept: (request, response, nth) => nth === 1 && refuse(request, response),
    });
    expect(await once.search('drone')).toHaveLength(1);
    expect(once.requests(TOKEN)).toHaveLength(2);
    await host?.close();
    const always = await startEbay({ items: [DRONE], intercept: refuse });
    await expect(always.search('drone')).rejects.toMatchObject({ status: 401 });
    expect(always.requests(SEARCH)).toHaveLength(2);
  });

  it('reads one item by the address of its page', async () => {
    const item = {
      ...DRONE,
      brand: 'Marke',
      gtin: '4006381333931',
      mpn: 'Q4K',
      estimatedAvailabilities: [{ estimatedAvailabilityStatus: 'LIMITED_STOCK' }],
    };
    const ebay = await startEbay({ item });
    const offer = await ebay.offer('https://www.ebay.de/itm/drone-quadcopter/272394640372?var=522');
    expect(offer).toMatchObject({
      brand: 'Marke',
      gtin: '04006381333931',
      mpn: 'Q4K',
      availability: 'LimitedAvailability',
    });
    expect(parametersOf(ebay.requests(ITEM)[0]?.path)).toEqual({
      legacy_item_id: '272394640372',
      legacy_variation_id: '522',
    });
    expect(await ebay.offer('https://www.ebay.de/b/drones')).toBeNull();
    await host?.close();
    expect(await (await startEbay()).offer('https://www.ebay.de/itm/272394640372')).toBeNull();
  });

  it.each([
    ['is missing', '', /EBAY_CLIENT_SECRET is not set/],
    ['is refused', 'wrong', /eBay refuses the keys in EBAY_CLIENT_ID and EBAY_CLIENT_SECRET \(status 401\)/],
  ])('names the key that %s, and never its value', async (_, secret, message) => {
    vi.stubEnv('EBAY_CLIENT_SECRET', secret);
    const ebay = await startEbay({ items: [DRONE] });
    const failure = await ebay.search('drone').catch(String);
    expect(failure).toMatch(message);
    expect(failure).not.toContain('PRD');
  });

  it('repeats what eBay says of a request that it does not understand', async () => {
    const ebay = await startEbay({
      intercept: (_, response) =>
        response.writeHead(400).end(JSON.stringify(ebayError(12001, 'Invalid', "The call must have a valid 'q'."))),
    });
    await expect(ebay.search('drone')).rejects.toThrow(/eBay says "The call must have a valid 'q'\." \(error 12001\)/);
  });

  it('fails by name when the calls of the day are used up', async () => {
    const spent = ebayError(2001, 'Too many requests', 'The request limit has been reached for the resource.');
    const ebay = await startEbay({ intercept: (_, response) => response.writeHead(429).end(JSON.stringify(spent)) });
    await expect(ebay.search('drone')).rejects.toMatchObject({ reason: 'http_status', status: 429 });
  });

  it.each([
    ['a web page', '<html>', /is not JSON/],
    ['another object', '{"itemSummaries":7}', /no page of items/],
    ['items of another kind', '{"itemSummaries":[{"itemId":"1"}]}', /none of its items/],
  ])('is not understood when %s comes instead', async (_, body, message) => {
    const ebay = await startEbay({ intercept: (__, response) => response.end(body) });
    await expect(ebay.search('drone')).rejects.toThrow(message);
  });

  it.each([
    ['another variable than those of eBay', { client_secret_env: 'DATABASE_URL' }],
    ['an API to which the keys would travel in the clear', { api: 'http://api.ebay.example' }],
    ['a marketplace that is none', { marketplace: 'ebay.de' }],
  ])('cannot be declared with %s', async (_, declare) => {
    await expect(startEbay({ declare })).rejects.toThrow(/expected/);
  });
});
