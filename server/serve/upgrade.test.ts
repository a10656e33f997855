import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { acceptedJobSchema } from '../../shared/api/jobs.ts';
import { SignIn } from '../access/sign-in.ts';
import { COMPARE_JOB } from '../comparison/job.ts';
import { type AppContext, openContext } from '../context.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { Metrics } from '../metrics/metrics.ts';
import { OperatorError } from '../operator-error.ts';
import { ReadinessCheck } from '../readiness/readiness-check.ts';
import { storeMigrations } from '../store/migrations.ts';
import { openStore } from '../store/open-store.ts';
import {
  misfit,
  type ReleasedInstallation,
  type ReleasedShapes,
  releasedInstallation,
  releasedShapes,
} from '../testing/released-installation.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { modelsDir } from '../training/register-model.ts';
import { openApi } from './open-api.ts';

const RELEASES = ['0.1.0'];
const KINDS = ['sqlite', 'postgres'] as const;
/** A finished job is kept for a day. */
const SHORT_LIVED = /^job/;

type Tables = Record<string, Record<string, unknown>>;
type Contents = Record<string, unknown[]>;

const jobResultSchema = z.object({ result: z.unknown() });

/** Run as a process of its own: it has made all changes of the tables but the last, which has no end. */
const ENDLESS_UPGRADE = `
  const [root, dataDir, databaseUrl] = process.argv.slice(1);
  const { migrate } = await import(root + 'database/migrate.ts');
  const { openDatabase } = await import(root + 'database/open-database.ts');
  const { storeMigrations } = await import(root + 'store/migrations.ts');
  const place = { dataDir, databaseUrl: databaseUrl || null, file: 'magpie.db', durability: 'full' };
  const database = await openDatabase(place);
  const wait = () => new Promise((resolve) => { console.log('waiting'); setTimeout(resolve, 600_000); });
  await migrate(database, 'store', { ...storeMigrations(database.dialect), '9999_endless': { up: wait } });`;

interface Asked {
  path: string;
  status: number;
  text: string;
  /** null where it is no JSON. */
  answer: unknown;
}

/** The API over a context, as a device asks it. `close` closes the context too. */
async function askable(context: AppContext) {
  const { app, close } = await openApi(context, {
    ...{ metrics: new Metrics(), signIn: new SignIn(context.store), operatorToken: 'mgp_of-the-tests' },
    readiness: new ReadinessCheck({ ...context, modelsDir: modelsDir(context.config) }),
    ...{ start: { log: silentLog }, drawPicture: async () => null },
    ...{ closing: new AbortController().signal, outOfTime: new AbortController().signal },
  });
  return {
    async ask(path: string, { token, body }: { token: string; body?: unknown }): Promise<Asked> {
      const response = await app.request(`http://127.0.0.1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...{ host: '127.0.0.1', 'content-type': 'application/json' },
          ...(token !== '' && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return { path, status: response.status, text, answer: isJson ? JSON.parse(text) : null };
    },
    async close(): Promise<void> {
      await close();
      await context.close();
    },
  };
}

describe.each(RELEASES.flatMap((release) => KINDS.map((kind) => ({ release, kind }))))(
  'an installation of $release on $kind',
  ({ release, kind }) => {
    let folder: string;
    let old: ReleasedInstallation;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'magpie-upgrade-'));
      old = await releasedInstallation(release, kind, join(folder, 'data'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const openTables = (): Promise<Database<Tables>> =>
      openDatabase<Tables>({ ...old, file: 'magpie.db', durability: 'full' });

    /** All rows of the tables that the release had. */
    const contents = async (): Promise<Contents> => {
      const database = await openTables();
      const tables: Contents = {};
      for (const table of Object.keys(old.rows).filter((name) => !SHORT_LIVED.test(name))) {
        tables[table] = (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(database.read)).rows;
      }
      await database.close();
      return tables;
    };

    const names = async (): Promise<string[]> => {
      const database = await openTables();
      const tables = await database.read.introspection.getTables();
      await database.close();
      return tables.map(({ name }) => name).toSorted();
    };

    const upgraded = (): Promise<AppContext> =>
      openContext({ ...testConfig({ MAGPIE_DATA_DIR: old.dataDir }), ...old }, { log: silentLog });

    test('opens with every row and answers as it did: events, watches, offers, prices, the model', async () => {
      const before = await contents();
      const context = await upgraded();
      const { ask, close } = await askable(context);
      expect(old.answers.length).toBeGreaterThan(0);
      for (const { path, token, answer } of old.answers) {
        expect(await ask(path, { token })).toMatchObject({ path, status: 200, answer });
      }
      const { answer: models } = await ask('/models', { token: old.key.key });
      expect(models).toMatchObject({ models: [{ current: true }] });
      const { enabled, problems } = await context.shops.current();
      expect({ shops: enabled.map(({ declaration }) => declaration.id), problems }).toEqual({
        shops: ['kettles'],
        problems: [],
      });
      await close();

      const after = await contents();
      const { store_migrations: _, ...untouched } = before;
      for (const [table, rows] of Object.entries(untouched)) {
        expect(rows, table).toHaveLength(old.rows[table] ?? 0);
        expect(after[table], table).toMatchObject(rows);
      }
      expect(await readdir(old.dataDir)).toEqual(expect.arrayContaining(['models', 'shops', 'signing-secret']));
    });

    test('stays as it was where a change of the tables fails, and opens afterwards', async () => {
      const [before, tables] = [await contents(), await names()];
      const database = await openTables();
      const fails = { up: () => Promise.reject(new Error('the disk is on fire')) };
      const upgrade = migrate(database, 'store', { ...storeMigrations(database.dialect), '9999_fails': fails });
      await expect(upgrade).rejects.toThrow('the disk is on fire');
      await database.close();
      expect(await names()).toEqual(tables);
      expect(await contents()).toEqual(before);
      await (await upgraded()).close();
    });

    test('opens after a process was killed in the middle of changing its tables', async () => {
      const before = await contents();
      const root = new URL('../', import.meta.url).href;
      const upgrade = spawn(
        process.execPath,
        ['--input-type=module', '-e', ENDLESS_UPGRADE, root, old.dataDir, old.databaseUrl ?? ''],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      expect(String((await once(upgrade.stdout, 'data'))[0])).toBe('waiting\n');
      upgrade.kill('SIGKILL');
      await once(upgrade, 'exit');
      expect(await contents()).toEqual(before);
      const store = await openStore(old);
      expect((await store.events.count()).events).toBe(old.rows['events']);
      await store.close();
    });

    test('is not opened by a version that does not know all changes of its tables', async () => {
      await (await openStore(old)).close();
      const database = await openTables();
      await sql`insert into store_migrations values ('9999-of-the-future', '2030-01-01')`.execute(database.read);
      await database.close();
      const opening = upgraded();
      await expect(opening).rejects.toThrow(OperatorError);
      await expect(opening).rejects.toThrow(/last used by a newer Magpie \(.*9999-of-the-future.*start that version/);
    });
  },
);

describe.each(RELEASES)('the app of %s', (release) => {
  let folder: string;
  let old: ReleasedInstallation;
  let context: AppContext;
  let api: Awaited<ReturnType<typeof askable>>;
  let shapes: ReleasedShapes;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-upgrade-'));
    old = await releasedInstallation(release, 'sqlite', join(folder, 'data'));
    shapes = await releasedShapes(release);
    context = await openContext(
      { ...testConfig({ MAGPIE_DATA_DIR: old.dataDir }), databaseUrl: null },
      { log: silentLog },
    );
    api = await askable(context);
  });
  afterEach(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });
  const device = () => {
    const { path = '', token = '' } = old.answers.find(({ path: asked }) => asked.startsWith('/events?')) ?? {};
    return { token, userId: new URLSearchParams(path.split('?')[1]).get('user_id') ?? '' };
  };

  test('sends what its outbox holds, and each entry gets a receipt that it knows', async () => {
    const { token, userId } = device();
    const event = (change: Record<string, unknown>) => ({
      ...{ id: uuidv7(), user_id: userId, item_id: 'p3', type: 'view', value: 1 },
      ...{ occurred_at: '2026-11-22T09:00:00.000Z', ...change },
    });
    const events = [
      event({}),
      event({ type: 'rating', value: 4 }),
      event({ type: 'purchase', value: 2 }),
      // Of which the receipt was lost before the upgrade.
      event({ id: '00000000-0000-7000-8000-000000000000' }),
      event({ type: 'rating', value: 9 }),
    ];
    const sent = await api.ask('/events', { token, body: { events } });
    expect(sent).toMatchObject({ status: 200 });
    expect(misfit(shapes['EVENT_RECEIPTS'], sent.answer)).toBeNull();
    expect(sent.answer).toMatchObject({
      receipts: [
        ...['accepted', 'accepted', 'accepted', 'duplicate'].map((status, n) => ({ id: events[n]?.id, status })),
        { id: events[4]?.id, status: 'rejected', reason: expect.any(String) },
      ],
    });
    const before = old.answers.find(({ path }) => path.startsWith('/events?'))?.answer['events'];
    const { answer } = await api.ask(`/events?user_id=${userId}`, { token });
    expect(answer).toMatchObject({ events: expect.arrayContaining(before as unknown[]) });
    expect(await context.store.events.count()).toMatchObject({ events: (old.rows['events'] ?? 0) + 3 });
  });

  test('finds in each answer the fields that it reads', async () => {
    const { token, userId } = device();
    for (const [shape, path] of [
      ['RECOMMENDATIONS', `/recommendations?user_id=${userId}&limit=12`],
      ['PRODUCT_DETAIL', '/products/p0'],
      ['PRODUCT_LIST', '/products?query=tea&limit=24&offset=0'],
      ['OWN_EVENTS', `/events?user_id=${userId}`],
      ['DEVICE_MODEL', '/models/current'],
    ] as const) {
      const { status, answer } = await api.ask(path, { token });
      expect({ path, status, misfit: misfit(shapes[shape], answer) }).toEqual({ path, status: 200, misfit: null });
    }
  });

  test('follows a comparison to its end', async () => {
    context.queue.work(COMPARE_JOB, context.comparisons.handler());
    const accepted = await api.ask('/compare_price?product=copper+kettle&currency=EUR&async=true', { token: '' });
    expect(misfit(shapes['ACCEPTED_JOB'], accepted.answer)).toBeNull();
    const { text } = await api.ask(`/jobs/${acceptedJobSchema.parse(accepted.answer).job_id}/events`, { token: '' });
    const messages = [...text.matchAll(/^event: (\S+)\n(?:id: .*\n)?data: (.*)$/gm)];
    const last = (type: string): unknown =>
      JSON.parse(messages.findLast((message) => message[1] === type)?.[2] ?? 'null');
    // The shop has gone since.
    expect(misfit(shapes['FAILED_SHOP'], last('shop'))).toBeNull();
    expect(misfit(shapes['COMPARISON'], jobResultSchema.parse(last('completed')).result)).toBeNull();
    // Ready, now that there is a worker.
    expect(misfit(shapes['READINESS'], (await api.ask('/readyz', { token: '' })).answer)).toBeNull();
  });
});
