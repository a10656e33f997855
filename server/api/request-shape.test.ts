import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { listen, stopListening } from '../serve/listen.ts';
import { testApp } from '../testing/test-app.ts';
import { TEST_OPERATOR_TOKEN } from '../testing/test-gate.ts';

let folder: string;
let world: ComparisonWorld;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-shape-'));
  world = await openComparisonWorld([], { redisUrl: null });
  await world.store.products.upsert(
    ['ash', 'bay', 'cob'].map((id) => ({
      id,
      title: `Mug ${id}`,
      brand: null,
      category: id === 'cob' ? 'Glass' : 'Clay',
      description: null,
      gtin: null,
      mpn: null,
      image: null,
      listPrice: { minor: id === 'ash' ? 500 : 900, currency: 'EUR' },
      source: 'test',
    })),
  );
  await world.store.events.append(
    ['ash', 'bay', 'cob'].map((itemId, n) => ({
      id: randomUUID(),
      userId: 'somebody',
      itemId,
      type: 'view',
      value: 1,
      occurredAt: new Date(1_760_000_000_000 + n),
      source: 'test',
    })),
  );
  const { server, url: address } = await listen(testApp(world, folder).fetch, {
    host: '127.0.0.1',
    port: 0,
    tls: null,
  });
  url = address;
  close = () => stopListening(server, 1000, () => {});
});
afterAll(async () => {
  await close();
  await world.close();
  await rm(folder, { recursive: true });
});

const authorization = `Bearer ${TEST_OPERATOR_TOKEN}`;
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, { ...init, headers: { authorization, 'content-type': 'application/json', ...init.headers } });
const json = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;

/** The status, and the names of the fields that the answer blames. */
async function blame(path: string, init?: RequestInit): Promise<[number, string[]]> {
  const response = await ask(path, init);
  const { errors = [] } = (await response.json()) as { errors?: { path: string }[] };
  return [response.status, errors.map((error) => error.path)];
}

describe('what no client could mean is refused with the name of the field', () => {
  test.each([
    ['/products?limt=3', 'limt'],
    ['/healthz?verbose=1', 'verbose'],
    ['/products/ash?expand=all', 'expand'],
    ['/products?limit=0x10', 'limit'],
    ['/products?limit=1e1', 'limit'],
    ['/products?limit=', 'limit'],
    ['/products?limit=%2010', 'limit'],
    ['/products?offset=-1', 'offset'],
    ['/products?query=a%00b', 'query'],
    ['/products?cursor=%00', 'cursor'],
    ['/products/a%00b', 'id'],
    ['/jobs/a%07b', 'id'],
    ['/watches?user_id=a%00b', 'user_id'],
    ['/recommendations?user_id=1&price_min=-3', 'price_min'],
    ['/compare_price?product=mug&ship_to=ZZ', 'ship_to'],
    ['/compare_price?product=mug&currency=XXX', 'currency'],
    ['/compare_price?product=a%00b', 'product'],
    ['/compare_price?product=%E2%80%AE%E2%80%8B', 'product'],
    ['/products?limit=1&limit=2', 'limit'],
    ['/compare_price?product=%FCber', 'product'],
    ['/compare_price?product=%C3', 'product'],
    ['/products?query=%zz', 'query'],
    ['/recommendations?user_id=a%', 'user_id'],
    ['/me/export?user_id=a&user_id=b', 'user_id'],
  ])('%s', async (path, field) => {
    expect(await blame(path)).toEqual([400, [field]]);
  });

  test.each(['/products', '/events?user_id=u', '/watches?user_id=u'])('a cursor that %s never gave', async (path) => {
    expect(await blame(`${path}${path.includes('?') ? '&' : '?'}cursor=nonsense`)).toEqual([404, ['cursor']]);
  });

  test('in a body too, whose unknown fields are ignored', async () => {
    const post = (body: object) => blame('/watches', { method: 'POST', body: JSON.stringify(body) });
    expect(await post({ user_id: 'u\u0000', query: 'mug' })).toEqual([400, ['user_id']]);
    expect(await post({ user_id: 'u', query: 'mug', of_a_newer_app: true })).toEqual([201, []]);
  });

  test('per event of a batch', async () => {
    const event = {
      id: randomUUID(),
      user_id: 'u',
      item_id: 'ash',
      type: 'purchase',
      value: 1,
      occurred_at: '2026-01-01T00:00:00Z',
    };
    const events = [
      { ...event, value: 1e300 },
      { ...event, type: 'view', value: 7 },
      { ...event, occurred_at: '9999-01-01T00:00:00Z' },
      { ...event, item_id: 'a\u0000' },
      { ...event, user_id: 'a\u0007' },
      { ...event, of_a_newer_app: true },
    ];
    const response = await ask('/events', { method: 'POST', body: JSON.stringify({ events }) });
    const { receipts } = (await response.json()) as { receipts: { status: string; reason?: string }[] };
    expect(receipts.map(({ status, reason }) => [status, reason?.split(':')[0]])).toEqual([
      ['rejected', 'value'],
      ['rejected', 'value'],
      ['rejected', 'occurred_at'],
      ['rejected', 'item_id'],
      ['rejected', 'user_id'],
      ['accepted', undefined],
    ]);
  });

  test('in a body that has no fields of newer apps: a misspelt one of a training would cost a training', async () => {
    const body = JSON.stringify({ factors: 8, iteration: 3, sed: 1 });
    expect(await blame('/training', { method: 'POST', body })).toEqual([400, ['iteration', 'sed']]);
  });

  test('a body that is not JSON', async () => {
    const send = (type: string, body: string, headers: Record<string, string> = {}) =>
      blame('/watches', { method: 'POST', headers: { 'content-type': type, ...headers }, body });
    expect(await send('application/json', '{}', { 'content-encoding': 'gzip' })).toEqual([415, []]);
    expect(await send('application/json', '{"user_id":', { 'content-encoding': 'identity' })).toEqual([400, []]);
    expect(await send('text/plain', '{}')).toEqual([415, []]);
    expect(await send('application/json', '{')).toEqual([400, []]);
  });
});

describe('a long list goes on by its cursor', () => {
  test('of products', async () => {
    type Page = { items: { product_id: string }[]; next: string | null };
    const first = await json<Page>('/products?query=mug&limit=2');
    const second = await json<Page>(`/products?query=mug&limit=2&cursor=${first.next}`);
    expect([first, second].map(({ items }) => items.map((item) => item.product_id))).toEqual([['ash', 'bay'], ['cob']]);
    expect(second.next).toBeNull();
    expect((await json<Page>('/products?query=mug&limit=2&offset=2')).items).toEqual(second.items);
  });

  test('of events, though new ones come in front of it', async () => {
    type Page = { events: { item_id: string }[]; next: string | null };
    const first = await json<Page>('/events?user_id=somebody&limit=2');
    await world.store.events.append([
      {
        id: randomUUID(),
        userId: 'somebody',
        itemId: 'new',
        type: 'view',
        value: 1,
        occurredAt: new Date(),
        source: 'test',
      },
    ]);
    const second = await json<Page>(`/events?user_id=somebody&limit=2&cursor=${first.next}`);
    expect([first, second].map(({ events }) => events.map((event) => event.item_id))).toEqual([
      ['cob', 'bay'],
      ['ash'],
    ]);
    expect(second.next).toBeNull();
  });

  test('of watches', async () => {
    for (const query of ['red mug', 'blue mug', 'green mug']) {
      await ask('/watches', { method: 'POST', body: JSON.stringify({ user_id: 'lister', query }) });
    }
    type Page = { watches: { query: string }[]; next: string | null };
    const all = await json<Page>('/watches?user_id=lister');
    const first = await json<Page>('/watches?user_id=lister&limit=2');
    const second = await json<Page>(`/watches?user_id=lister&limit=2&cursor=${first.next}`);
    expect([...first.watches, ...second.watches]).toEqual(all.watches);
    expect([all.next, second.next]).toEqual([null, null]);
  });
});

test.each([
  ['category=Clay', ['ash', 'bay']],
  ['price_min=6&currency=EUR', ['bay', 'cob']],
  ['price_max=5.00', ['ash']],
  ['price_max=50&currency=USD', []],
  ['exclude=ash,cob', ['bay']],
])('recommendations with %s are only of those', async (filter, expected) => {
  const { items } = await json<{ items: { item_id: string }[] }>(`/recommendations?user_id=newcomer&${filter}`);
  expect(
    items
      .map((item) => item.item_id)
      .filter((id) => id !== 'new')
      .sort(),
  ).toEqual(expected);
});

test('what cannot be seen is no part of the words that are asked for', async () => {
  const watched = await ask('/watches', {
    method: 'POST',
    body: JSON.stringify({ user_id: 'bidi', query: 'mu\u202Eg\u2066 \u200Bred' }),
  });
  expect(await watched.json()).toMatchObject({ query: 'mug red' });
  expect(await json('/compare_price?product=mu%E2%80%AEg')).toMatchObject({ query: 'mug' });
});

test('what is polled is answered with 304 where nothing has changed', async () => {
  for (const path of ['/products', '/products/ash', '/shoppers', '/watches?user_id=u', '/openapi.json']) {
    const tag = (await ask(path)).headers.get('etag');
    expect(tag, path).not.toBeNull();
    const again = await ask(path, { headers: { 'if-none-match': tag ?? '' } });
    expect([again.status, await again.text()], path).toEqual([304, '']);
    // A cache takes this header over for the body that it keeps (RFC 9110, 15.4.5).
    expect(again.headers.get('vary'), path).toMatch(/accept-encoding/i);
  }
  expect((await ask('/readyz')).headers.get('etag')).toBeNull();
});

test('a refused method is answered in the encoding that the answer names', async () => {
  const { headers, body } = await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(`${url}/products`, { method: 'PUT', headers: { 'accept-encoding': 'gzip' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      });
      sent.once('error', reject).end();
    },
  );
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  expect(JSON.parse(text.toString())).toMatchObject({ status: 405, title: 'This method is not allowed here' });
});

test('a search that was kept is made anew once a product has been written', async () => {
  const titles = async (): Promise<string[]> => {
    const answer = await fetch(`${url}/products?query=mug+dew`);
    return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
  };
  expect([await titles(), await titles()]).toEqual([[], []]);
  await world.store.products.upsert([
    {
      ...{ id: 'dew', title: 'Mug dew', brand: null, category: null, description: null, gtin: null, mpn: null },
      ...{ image: null, listPrice: null, source: 'test' },
    },
  ]);
  expect(await titles()).toEqual(['Mug dew']);
});

test('a parameter whose name is written with escapes is known all the same, and is not given twice', async () => {
  expect((await fetch(`${url}/products?%71uery=mug`)).status).toBe(200);
  expect((await fetch(`${url}/products?%71uery=mug&query=mug`)).status).toBe(400);
});
