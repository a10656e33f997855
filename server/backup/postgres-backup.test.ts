import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { readModel } from '../recommendations/model-files.ts';
import { openStore } from '../store/open-store.ts';
import type { EventRecord, Store } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { testDatabaseUrl } from '../testing/test-services.ts';
import { registerModel } from '../training/register-model.ts';
import { applyDeletions } from './apply-deletions.ts';
import { readDeletions } from './known-deletions.ts';
import { makeBackup } from './make-backup.ts';
import { manifestSchema } from './manifest.ts';
import type { Place } from './place.ts';
import { DUMP_PATH } from './postgres-store.ts';
import { restoreBackup } from './restore-backup.ts';
import { modelOf } from './testing/model-of.ts';

let root: string;
let source: Place & { databaseUrl: string };
let target: Place & { databaseUrl: string };
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'magpie-pg-backup-'));
  source = { dataDir: join(root, 'data'), databaseUrl: await testDatabaseUrl() };
  target = { dataDir: join(root, 'restored'), databaseUrl: await testDatabaseUrl() };
  store = await openStore(source);
});
afterEach(async () => {
  await store.close();
  await rm(root, { recursive: true });
});

const backupFile = () => join(root, 'backup.tar.gz');

function event(userId: string): EventRecord {
  return { id: uuidv7(), userId, itemId: '7', type: 'view', value: 1, occurredAt: new Date(0), source: 'test' };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

/** All rows of each table, as text, sorted. */
async function contentsOf(url: string): Promise<Record<string, string[]>> {
  const tables = await query(url, "select tablename from pg_tables where schemaname = 'public' order by 1");
  const contents: Record<string, string[]> = {};
  for (const table of tables.map(({ tablename }) => String(tablename))) {
    const rows = await query(url, `select t::text as row from "${table}" t order by 1`);
    contents[table] = rows.map(({ row }) => String(row));
  }
  return contents;
}

const sizesOf = (contents: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(contents).map(([table, rows]) => [table, rows.length]));

/** A folder whose `pg_dump` and `pg_restore` note their arguments and then do what they do. */
async function notingTools(): Promise<{ path: string; noted(): Promise<string> }> {
  const folder = join(root, 'tools');
  const notes = join(folder, 'arguments');
  await mkdir(folder);
  for (const tool of ['pg_dump', 'pg_restore']) {
    const script = `#!/bin/sh\necho "${tool} $*" >> '${notes}'\nPATH="$REAL_PATH" exec ${tool} "$@"\n`;
    await writeFile(join(folder, tool), script);
    await chmod(join(folder, tool), 0o755);
  }
  return { path: folder, noted: () => readFile(notes, 'utf8') };
}

async function startServer(): Promise<{ url: string; token: string; stop(): Promise<void> }> {
  const env = { ...process.env, PORT: '0', MAGPIE_DATA_DIR: source.dataDir, DATABASE_URL: source.databaseUrl };
  const server = spawn(process.execPath, ['server/cli.ts', 'serve', '--no-demo', '--json'], {
    env: { ...env, REDIS_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let url = '';
  for await (const line of server.stdout) {
    url = /"url":"([^"]+)"/.exec(String(line))?.[1] ?? '';
    if (url !== '') break;
  }
  return {
    url,
    token: (await readFile(join(source.dataDir, 'operator-token'), 'utf8')).trim(),
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    },
  };
}

test('made while a server writes to Postgres, a backup is one instant, and restored elsewhere it is the same', async () => {
  await registerModel(store, testConfig({ MAGPIE_DATA_DIR: source.dataDir }), modelOf('ada', 'bob'), {});
  await mkdir(join(source.dataDir, 'shops'), { recursive: true });
  await writeFile(join(source.dataDir, 'shops', 'mine.json'), '{}');
  const { url, token, stop } = await startServer();
  const acknowledged: string[] = [];
  let isWriting = true;
  const write = async (): Promise<void> => {
    while (isWriting) {
      const events = Array.from({ length: 20 }, (_, n) => ({
        ...{ id: uuidv7(), user_id: `shopper-${n}`, item_id: '7', type: 'view', value: 1 },
        occurred_at: new Date().toISOString(),
      }));
      const response = await fetch(`${url}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ events }),
      });
      expect(response.status).toBe(200);
      acknowledged.push(...events.map(({ id }) => id));
    }
  };
  const writing = Promise.all([write(), write()]);
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(200);
  const before = [...acknowledged];

  const { path, noted } = await notingTools();
  const tools = { PATH: `${path}${delimiter}${process.env['PATH']}`, REAL_PATH: process.env['PATH'] };
  const magpie = async (place: typeof source, ...args: string[]) => {
    const env = { ...process.env, ...tools, MAGPIE_DATA_DIR: place.dataDir, DATABASE_URL: place.databaseUrl };
    const { stdout } = await promisify(execFile)(process.execPath, ['server/cli.ts', ...args], { env });
    return manifestSchema.parse(JSON.parse(stdout));
  };
  const manifest = await magpie(source, 'backup', backupFile(), '--json');
  isWriting = false;
  await writing;
  await stop();
  expect(await magpie(target, 'restore', backupFile(), '--json')).toEqual(manifest);

  const [then, now] = await Promise.all([contentsOf(target.databaseUrl), contentsOf(source.databaseUrl)]);
  expect(sizesOf(then)).toEqual(manifest.rows[DUMP_PATH]);
  const restoredEvents = (then['events'] ?? []).join('\n');
  expect(before.filter((id) => !restoredEvents.includes(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(then['events']?.length ?? 0);
  const sourceEvents = new Set(now['events']);
  expect(then['events']?.filter((row) => !sourceEvents.has(row))).toEqual([]);
  const unchanged = ['models', 'model_promotions', 'store_migrations', 'api_keys', 'deleted_shoppers'];
  for (const table of unchanged) expect(then[table]).toEqual(now[table]);
  // A next event gets the next number.
  const restored = await openStore(target);
  expect(await restored.events.append([event('ada')])).toEqual(['accepted']);
  const current = await restored.models.current();
  expect((await readModel(join(target.dataDir, 'models'), current!)).users.ids).toEqual(['ada', 'bob']);
  await restored.close();
  expect(await readdir(target.dataDir)).toEqual(expect.arrayContaining(['models', 'operator-token', 'shops']));
  expect(await readdir(target.dataDir)).not.toContain('postgres');

  const passwords = [source, target].map(({ databaseUrl }) => new URL(databaseUrl).password);
  expect((await noted()).trim().split('\n')).toHaveLength(2);
  for (const password of passwords) expect(await noted()).not.toContain(password);
}, 60_000);

describe('what cannot be restored leaves database and folder as they were:', () => {
  beforeEach(async () => {
    await store.events.append([event('ada')]);
  });
  afterEach(async () => {
    expect(await contentsOf(target.databaseUrl)).toEqual({});
    expect(await readdir(root)).not.toContain('restored');
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.7))],
    [
      'flipped in one bit',
      (bytes: Buffer) => bytes.fill(bytes[bytes.length >> 1]! ^ 0x10, bytes.length >> 1, (bytes.length >> 1) + 1),
    ],
  ])('a file that is %s', async (_, damaged) => {
    await makeBackup(source, backupFile(), '1.2.3');
    await writeFile(backupFile(), damaged(await readFile(backupFile())));
    await expect(restoreBackup(backupFile(), target)).rejects.toThrow(/cannot be restored: .*nothing was written/);
  });

  test('a store of a newer Magpie', async () => {
    await query(source.databaseUrl, "insert into store_migrations values ('9999-of-the-future', '2030-01-01')");
    await makeBackup(source, backupFile(), '9.0.0');
    await expect(restoreBackup(backupFile(), target)).rejects.toThrow(/newer Magpie.*nothing was written/);
  });

  test('a backup that is to become a store in SQLite, or comes from one', async () => {
    await makeBackup(source, backupFile(), '1.2.3');
    await expect(restoreBackup(backupFile(), { ...target, databaseUrl: null })).rejects.toThrow(
      'its store is of Postgres: set DATABASE_URL to an empty database; nothing was written',
    );
    const embedded = { dataDir: join(root, 'embedded'), databaseUrl: null };
    await (await openStore(embedded)).close();
    const embeddedBackup = join(root, 'embedded.tar.gz');
    await makeBackup(embedded, embeddedBackup, '1.2.3');
    await expect(restoreBackup(embeddedBackup, target)).rejects.toThrow(
      'its store is of SQLite: restore it without DATABASE_URL; nothing was written',
    );
  });

  test('a preparation that fails', async () => {
    await makeBackup(source, backupFile(), '1.2.3');
    const failing = restoreBackup(backupFile(), target, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  });
});

test('a database that holds something is left as it is', async () => {
  await store.events.append([event('ada')]);
  await makeBackup(source, backupFile(), '1.2.3');
  await query(target.databaseUrl, 'create table mine (id text)');
  await expect(restoreBackup(backupFile(), target)).rejects.toThrow(/Postgres at .* is not empty \(mine …\)/);
  expect(await contentsOf(target.databaseUrl)).toEqual({ mine: [] });
});

test('what Postgres says against a dump is the error', async () => {
  await mkdir(source.dataDir);
  const url = new URL(source.databaseUrl);
  url.pathname = '/missing';
  const backup = makeBackup({ ...source, databaseUrl: url.href }, backupFile(), '1.2.3');
  await expect(backup).rejects.toThrow(/^Postgres at \S+\/missing cannot be used: database "missing" does not exist$/);
  expect(await readdir(root)).toEqual(['data']);
});

test('neither events nor deletions wait for a dump', async () => {
  await store.events.append([event('ada')]);
  const dump = new pg.Client({ connectionString: source.databaseUrl });
  await dump.connect();
  await dump.query(
    'begin transaction isolation level repeatable read; lock table deleted_shoppers in access share mode',
  );
  await store.shoppers.remove('ada', { at: new Date() });
  expect(await store.events.append([event('ada'), event('bob')])).toEqual(['deleted', 'accepted']);
  await dump.end();
});

describe('of shoppers who were deleted', () => {
  const remove = async (userId: string): Promise<void> => {
    const queue = await openJobQueue({ ...source, redisUrl: null, log: silentLog });
    await deleteShopper({ store, queue, modelsDir: join(source.dataDir, 'models') }, userId);
    await queue.close();
  };
  const restoreWithout = async (known: string[]): Promise<number> => {
    let nDeleted = 0;
    await restoreBackup(backupFile(), target, async (restored) => {
      const deletions = known.length === 0 ? null : await readDeletions(known);
      nDeleted = await applyDeletions(restored, deletions, silentLog);
    });
    return nDeleted;
  };
  beforeEach(() => store.events.append([event('ada'), event('bob'), event('eve')]));

  test.each([
    ['its database', () => [source.databaseUrl]],
    ['its database and data folder', () => [source.dataDir, source.databaseUrl]],
  ])('since the backup, none comes back where %s is named', async (_, known) => {
    await remove('eve');
    await makeBackup(source, backupFile(), '1.2.3');
    await remove('ada');
    expect(await restoreWithout(known())).toBe(1);
    const restored = await openStore(target);
    expect(await restored.events.ofUser('ada')).toEqual([]);
    expect(await restored.events.ofUser('bob')).toHaveLength(1);
    expect(await restored.events.append([event('ada'), event('eve')])).toEqual(['deleted', 'deleted']);
    await restored.close();
  });

  test('another installation, and a folder without its database, are refused', async () => {
    await remove('eve');
    await makeBackup(source, backupFile(), '1.2.3');
    const other = { dataDir: join(root, 'other'), databaseUrl: await testDatabaseUrl() };
    const others = await openStore(other);
    await others.shoppers.remove('zoe', { at: new Date() });
    await others.close();
    await expect(restoreWithout([other.databaseUrl])).rejects.toThrow('does not belong to this backup');
    await expect(restoreWithout([other.dataDir, other.databaseUrl])).rejects.toThrow('does not belong to this backup');
    await expect(restoreWithout([source.dataDir])).rejects.toThrow(/has no store.*--deleted-of postgres/);
    expect(await contentsOf(target.databaseUrl)).toEqual({});
  });

  test('a deletion that was under way goes on', async () => {
    const config = testConfig({ MAGPIE_DATA_DIR: source.dataDir });
    await registerModel(store, config, modelOf('ada', 'bob'), {});
    // All but the models.
    await store.shoppers.remove('ada', { at: new Date() });
    await makeBackup(source, backupFile(), '1.2.3');
    expect(await restoreWithout([])).toBe(1);
    const restored = await openStore(target);
    const current = await restored.models.current();
    expect((await readModel(join(target.dataDir, 'models'), current!)).users.ids).toEqual(['bob']);
    await restored.close();
  });
});
