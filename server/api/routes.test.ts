import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceUserId, hashSecret, SCOPES, type Scope } from '../access/credentials.ts';
import { type ComparisonWorld, openComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { RECOMMEND_JOB } from '../recommendations/job.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { testApp } from '../testing/test-app.ts';
import { TEST_OPERATOR_TOKEN } from '../testing/test-gate.ts';
import { testDatabaseUrl } from '../testing/test-services.ts';
import { type DeclaredRoute, declaredRoutes } from './route-access.ts';
import { routeTable } from './route-table.ts';

const DEVICE_SECRET = 'the-secret-of-a-device';
const OWN_ID = deviceUserId(DEVICE_SECRET);
const DATABASES: { name: string; databaseUrl(): Promise<string | null> }[] = [
  { name: 'SQLite', databaseUrl: async () => null },
  { name: 'Postgres', databaseUrl: testDatabaseUrl },
];

describe.each(DATABASES)('every route, on $name', ({ databaseUrl }) => {
  let folder: string;
  let world: ComparisonWorld;
  let store: Store;
  let app: OpenAPIHono;
  let watchId: string;
  let jobId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-routes-'));
    world = await openComparisonWorld([], { redisUrl: null });
    store = await openStore({ dataDir: folder, databaseUrl: await databaseUrl() });
    app = testApp({ ...world, store, parts: { ...world.parts, store } }, folder);
    for (const scope of SCOPES) {
      const times = { createdAt: new Date(), revokedAt: null, expiresAt: null };
      await store.keys.add({ id: scope, name: scope, hash: hashSecret(keyWith(scope)), scopes: [scope], ...times });
    }
    await store.devices.add({ userId: OWN_ID, addressGroup: null, createdAt: new Date() });
    watchId = randomUUID();
    jobId = (await world.queue.add(RECOMMEND_JOB, { userId: OWN_ID, limit: 3 })).id;
  });
  afterAll(async () => {
    await store.close();
    await world.close();
    await rm(folder, { recursive: true });
  });

  const keyWith = (scope: Scope): string => `mgp_${scope}`;

  /** A request that the route takes, about the device's own shopper. A new route of the class `device` or `job` needs one here. */
  const REQUESTS: Record<string, () => { path: string; body?: unknown }> = {
    'GET /recommendations': () => ({ path: `/recommendations?user_id=${OWN_ID}` }),
    'GET /events': () => ({ path: `/events?user_id=${OWN_ID}` }),
    'POST /events': () => ({ path: '/events', body: { events: [eventOf(OWN_ID)] } }),
    'GET /changes': () => ({ path: `/changes?user_id=${OWN_ID}` }),
    'POST /watches/changes': () => ({ path: '/watches/changes', body: { changes: [unwatchOf(OWN_ID)] } }),
    'GET /me/export': () => ({ path: `/me/export?user_id=${OWN_ID}` }),
    'DELETE /me': () => ({ path: `/me?user_id=${OWN_ID}` }),
    'POST /devices/codes': () => ({ path: '/devices/codes', body: { device_name: 'Phone' } }),
    'POST /devices/recovery-code': () => ({ path: '/devices/recovery-code', body: { device_name: 'Phone' } }),
    'GET /watches': () => ({ path: `/watches?user_id=${OWN_ID}` }),
    'POST /watches': () => ({ path: '/watches', body: { user_id: OWN_ID, query: 'kettle' } }),
    'DELETE /watches/:id': () => ({ path: `/watches/${watchId}` }),
    'GET /jobs/:id': () => ({ path: `/jobs/${jobId}` }),
    'GET /jobs/:id/events': () => ({ path: `/jobs/${jobId}/events` }),
  };

  async function ask(route: DeclaredRoute, secret: string | null): Promise<Response> {
    const { path, body } = REQUESTS[`${route.method} ${route.path}`]?.() ?? { path: route.path.replace(/:\w+/g, 'x') };
    const authorization: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
    return app.request(path, {
      method: route.method,
      headers: { ...authorization, host: 'localhost', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Whether the gate let the request through, whatever the handler then made of it. Per event, for a batch of them. */
  async function isAllowed(route: DeclaredRoute, secret: string | null): Promise<boolean> {
    const response = await ask(route, secret);
    const isBatch = ['POST /events', 'POST /watches/changes'].includes(`${route.method} ${route.path}`) && response.ok;
    if (!isBatch) {
      await response.body?.cancel();
      return response.status !== 401 && response.status !== 403;
    }
    const { receipts } = (await response.json()) as { receipts: { reason?: string }[] };
    return !/needs a key|lacks the scope|may act for its own shopper|is refused/.test(receipts[0]?.reason ?? '');
  }

  test('is declared', () => {
    const declared = new Set(declaredRoutes(app).map(({ method, path }) => `${method} ${path}`));
    const registered = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    expect(registered.filter((route) => !declared.has(route))).toEqual([]);
    expect([...declared].filter((route) => !registered.includes(route))).toEqual([]);
  });

  test('is refused without the credential of its class and accepted with it', async () => {
    // What deletes the shopper comes last: nothing of theirs is taken afterwards.
    const routes = declaredRoutes(app).sort((a, b) => Number(deletesShopper(a)) - Number(deletesShopper(b)));
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const putWatch = async () => deletesShopper(route) || store.watches.put(watchOf(watchId));
      if (route.access.class === 'own device') {
        expect(await isAllowed(route, null), `${name}, anonymous`).toBe(false);
        expect(await isAllowed(route, keyWith('admin')), `${name}, key with admin`).toBe(false);
        expect(await isAllowed(route, TEST_OPERATOR_TOKEN), `${name}, operator`).toBe(false);
        expect(await isAllowed(route, 'another-device'), `${name}, a device`).toBe(true);
        continue;
      }
      const scope = 'scope' in route.access ? route.access.scope : 'admin';
      await putWatch();
      expect(await isAllowed(route, null), `${name}, anonymous`).toBe(route.access.class === 'public');
      await putWatch();
      expect(await isAllowed(route, keyWith(scope)), `${name}, key with ${scope}`).toBe(true);
      await putWatch();
      expect(await isAllowed(route, TEST_OPERATOR_TOKEN), `${name}, operator`).toBe(true);
      if (route.access.class === 'public') continue;
      const other = SCOPES.find((each) => each !== scope && each !== 'admin')!;
      await putWatch();
      expect(await isAllowed(route, keyWith(other)), `${name}, key with ${other}`).toBe(false);
      expect(await isAllowed(route, 'another-device'), `${name}, another device`).toBe(false);
      expect(await isAllowed(route, DEVICE_SECRET), `${name}, its own device`).toBe(
        route.access.class === 'device' || route.access.class === 'job',
      );
    }
  }, 60_000);

  test('stands in docs/access.md with its class', async () => {
    const page = await readFile(new URL('../../docs/access.md', import.meta.url), 'utf8');
    expect(page, 'the table is out of date: npm run routes').toContain(routeTable(declaredRoutes(app)));
  });
});

function deletesShopper({ method, path }: DeclaredRoute): boolean {
  return method === 'DELETE' && path === '/me';
}

function unwatchOf(userId: string) {
  return {
    ...{ id: randomUUID(), user_id: userId, product_id: 'x', watched: false },
    changed_at: new Date().toISOString(),
  };
}

function eventOf(userId: string) {
  return {
    id: randomUUID(),
    user_id: userId,
    item_id: 'x',
    type: 'view',
    value: 1,
    occurred_at: new Date().toISOString(),
  };
}

function watchOf(id: string) {
  const now = new Date();
  return {
    ...{ id, userId: OWN_ID, kind: 'query' as const, subject: 'teapot', currency: 'EUR', target: null },
    ...{ createdAt: now, nextCheckAt: now, checkedAt: null, last: null, lowest: null, triggeredAt: null },
  };
}
