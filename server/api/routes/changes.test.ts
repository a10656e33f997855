import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Changes, WatchChange } from '../../../shared/api/changes.ts';
import type { EventReceipts } from '../../../shared/api/events.ts';
import { deviceUserId } from '../../access/credentials.ts';
import { type ComparisonWorld, openComparisonWorld } from '../../comparison/testing/comparison-world.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { testApp } from '../../testing/test-app.ts';
import { testGate } from '../../testing/test-gate.ts';
import { testDatabaseUrl } from '../../testing/test-services.ts';

const DATABASES: { name: string; databaseUrl(): Promise<string | null> }[] = [
  { name: 'SQLite', databaseUrl: async () => null },
  { name: 'Postgres', databaseUrl: testDatabaseUrl },
];
const NOON_MS = Date.UTC(2026, 10, 22, 12);
const at = (ms: number) => new Date(ms).toISOString();

describe.each(DATABASES)('changes on $name', ({ databaseUrl }) => {
  let folder: string;
  let world: ComparisonWorld;
  let store: Store;
  let app: OpenAPIHono;
  /** Of a new device in each test. */
  let secret: string;
  let userId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-changes-'));
    world = await openComparisonWorld([], { redisUrl: null });
    store = await openStore({ dataDir: folder, databaseUrl: await databaseUrl() });
    app = testApp(world, folder, { store, ...testGate(store) });
    const nothing = { brand: null, category: null, description: null, gtin: null, mpn: null, image: null };
    const products = ['tea', 'cup'].map((id) => ({ id, title: id, ...nothing, listPrice: null, source: 'test' }));
    await store.products.upsert(products);
  });
  afterAll(async () => {
    await store.close();
    await world.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    secret = `device-${randomUUID()}`;
    userId = deviceUserId(secret);
  });

  async function ask<T>(path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const response = await app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${secret}`, host: 'localhost', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  const change = (watched: boolean, values: Partial<WatchChange> = {}) => ({
    ...{ id: randomUUID(), user_id: userId, product_id: 'tea', watched, changed_at: at(NOON_MS) },
    ...values,
  });
  const send = async (...changes: unknown[]) =>
    (await ask<EventReceipts>('/watches/changes', { changes })).body.receipts;
  const rate = async (value: number) => {
    const event = {
      id: randomUUID(),
      user_id: userId,
      item_id: 'tea',
      type: 'rating',
      value,
      occurred_at: at(NOON_MS),
    };
    await ask('/events', { events: [event] });
    return event.id;
  };
  const pull = async (query = '') => (await ask<Changes>(`/changes?user_id=${userId}${query}`)).body;

  test('each change has a receipt of its own; what can pass is to be sent again', async () => {
    const [first, second] = [change(true), change(false, { changed_at: at(NOON_MS + 1) })];
    const receipts = await send(
      first,
      second,
      first,
      change(true, { product_id: 'unknown' }),
      change(false, { product_id: 'no more' }),
      change(true, { user_id: `d-${'f'.repeat(32)}` }),
      { watched: 'yes' },
    );
    expect(receipts).toMatchObject([
      { id: first.id, status: 'accepted' },
      { id: second.id, status: 'accepted' },
      { id: first.id, status: 'duplicate' },
      { status: 'rejected', retry: true, reason: 'product_id: unknown product "unknown"' },
      { status: 'accepted' },
      { status: 'rejected', retry: true },
      { id: null, status: 'rejected', retry: false },
    ]);
    expect((await send(first, second)).map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);
    expect((await ask<{ watches: unknown[] }>(`/watches?user_id=${userId}`)).body.watches).toEqual([]);
  });

  test('an instant too far ahead comes back with the server’s time', async () => {
    const ahead = at(Date.now() + 2 * 86_400_000);
    const [receipt] = await send(change(true, { changed_at: ahead }));
    expect(receipt).toMatchObject({ status: 'rejected', retry: true });
    const serverTime = receipt?.server_time ?? '';
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(60_000);
    expect(await send(change(true, { changed_at: serverTime }))).toMatchObject([{ status: 'accepted' }]);

    const event = { id: randomUUID(), user_id: userId, item_id: 'tea', type: 'view', value: 1, occurred_at: ahead };
    const { receipts } = (await ask<EventReceipts>('/events', { events: [event] })).body;
    expect(receipts).toMatchObject([{ status: 'rejected', retry: true, server_time: expect.any(String) }]);
  });

  test('a device learns page by page what is new, each once', async () => {
    const ids = [await rate(1), await rate(2), await rate(3)];
    await send(change(true));
    const first = await pull('&limit=2');
    expect(first).toMatchObject({ from_start: true, more: true, watches: [{ product_id: 'tea', watched: true }] });
    const second = await pull(`&cursor=${first.next}`);
    expect(second).toMatchObject({ from_start: false, more: false, watches: null });
    expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(ids);

    await send(change(false, { changed_at: at(NOON_MS + 1) }));
    const third = await pull(`&cursor=${second.next}`);
    expect(third).toMatchObject({ from_start: false, events: [], watches: [{ watched: false }] });
    expect(await pull(`&cursor=${third.next}`)).toMatchObject({ events: [], watches: null });
  });

  test('begins anew in another epoch, and with a cursor that is none', async () => {
    const id = await rate(4);
    const { next } = await pull();
    await store.changes.beginEpoch();
    for (const cursor of [next, 'WyJlIl0', 'x'.repeat(1000)]) {
      expect(await pull(`&cursor=${cursor}`)).toMatchObject({ from_start: true, events: [{ id }], watches: [] });
    }
  });

  test('another device’s changes are nobody else’s', async () => {
    const { status } = await ask(`/changes?user_id=d-${'f'.repeat(32)}`);
    expect(status).toBe(403);
  });
});
