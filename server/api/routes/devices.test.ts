import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deviceUserId } from '../../access/credentials.ts';
import { type ComparisonWorld, openComparisonWorld } from '../../comparison/testing/comparison-world.ts';
import { BUDGETS } from '../../limits/budgets.ts';
import { openStore } from '../../store/open-store.ts';
import type { ProductRecord, Store } from '../../store/store.ts';
import { testApp } from '../../testing/test-app.ts';
import { testGate } from '../../testing/test-gate.ts';
import { testDatabaseUrl } from '../../testing/test-services.ts';

const DATABASES: { name: string; databaseUrl(): Promise<string | null> }[] = [
  { name: 'SQLite', databaseUrl: async () => null },
  { name: 'Postgres', databaseUrl: testDatabaseUrl },
];

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** One server process: the API over a store of its own. */
interface Process {
  store: Store;
  app: OpenAPIHono;
}

function product(id: string): ProductRecord {
  return {
    ...{ id, title: id, brand: null, category: null, description: null, gtin: null, mpn: null },
    ...{ image: null, listPrice: null, source: 'test' },
  };
}

describe.each(DATABASES)('linked devices on $name', ({ databaseUrl }) => {
  let folder: string;
  let world: ComparisonWorld;
  const processes: Process[] = [];
  /** Secrets of two devices, new for each test. */
  let phone: string;
  let laptop: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-devices-'));
    world = await openComparisonWorld([], { redisUrl: null });
    const location = { dataDir: folder, databaseUrl: await databaseUrl() };
    for (let i = 0; i < 2; i += 1) {
      const store = await openStore(location);
      processes.push({ store, app: testApp({ ...world, store, parts: { ...world.parts, store } }, folder) });
    }
    await processes[0]!.store.products.upsert(['tea', 'cup', 'pot'].map(product));
  });
  afterAll(async () => {
    for (const { store } of processes) await store.close();
    await world.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    phone = `phone-${randomUUID()}`;
    laptop = `laptop-${randomUUID()}`;
  });

  const store = () => processes[0]!.store;

  async function ask(secret: string, request: string, { body, of = 0 }: { body?: unknown; of?: number } = {}) {
    const [method = '', path = ''] = request.split(' ');
    const response = await processes[of]!.app.request(path, {
      method,
      headers: { authorization: `Bearer ${secret}`, host: 'localhost', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer;
  }

  const rate = (secret: string, itemId: string, { userId = deviceUserId(secret), id = randomUUID() as string } = {}) =>
    ask(secret, 'POST /events', {
      body: {
        events: [
          {
            ...{ id, user_id: userId, item_id: itemId, type: 'rating', value: 5 },
            occurred_at: new Date().toISOString(),
          },
        ],
      },
    });

  async function newCode(secret: string, path = '/devices/codes'): Promise<string> {
    const { status, body } = await ask(secret, `POST ${path}`, { body: { device_name: 'Phone' } });
    expect(status).toBe(200);
    return String(body['code']);
  }

  const link = (secret: string, code: string, of = 0) =>
    ask(secret, 'POST /devices/link', { body: { code, device_name: 'Laptop' }, of });

  /** Links the laptop to the phone's shopper. @returns that shopper */
  async function linkBoth(): Promise<string> {
    const { body } = await link(laptop, await newCode(phone));
    return String(body['user_id']);
  }

  async function ratedItems(secret: string, userId: string, of = 0): Promise<string[]> {
    const { body } = await ask(secret, `GET /events?user_id=${userId}`, { of });
    return (body['events'] as { item_id: string }[]).map((event) => event.item_id).sort();
  }

  const nUsersOf = async (itemId: string) =>
    (await store().events.popular(100)).find((item) => item.itemId === itemId)?.weight ?? 0;

  test('both see the union of what each did before, and what is popular counts one shopper', async () => {
    await rate(phone, 'tea');
    await rate(phone, 'cup');
    const before = { cup: await nUsersOf('cup'), pot: await nUsersOf('pot') };
    await rate(laptop, 'cup');
    await rate(laptop, 'pot');
    const shopper = await linkBoth();
    expect(shopper).toBe(deviceUserId(phone));
    expect(await ratedItems(phone, shopper)).toEqual(['cup', 'cup', 'pot', 'tea']);
    expect(await ratedItems(laptop, shopper)).toEqual(['cup', 'cup', 'pot', 'tea']);
    expect(await store().shoppers.countEvents(shopper)).toBe(4);
    expect(await store().shoppers.countEvents(deviceUserId(laptop))).toBe(0);
    expect({ cup: await nUsersOf('cup'), pot: await nUsersOf('pot') }).toEqual({
      cup: before.cup,
      pot: before.pot + 1,
    });
  });

  test('an outbox that names the earlier id is recorded for the shopper, once', async () => {
    const shopper = await linkBoth();
    const id = randomUUID();
    for (const status of ['accepted', 'duplicate']) {
      const { body } = await rate(laptop, 'tea', { userId: deviceUserId(laptop), id });
      expect(body['receipts']).toEqual([{ id, status }]);
    }
    expect(await ratedItems(phone, shopper)).toEqual(['tea']);
    expect(await ratedItems(laptop, deviceUserId(laptop))).toEqual(['tea']);
  });

  test('events that are on their way while their shopper joins another all arrive there', async () => {
    const code = await newCode(phone);
    const userId = deviceUserId(laptop);
    const send = async ({ store: own }: Process, from: string) => {
      for (let i = 0; i < 20; i += 1) {
        const event = { id: `${userId}-${from}-${i}`, userId, itemId: 'tea', type: 'view' as const, value: 1 };
        await own.events.append([{ ...event, occurredAt: new Date(), source: 'api' }]);
      }
    };
    await Promise.all([send(processes[0]!, 'a'), send(processes[1]!, 'b'), link(laptop, code)]);
    expect(await store().shoppers.countEvents(userId)).toBe(0);
    expect(await ratedItems(phone, deviceUserId(phone))).toHaveLength(40);
  });

  test('what both watch is watched once', async () => {
    const watch = (secret: string, query: string, target_amount?: string) =>
      ask(secret, 'POST /watches', {
        body: { user_id: deviceUserId(secret), query, currency: 'EUR', ...(target_amount && { target_amount }) },
      });
    await watch(phone, 'kettle');
    await watch(laptop, 'kettle', '20.00');
    await watch(laptop, 'lamp');
    const shopper = await linkBoth();
    const { body } = await ask(phone, `GET /watches?user_id=${shopper}`);
    const watches = body['watches'] as { query: string; target: { amount: string } | null }[];
    expect(watches.map(({ query, target }) => [query, target?.amount ?? null]).sort()).toEqual([
      ['kettle', '20.00'],
      ['lamp', null],
    ]);
  });

  test('a code works once, however it is typed, and a newer one replaces it', async () => {
    const replaced = await newCode(phone);
    const code = await newCode(phone);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect((await link(laptop, replaced)).status).toBe(403);
    expect((await link(laptop, ` ${code.toLowerCase().replace('-', ' ')} `)).status).toBe(200);
    expect((await link(`other-${randomUUID()}`, code)).status).toBe(403);
  });

  test('a code ends after ten minutes', async () => {
    const { store: own } = processes[0]!;
    const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes));
    const device = { deviceId: deviceUserId(phone), name: 'Phone', linkedAt: at(0), lastSeenAt: at(0) };
    const owner = { ...device, shopperId: device.deviceId };
    await own.links.addCode({ code: `C${phone}`, kind: 'link', device: owner, expiresAt: at(10) });
    const late = { ...device, deviceId: deviceUserId(laptop), linkedAt: at(10) };
    expect(await own.links.join({ code: `C${phone}`, device: late })).toBeNull();
  });

  test('a recovery code brings a shopper back whose devices are all lost, once', async () => {
    await rate(phone, 'tea');
    const replaced = await newCode(phone, '/devices/recovery-code');
    const code = await newCode(phone, '/devices/recovery-code');
    expect(code).toHaveLength(24);
    expect((await link(laptop, replaced)).status).toBe(403);
    const { body } = await link(laptop, code);
    expect(await ratedItems(laptop, String(body['user_id']))).toEqual(['tea']);
    expect((await link(`other-${randomUUID()}`, code)).status).toBe(403);
  });

  test('a removed device is refused within a second by another process too, and reads nothing', async () => {
    const shopper = await linkBoth();
    await rate(phone, 'tea');
    expect(await ratedItems(laptop, shopper, 1)).toEqual(['tea']);
    const { status } = await ask(phone, `DELETE /devices/${deviceUserId(laptop)}`);
    expect(status).toBe(200);
    expect((await ask(laptop, `GET /events?user_id=${shopper}`)).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const userId of [shopper, deviceUserId(laptop)]) {
      const refused = await ask(laptop, `GET /events?user_id=${userId}`, { of: 1 });
      expect(refused).toMatchObject({ status: 401, body: { title: 'This device was removed' } });
    }
    const listed = await ask(phone, 'GET /devices');
    expect(listed.body['devices']).toMatchObject([{ name: 'Phone', is_this: true }]);
    expect((await ask(phone, `DELETE /devices/${deviceUserId(laptop)}`)).status).toBe(404);
  });

  test('a device removes none of another shopper’s', async () => {
    await linkBoth();
    const stranger = `stranger-${randomUUID()}`;
    expect((await ask(stranger, `DELETE /devices/${deviceUserId(laptop)}`)).status).toBe(404);
    expect((await ask(stranger, 'GET /devices')).body['devices']).toEqual([]);
  });

  test('devices of two shoppers become one shopper’s', async () => {
    await linkBoth();
    const tablet = `tablet-${randomUUID()}`;
    const { body } = await link(phone, await newCode(tablet));
    expect(body['user_id']).toBe(deviceUserId(tablet));
    // The laptop was linked to the phone's shopper, whose id its outbox still names.
    await rate(laptop, 'pot', { userId: deviceUserId(phone) });
    expect(await ratedItems(tablet, deviceUserId(tablet))).toEqual(['pot']);
  });

  test('the deletion of the shopper deletes what all did, and lets no device back in', async () => {
    await rate(laptop, 'tea');
    const shopper = await linkBoth();
    await rate(phone, 'cup');
    const { body } = await ask(laptop, `DELETE /me?user_id=${shopper}`);
    expect(body['deleted']).toMatchObject({ events: 2, devices: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const secret of [phone, laptop]) {
      expect((await ask(secret, `GET /events?user_id=${shopper}`)).status).toBe(401);
    }
    for (const userId of [shopper, deviceUserId(laptop)]) {
      const event = { id: randomUUID(), userId, itemId: 'tea', type: 'view' as const, value: 1 };
      expect(await store().events.append([{ ...event, occurredAt: new Date(), source: 'api' }])).toEqual(['deleted']);
    }
  });

  test('guesses are counted, and the right code after too many is refused too', async () => {
    const gated = testGate(store(), { host: '0.0.0.0' });
    const app = testApp({ ...world, store: store(), parts: { ...world.parts, store: store() } }, folder, gated);
    const guess = async (code: string) =>
      (
        await app.request('/devices/link', {
          method: 'POST',
          headers: { authorization: `Bearer ${laptop}`, 'content-type': 'application/json' },
          body: JSON.stringify({ code, device_name: 'Laptop' }),
        })
      ).status;
    const code = await newCode(phone);
    for (let i = 0; i < BUDGETS['refused credentials'].points.address; i += 1) {
      expect(await guess(`guess-${i}`)).toBe(403);
    }
    expect(await guess(code)).toBe(429);
  });
});
