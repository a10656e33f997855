import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportedShopper, exportedShopperSchema } from '../../shared/api/people.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../database/open-database.ts';
import { EVENT_FORMATS } from '../import/formats.ts';
import { importEvents } from '../import/import-events.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { RECOMMEND_JOB } from '../recommendations/job.ts';
import { openStore } from '../store/open-store.ts';
import { DeletedShopperError, type EventRecord, type Store, type WatchRecord } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { testDatabaseUrl, testRedisUrl } from '../testing/test-services.ts';
import { modelsDir, registerModel } from '../training/register-model.ts';
import { deleteShopper } from './delete-shopper.ts';
import { exportShopper } from './export-shopper.ts';

const DEPLOYMENTS = [
  { name: 'SQLite', services: async () => ({ redisUrl: null, databaseUrl: null }) },
  { name: 'Postgres', services: async () => ({ redisUrl: null, databaseUrl: await testDatabaseUrl() }) },
  {
    name: 'Postgres and Redis',
    services: async () => ({ redisUrl: await testRedisUrl(), databaseUrl: await testDatabaseUrl() }),
  },
];

/** What of an export each table with the shopper's id is in. A table that is not listed here is missing in the export. */
const EXPORTED_AS: Record<string, keyof ExportedShopper> = {
  device_links: 'linked_devices',
  devices: 'device',
  event_pairs: 'events',
  event_users: 'n_events',
  events: 'events',
  jobs: 'recommendation_jobs',
  public_shoppers: 'public',
  shopper_aliases: 'earlier_ids',
  watches: 'watches',
};

const ADA = 'ada-of-the-tests';
const BOB = 'bob-of-the-tests';
const N_EVENTS = 2500;
const NOON = new Date('2026-11-22T12:00:00Z');

function event(id: string, userId: string, itemId: string): EventRecord {
  return { id: `${userId}-${id}`, userId, itemId, type: 'view', value: 1, occurredAt: NOON, source: 'api' };
}

function watchOf(userId: string, subject: string): WatchRecord {
  return {
    ...{ id: `${userId}-${subject}`, userId, kind: 'query', subject, currency: 'EUR', target: null, last: null },
    ...{ createdAt: NOON, nextCheckAt: NOON, checkedAt: null, lowest: null, triggeredAt: null },
  };
}

function modelOf(...userIds: string[]): FactorModel {
  return {
    ...{ nFactors: 1, users: IdMap.of(userIds), userFactors: Float32Array.from(userIds, (_, row) => row + 1) },
    ...{ items: IdMap.of(['tea']), itemFactors: Float32Array.of(1) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  };
}

describe.each(DEPLOYMENTS)("a shopper's data on $name", ({ services }) => {
  let config: Config;
  let store: Store;
  let queue: JobQueue;

  const exported = async (userId: string): Promise<ExportedShopper> =>
    exportedShopperSchema.parse(JSON.parse((await Array.fromAsync(exportShopper({ store, queue }, userId))).join('')));

  /** Tables of the store and of the local queue in any of whose columns the text occurs. */
  const tablesWith = async (text: string): Promise<string[]> => {
    const found = new Set<string>();
    for (const file of ['magpie.db', 'jobs.db']) {
      const database = await openDatabase<Record<string, Record<string, unknown>>>({
        ...{ dataDir: config.dataDir, databaseUrl: config.databaseUrl, file, durability: 'normal' },
      });
      for (const { name } of await database.read.introspection.getTables()) {
        const { rows } = await sql`select * from ${sql.table(name)}`.execute(database.read);
        if (JSON.stringify(rows).includes(text)) found.add(name);
      }
      await database.close();
    }
    return [...found].sort();
  };

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-people-'));
    config = { ...testConfig({ MAGPIE_DATA_DIR: dataDir }), ...(await services()) };
    store = await openStore(config);
    queue = await openJobQueue({ ...config, log: silentLog });
    const items = ['tea', 'cup', 'pot'];
    for (const user of [ADA, BOB]) {
      const events = Array.from({ length: N_EVENTS }, (_, i) => event(String(i), user, items[i % 3]!));
      await store.events.append(events);
      await store.watches.put(watchOf(user, 'kettle'));
      await store.watches.put(watchOf(user, 'lamp'));
      await store.devices.add({ userId: user, addressGroup: '192.0.2.1', createdAt: NOON });
      await store.publicShoppers.add([user], 'test');
    }
    await store.events.append([event('alone', ADA, 'only-of-ada')]);
    // A phone, which was a shopper of its own, has joined Ada.
    const linked = { linkedAt: NOON, lastSeenAt: NOON };
    const tablet = { deviceId: ADA, shopperId: ADA, name: 'Tablet', ...linked };
    await store.links.addCode({ code: 'CODE', kind: 'link', device: tablet, expiresAt: null });
    await store.links.join({ code: 'CODE', device: { deviceId: `phone-of-${ADA}`, name: 'Phone', ...linked } });
    const finished = await queue.add(RECOMMEND_JOB, { userId: ADA, limit: 3 });
    queue.work(RECOMMEND_JOB, async () => ({ user_id: ADA, items: [] }));
    await Array.fromAsync(queue.events(finished.id));
    await queue.add(RECOMMEND_JOB, { userId: ADA, limit: 5 }, { delayMs: 3_600_000 });
    await queue.add(RECOMMEND_JOB, { userId: BOB, limit: 5 }, { delayMs: 3_600_000 });
    await registerModel(store, config, modelOf(BOB, ADA), {});
  });
  afterAll(async () => {
    await queue.close(0);
    await store.close();
    await rm(config.dataDir, { recursive: true });
  });

  test('is exported whole: every table that has anything of them, every row', async () => {
    const tables = Object.keys(EXPORTED_AS).filter((table) => table !== 'jobs' || config.redisUrl === null);
    expect(await tablesWith(ADA)).toEqual(tables);
    const data = await exported(ADA);
    expect(data.events).toHaveLength(N_EVENTS + 1);
    expect(new Set(data.events.map(({ id }) => id)).size).toBe(N_EVENTS + 1);
    expect(data).toMatchObject({ user_id: ADA, n_events: N_EVENTS + 1, public: true });
    expect(data.device).toEqual({ address_group: '192.0.2.1', created_at: NOON.toISOString() });
    expect(data.linked_devices.map(({ name }) => name)).toEqual(['Tablet', 'Phone']);
    expect(data.earlier_ids).toEqual([`phone-of-${ADA}`]);
    expect(data.watches.map(({ query }) => query).sort()).toEqual(['kettle', 'lamp']);
    expect(data.recommendation_jobs.map(({ state }) => state).sort()).toEqual(['completed', 'delayed']);
    expect(JSON.stringify(data)).not.toContain(BOB);
  });

  test('is exported in pieces, none of which holds all events', async () => {
    const pieces = await Array.fromAsync(exportShopper({ store, queue }, ADA));
    const sizes = pieces.map((piece) => piece.length);
    expect(Math.max(...sizes)).toBeLessThan(sizes.reduce((sum, size) => sum + size) / 2);
  });

  test('of a shopper of whom nothing is kept is an empty document', async () => {
    expect(await exported('eve')).toMatchObject({ n_events: 0, events: [], watches: [], device: null, public: false });
  });

  describe('once deleted', () => {
    beforeAll(async () => {
      const told: number[] = [];
      const parts = { store, queue, modelsDir: modelsDir(config) };
      const receipt = await deleteShopper(parts, ADA, { onProgress: (done) => told.push(done) });
      expect(receipt).toMatchObject({
        user_id: ADA,
        deleted: { events: N_EVENTS + 1, watches: 2, devices: 2, recommendation_jobs: 2, models: 1 },
      });
      expect(told).toEqual([1000, 2000, N_EVENTS + 1]);
    });

    test('is in no table, no job and no model file', async () => {
      expect(await tablesWith(ADA)).toEqual([]);
      expect(JSON.stringify(await queue.list({ limit: 100 }))).not.toContain(ADA);
      for (const { file } of await store.models.list()) {
        const model = readFactorModel(await readFile(join(modelsDir(config), file)));
        expect(model.users.ids).toEqual([BOB]);
        expect(model.userFactors).toEqual(Float32Array.of(1));
      }
    });

    test('takes a damaged model file with it, since nobody can be taken out of that', async () => {
      const path = join(modelsDir(config), 'damaged.safetensors');
      await store.models.add({ version: 'a', file: 'damaged.safetensors', createdAt: NOON, parameters: {} });
      await writeFile(path, 'half a model');
      await deleteShopper({ store, queue, modelsDir: modelsDir(config) }, ADA);
      await expect(readFile(path)).rejects.toThrow(/ENOENT/);
    });

    test('leaves what is counted from all shoppers as if they had never been, and the others as they were', async () => {
      expect(await store.events.count()).toEqual({ events: N_EVENTS, users: 1, items: 3 });
      expect((await store.events.popular(9)).map(({ itemId, weight }) => `${itemId} ${weight}`)).toEqual([
        'cup 1',
        'pot 1',
        'tea 1',
      ]);
      const bob = await exported(BOB);
      expect(bob.events).toHaveLength(N_EVENTS);
      expect(bob).toMatchObject({ n_events: N_EVENTS, recommendation_jobs: [{ state: 'delayed' }] });
      expect(bob.watches).toHaveLength(2);
    });

    test('does not come back: by an outbox, a watch, a device, an import, or a training that ran meanwhile', async () => {
      expect(await store.events.append([event('late', ADA, 'tea'), event('late', BOB, 'tea')])).toEqual([
        'deleted',
        'accepted',
      ]);
      await expect(store.watches.put(watchOf(ADA, 'kettle'))).rejects.toThrow(DeletedShopperError);
      expect(await store.devices.add({ userId: ADA, addressGroup: null, createdAt: NOON })).toBe(false);
      const file = join(config.dataDir, 'ratings.csv');
      await writeFile(file, `user_id,item_id,rating,timestamp\n${ADA},tea,5,1700000000\n${BOB},pot,4,1700000000\n`);
      const report = await importEvents(store, EVENT_FORMATS.movielens!(file, NOON), {
        strict: false,
        dryRun: false,
      });
      expect(report).toMatchObject({
        imported: 1,
        skipped: [{ reason: 'the data of this shopper has been deleted', rows: 1, lines: [2] }],
      });
      await registerModel(store, config, modelOf(ADA, BOB), {});
      expect(await tablesWith(ADA)).toEqual([]);
      const current = await store.models.current();
      const model = readFactorModel(await readFile(join(modelsDir(config), current!.file)));
      expect(model.users.ids).toEqual([BOB]);
    });

    test('can be asked for again, and by a process that did not see it', async () => {
      const other = await openStore(config);
      expect(await other.shoppers.deletedAmong([ADA, BOB])).toEqual(new Set([ADA]));
      expect(await other.events.append([event('later', ADA, 'tea')])).toEqual(['deleted']);
      await other.close();
      const again = await deleteShopper({ store, queue, modelsDir: modelsDir(config) }, ADA);
      expect(again.deleted).toEqual({ events: 0, watches: 0, devices: 0, recommendation_jobs: 0, models: 0 });
    });
  });
});

test('an event that arrives while its shopper is being deleted is either deleted too, or refused', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-people-'));
  const store = await openStore({ dataDir, databaseUrl: await testDatabaseUrl() });
  const send = async (from: string): Promise<void> => {
    for (let i = 0; i < 60; i += 1) await store.events.append([event(`${from}-${i}`, ADA, `item-${i % 7}`)]);
  };
  await Promise.all([send('a'), send('b'), send('c'), store.shoppers.remove(ADA, { at: NOON })]);
  expect(await store.events.count()).toEqual({ events: 0, users: 0, items: 0 });
  await store.close();
  await rm(dataDir, { recursive: true });
});
