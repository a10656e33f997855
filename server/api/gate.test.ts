import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceUserId, hashSecret, type Scope } from '../access/credentials.ts';
import { listen, stopListening } from '../serve/listen.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { TEST_OPERATOR_TOKEN, testGate } from '../testing/test-gate.ts';
import { cors } from './cors.ts';
import { answerProblem } from './problem.ts';
import { access, type DeviceAccess, type RouteAccess } from './route-access.ts';
import { shopperInQuery } from './shopper-of-request.ts';

/** One route of each class, on a real server. */
const OWN: DeviceAccess = { class: 'device', scope: 'recommendations:read' };
const ORDERED: DeviceAccess = { ...OWN, openOnLoopback: true };
const CLASSES = {
  '/public': { class: 'public' },
  '/starting': { class: 'public' },
  '/own': OWN,
  '/ordered': ORDERED,
  '/key': { class: 'key', scope: 'events:write' },
  '/operator': { class: 'operator' },
} satisfies Record<string, RouteAccess>;

const DEVICE_SECRET = 'a-device-of-its-own';
const OTHER_DEVICE = deviceUserId('another-device');
const CREDENTIALS = {
  none: null,
  device: DEVICE_SECRET,
  reader: 'mgp_reader',
  writer: 'mgp_writer',
  admin: 'mgp_admin',
  unknown: 'mgp_nobody',
  operator: TEST_OPERATOR_TOKEN,
} as const;

let dataDir: string;
let store: Store;
/** What the handlers of routes without a check have done. */
const written: string[] = [];
const servers: { [host: string]: { url: string; close(): Promise<void> } } = {};

async function startServer(host: string): Promise<void> {
  const app = new OpenAPIHono();
  const { gate } = testGate(store, { host, corsOrigins: ['https://shop.example'] });
  app.onError(answerProblem);
  app.use(cors(['https://shop.example']));
  app.use(gate.check(app));
  for (const [path, routeAccess] of Object.entries(CLASSES)) {
    for (const method of ['get', 'post'] as const) {
      const request = { query: z.object({ user_id: z.string().default('') }) };
      const starts = { starts: path === '/starting' };
      const asked = { method, path, request, responses: { 200: { description: 'ok' } } };
      if (routeAccess.class === 'device') {
        gate.shopperBefore(app, createRoute({ ...asked, ...access(routeAccess, starts) }), shopperInQuery);
      }
      app.openapi(createRoute({ ...asked, ...access(routeAccess, starts) }), (c) => c.text('ok', 200));
    }
  }
  app.get('/undeclared', (c) => c.text('leaked'));
  for (const method of ['get', 'post'] as const) {
    const forgetful = createRoute({
      method,
      path: '/forgetful',
      ...access(OWN),
      responses: { 200: { description: 'ok' } },
    });
    app.openapi(forgetful, (c) => {
      written.push(method);
      return c.text('leaked', 200);
    });
  }
  const { server, url } = await listen(app.fetch, { host: '127.0.0.1', port: 0, tls: null });
  servers[host] = { url, close: () => stopListening(server, 1000, () => {}) };
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'magpie-gate-'));
  store = await openStore({ dataDir, databaseUrl: null });
  const scopes: [string, Scope[]][] = [
    ['reader', ['recommendations:read']],
    ['writer', ['events:write']],
    ['admin', ['admin']],
  ];
  for (const [name, granted] of scopes) {
    const times = { createdAt: new Date(), revokedAt: null, expiresAt: null };
    await store.keys.add({ id: name, name, hash: hashSecret(`mgp_${name}`), scopes: granted, ...times });
  }
  await store.publicShoppers.add(['1'], 'demo');
  await store.devices.add({ userId: OTHER_DEVICE, addressGroup: null, createdAt: new Date() });
  await startServer('127.0.0.1');
  await startServer('0.0.0.0');
});
afterAll(async () => {
  for (const { close } of Object.values(servers)) await close();
  await store.close();
  await rm(dataDir, { recursive: true });
});

async function ask(
  path: string,
  {
    as = 'none',
    host = '127.0.0.1',
    method = 'GET',
    headers = {},
  }: {
    as?: keyof typeof CREDENTIALS;
    host?: string;
    method?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<number> {
  const secret = CREDENTIALS[as];
  const authorization: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
  const response = await fetch(`${servers[host]!.url}${path}`, { method, headers: { ...authorization, ...headers } });
  await response.body?.cancel();
  return response.status;
}

const OWN_ID = deviceUserId(DEVICE_SECRET);
describe.each(['127.0.0.1', '0.0.0.0'])('a server on %s', (host) => {
  test.each([
    ['/public', { none: 200, device: 200, reader: 200, writer: 200, admin: 200, unknown: 200, operator: 200 }],
    ['/own?user_id=1', { none: 200, device: 200, reader: 200, writer: 200, admin: 200, unknown: 200, operator: 200 }],
    [
      `/own?user_id=${OWN_ID}`,
      { none: 401, device: 200, reader: 200, writer: 403, admin: 200, unknown: 401, operator: 200 },
    ],
    [
      `/own?user_id=${OTHER_DEVICE}`,
      { none: 401, device: 403, reader: 200, writer: 403, admin: 200, unknown: 401, operator: 200 },
    ],
    ['/own?user_id=2', { none: 401, device: 403, reader: 200, writer: 403, admin: 200, unknown: 401, operator: 200 }],
    ['/key', { none: 401, device: 403, reader: 403, writer: 200, admin: 200, unknown: 401, operator: 200 }],
    ['/operator', { none: 401, device: 403, reader: 403, writer: 403, admin: 200, unknown: 401, operator: 200 }],
  ] as const)('%s answers each credential as its class says', async (path, expected) => {
    const answers: Record<string, number> = {};
    for (const as of Object.keys(CREDENTIALS) as (keyof typeof CREDENTIALS)[])
      answers[as] = await ask(path, { as, host });
    expect(answers).toEqual(expected);
  });

  test('a route that was not declared answers nothing', async () => {
    expect(await ask('/undeclared', { host })).toBe(500);
  });

  test.each(['none', 'device', 'operator'] as const)(
    'a handler without a check of its shopper never runs, %s',
    async (as) => {
      expect(await ask(`/forgetful?user_id=${OWN_ID}`, { host, as })).toBe(500);
      expect(await ask(`/forgetful?user_id=${OWN_ID}`, { host, as, method: 'POST' })).toBe(500);
      expect(written).toEqual([]);
    },
  );

  test('a request that names no shopper, or two, is refused', async () => {
    expect(await ask('/own', { host, as: 'operator' })).toBe(400);
    expect(await ask('/own?user_id=', { host, as: 'operator' })).toBe(400);
    expect(await ask(`/own?user_id=1&user_id=${OTHER_DEVICE}`, { host })).toBe(400);
  });
});

describe('the ordered endpoints', () => {
  test('need no key on loopback, but for what is a device’s', async () => {
    expect(await ask('/ordered?user_id=17850')).toBe(200);
    expect(await ask(`/ordered?user_id=${OTHER_DEVICE}`)).toBe(401);
  });

  test('need one as soon as the server is reached otherwise', async () => {
    expect(await ask('/ordered?user_id=17850', { host: '0.0.0.0' })).toBe(401);
    expect(await ask('/ordered?user_id=17850', { headers: { 'x-forwarded-for': '203.0.113.9' } })).toBe(401);
    expect(await ask('/ordered?user_id=1', { host: '0.0.0.0' })).toBe(200);
  });
});

describe('a page of another site', () => {
  test.each([
    ['a form', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: 'https://evil.example' }],
    ['a script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://evil.example' }],
    ['a script of a sister site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    ['an older browser', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('may not post: %s', async (_, headers) => {
    expect(await ask('/public', { method: 'POST', headers })).toBe(403);
  });

  test('may not start anything by a frame, which needs no one to follow a link', async () => {
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    for (const [destination, status] of [
      ['document', 200],
      ['iframe', 403],
      ['embed', 403],
    ] as const) {
      // Node's own fetch puts another mode beside the one that is given.
      const headers = { ...navigation, 'sec-fetch-dest': destination };
      const { statusCode, body } = await request(`${servers['127.0.0.1']!.url}/starting`, { headers });
      await body.dump();
      expect(statusCode, destination).toBe(status);
    }
  });

  test('may read what starts nothing', async () => {
    expect(await ask('/public', { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(200);
  });

  test('our own page, listed origins, and clients that are no browsers may post', async () => {
    const { host } = new URL(servers['127.0.0.1']!.url);
    expect(await ask('/public', { method: 'POST' })).toBe(200);
    expect(await ask('/public', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } })).toBe(200);
    expect(await ask('/public', { method: 'POST', headers: { origin: `http://${host}` } })).toBe(200);
    const listed = { 'sec-fetch-site': 'cross-site', origin: 'https://shop.example' };
    expect(await ask('/public', { method: 'POST', headers: listed })).toBe(200);
  });
});

describe('a page of a listed origin', () => {
  const preflight = async (origin: string): Promise<string | null> => {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const response = await fetch(`${servers['127.0.0.1']!.url}/key`, { method: 'OPTIONS', headers });
    return response.headers.get('access-control-allow-origin');
  };

  test('may send a key, and no cookie', async () => {
    expect(await preflight('https://shop.example')).toBe('https://shop.example');
    expect(await preflight('https://evil.example')).toBeNull();
    const answer = await fetch(`${servers['127.0.0.1']!.url}/public`, { headers: { origin: 'https://shop.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});
