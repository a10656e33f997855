import { chmod, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { openStore, storeOn } from '../store/open-store.ts';
import { type EventRecord, StoreFullError } from '../store/store.ts';
import type { StoreTables } from '../store/tables.ts';
import { type Database, saysDamaged } from './database.ts';
import { migrate } from './migrate.ts';
import { openSqlite } from './sqlite.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-sqlite-'));
  return () => rm(folder, { recursive: true });
});

function events(from: number, count: number): EventRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `event-${from + index}`,
    userId: `user-${index % 50}`,
    itemId: `item-${index % 70}`,
    type: 'purchase',
    value: 1,
    occurredAt: new Date(0),
    source: 'test',
  }));
}

describe('a full disk', () => {
  test('is told as such, loses nothing that was accepted, and the store goes on when there is room', async () => {
    const database = openSqlite<StoreTables>(join(folder, 'magpie.db'), 'full');
    const store = await storeOn(database, folder);
    // SQLite's own limit makes the same SQLITE_FULL as a disk does.
    const limit = (pages: number) =>
      database.write((transaction) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(transaction));
    await limit(120);

    let accepted = 0;
    const fill = async () => {
      for (;;) {
        await store.events.append(events(accepted, 200));
        accepted += 200;
      }
    };
    await expect(fill()).rejects.toThrow(StoreFullError);
    await expect(store.events.append(events(accepted, 200))).rejects.toThrow(
      /^the disk that holds .*magpie\.db is full: nothing of this change was kept, .*; make room and try again$/,
    );
    expect(accepted).toBeGreaterThan(0);
    expect((await store.events.count()).events).toBe(accepted);

    await limit(100_000);
    expect(await store.events.append(events(accepted - 1, 2))).toEqual(['duplicate', 'accepted']);
    await store.close();

    const reopened = await openStore({ dataDir: folder, databaseUrl: null });
    expect((await reopened.events.count()).events).toBe(accepted + 1);
    await reopened.close();
  });
});

describe('another process that writes', () => {
  let database: Database<StoreTables>;
  let other: DatabaseSync;
  beforeEach(() => {
    database = openSqlite<StoreTables>(join(folder, 'shared.db'), 'full');
    other = new DatabaseSync(join(folder, 'shared.db'));
    other.exec('create table notes (note text)');
    return async () => {
      other.close();
      await database.close();
    };
  });

  test('is waited for without stopping this process, whose reads go on', async () => {
    other.exec("begin immediate; insert into notes values ('theirs')");
    let written = false;
    const writing = database
      .write((transaction) => sql`insert into notes values ('ours')`.execute(transaction))
      .then(() => {
        written = true;
      });
    let ticks = 0;
    for (; ticks < 5; ticks += 1) {
      await delay(5);
      expect((await sql`select note from notes`.execute(database.read)).rows).toEqual([]);
    }
    expect(written).toBe(false);
    other.exec('commit');
    await writing;
    const { rows } = await sql<{ note: string }>`select note from notes order by note`.execute(database.read);
    expect(rows.map(({ note }) => note)).toEqual(['ours', 'theirs']);
  });

  test('between our read and our write changes nothing: a transaction holds the write lock from its start', async () => {
    other.exec('pragma busy_timeout = 0');
    await database.write(async (transaction) => {
      await sql`select note from notes`.execute(transaction);
      expect(() => other.exec("insert into notes values ('theirs')")).toThrow('database is locked');
      await sql`insert into notes values ('ours')`.execute(transaction);
    });
  });
});

test('only its owner can read the file, its log and its shared memory, also where an earlier version made it', async () => {
  const path = join(folder, 'magpie.db');
  new DatabaseSync(path).close();
  await chmod(path, 0o644);
  const store = await storeOn(openSqlite<StoreTables>(path, 'full'), folder);
  await store.events.append(events(0, 1));
  for (const suffix of ['', '-wal', '-shm']) expect((await stat(path + suffix)).mode & 0o777, suffix).toBe(0o600);
  await store.close();
});

test('a file that is damaged in its middle is called so, not full or read-only', async () => {
  const store = await openStore({ dataDir: folder, databaseUrl: null });
  for (let from = 0; from < 20_000; from += 1_000) await store.events.append(events(from, 1_000));
  await store.close();
  const path = join(folder, 'magpie.db');
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size / 2, 0x5a), 0, size / 2, 4096 * Math.floor(size / 4 / 4096));
  await file.close();
  const damaged = await openStore({ dataDir: folder, databaseUrl: null });
  const scan = Array.fromAsync(damaged.events.scan());
  await expect(scan).rejects.toSatisfy(saysDamaged);
  await damaged.close();
});

test('a database that a newer version has changed is not touched', async () => {
  const database = openSqlite<StoreTables>(join(folder, 'magpie.db'), 'full');
  const nothing = { up: async () => {} };
  await migrate(database, 'store', { '0001_first': nothing, '0002_second': nothing });
  await expect(migrate(database, 'store', { '0001_first': nothing })).rejects.toThrow(
    'the database was last used by a newer Magpie (it has the change "0002_second")',
  );
  await database.close();
});

test('a migration that fails leaves the database as it was', async () => {
  const database = openSqlite<StoreTables>(join(folder, 'magpie.db'), 'full');
  const failing = {
    up: async () => {
      throw new Error('no');
    },
  };
  const make = {
    up: (tables: { schema: Database<unknown>['read']['schema'] }) =>
      tables.schema.createTable('x').addColumn('a', 'text').execute(),
  };
  await expect(migrate(database, 'store', { '0001': make, '0002': failing })).rejects.toThrow('no');
  expect((await sql`select name from sqlite_schema where name = 'x'`.execute(database.read)).rows).toEqual([]);
  await database.close();
});
