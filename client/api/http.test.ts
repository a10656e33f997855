import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError, authorizeDevice, deleteJson, getJson, postJson, startJob } from './http.ts';
import { DELETION_RECEIPT, EVENT_RECEIPTS, PRODUCT_LIST, RECOMMENDATIONS, SHOPPERS } from './shapes.ts';

interface Asked {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}

let asked: Asked[] = [];
/** What the server answers, by path. */
const ANSWERS: Record<string, unknown> = {
  '/products': { items: [], total: 0, categories: [] },
  '/compare_price': { job_id: 'job-1' },
  '/events': { receipts: [] },
  '/me': { receipt_id: '1', deleted: {} },
  '/recommendations': { recommended: 'as another version had it' },
};

const server = createServer(async (request: IncomingMessage, response) => {
  const { method, url, headers } = request;
  asked.push({ method, url, authorization: headers.authorization, body: await text(request) });
  response.end(JSON.stringify(ANSWERS[new URL(url ?? '', 'http://app').pathname]));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // Node's fetch has no page that a path could be relative to.
  const send = fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => send(`http://127.0.0.1:${port}${path}`, init));
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  vi.unstubAllGlobals();
  authorizeDevice(null);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('a request', () => {
  test('has its parameters in the address', async () => {
    await getJson('/products', { query: { query: 'tea & cups', offset: 24 } }, PRODUCT_LIST);
    expect(asked).toMatchObject([{ method: 'GET', url: '/products?query=tea+%26+cups&offset=24', body: '' }]);
  });

  test('proves the device only where it is about its shopper: what everybody may ask says nothing of who does', async () => {
    authorizeDevice('secret');
    await getJson('/products', { query: { query: 'tea' } }, PRODUCT_LIST);
    await startJob('/compare_price', { query: { product: 'lamp' } });
    await postJson('/events', { body: { events: [] } }, EVENT_RECEIPTS);
    await deleteJson('/me', { query: { user_id: 'd-1' } }, DELETION_RECEIPT);
    expect(asked.map(({ url, authorization }) => [url?.replace(/\?.*/, ''), authorization])).toEqual([
      ['/products', undefined],
      ['/compare_price', undefined],
      ['/events', 'Bearer secret'],
      ['/me', 'Bearer secret'],
    ]);
  });

  test('carries a body as JSON', async () => {
    await postJson('/events', { body: { events: [] } }, EVENT_RECEIPTS);
    expect(asked).toMatchObject([{ method: 'POST', url: '/events', body: '{"events":[]}' }]);
  });

  test('deletes, and gives the receipt', async () => {
    expect(await deleteJson('/me', { query: { user_id: 'd-1' } }, DELETION_RECEIPT)).toEqual(ANSWERS['/me']);
    expect(asked).toMatchObject([{ method: 'DELETE', url: '/me?user_id=d-1' }]);
  });

  test('starts a job', async () => {
    expect(await startJob('/compare_price', { query: { product: 'lamp', ship_to: 'AT' } })).toBe('job-1');
    expect(asked).toMatchObject([{ method: 'GET', url: '/compare_price?product=lamp&ship_to=AT&async=true' }]);
  });

  test('is refused by the answer of a server of another version', async () => {
    const answer = getJson('/recommendations', { query: { user_id: '7' } }, RECOMMENDATIONS);
    await expect(answer).rejects.toThrow(ApiError);
    await expect(answer).rejects.toMatchObject({ kind: 'unreadable' });
  });
});

test('what the document of the API does not have, does not compile', () => {
  const wrong = [
    // @ts-expect-error: there is no such path
    () => getJson('/shopper', {}, SHOPPERS),
    // @ts-expect-error: nothing is posted there
    () => postJson('/shoppers', {}, SHOPPERS),
    // @ts-expect-error: the parameter is called `user_id`
    () => getJson('/recommendations', { query: { user: '7' } }, RECOMMENDATIONS),
    // @ts-expect-error: `limit` is a number
    () => getJson('/recommendations', { query: { user_id: '7', limit: '24' } }, RECOMMENDATIONS),
    // @ts-expect-error: the answer is another one
    () => getJson('/shoppers', {}, PRODUCT_LIST),
    // @ts-expect-error: there is no such country
    () => startJob('/compare_price', { query: { product: 'lamp', ship_to: 'ZZ' } }),
  ];
  // Their types are all that is tested.
  expect(wrong).toHaveLength(6);
});
