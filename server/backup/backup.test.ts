import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { RECOMMEND_JOB } from '../recommendations/job.ts';
import { readModel } from '../recommendations/model-files.ts';
import { openStore } from '../store/open-store.ts';
import type { EventRecord, Store } from '../store/store.ts';
import { testConfig } from '../testing/test-config.ts';
import { silentLog } from '../testing/test-log.ts';
import { registerModel } from '../training/register-model.ts';
import { applyDeletions } from './apply-deletions.ts';
import { readDeletions } from './known-deletions.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { modelOf } from './testing/model-of.ts';

const PHONE = `d-${'a'.repeat(32)}`;
const LAPTOP = `d-${'b'.repeat(32)}`;

let root: string;
let dataDir: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'magpie-backup-'));
  dataDir = join(root, 'data');
  store = await openStore(place(dataDir));
});
afterEach(async () => {
  await store.close();
  await rm(root, { recursive: true });
});

function event(userId: string): EventRecord {
  return { id: uuidv7(), userId, itemId: '7', type: 'view', value: 1, occurredAt: new Date(0), source: 'test' };
}

const place = (folder: string) => ({ dataDir: folder, databaseUrl: null });
const backupFile = () => join(root, 'backup.tar.gz');
const restoredDir = () => join(root, 'restored');

async function idsIn(folder: string): Promise<Set<string>> {
  const restored = await openStore(place(folder));
  const ids = new Set<string>();
  for await (const batch of restored.events.scan()) for (const { id } of batch) ids.add(id);
  await restored.close();
  return ids;
}

test('made while events are written, it holds all that were acknowledged before it, and is restored as it was', async () => {
  const acknowledged: string[] = [];
  let isWriting = true;
  const write = async (): Promise<void> => {
    while (isWriting) {
      const events = Array.from({ length: 20 }, (_, n) => event(`shopper-${n}`));
      await store.events.append(events);
      acknowledged.push(...events.map(({ id }) => id));
    }
  };
  const writing = Promise.all([write(), write()]);
  await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(400);
  const before = [...acknowledged];
  const manifest = await makeBackup(place(dataDir), backupFile(), '1.2.3');
  isWriting = false;
  await writing;

  expect((await stat(backupFile())).mode & 0o777).toBe(0o600);
  expect(await restoreBackup(backupFile(), place(restoredDir()))).toEqual(manifest);
  const ids = await idsIn(restoredDir());
  expect(before.filter((id) => !ids.has(id))).toEqual([]);
  expect(ids.size).toBe(manifest.rows['magpie.db']?.['events']);
  expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data', 'restored']);
});

describe('a file that cannot be restored', () => {
  beforeEach(async () => {
    await store.events.append([event('ada')]);
    await makeBackup(place(dataDir), backupFile(), '1.2.3');
  });
  afterEach(async () => {
    // Nothing is left behind.
    expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data']);
  });

  test.each([0, 1, 100, 0.3, 0.7, 0.99])('is refused when it is cut (%s)', async (where) => {
    const bytes = await readFile(backupFile());
    await writeFile(backupFile(), bytes.subarray(0, where > 0 && where < 1 ? Math.floor(bytes.length * where) : where));
    await expect(restoreBackup(backupFile(), place(restoredDir()))).rejects.toThrow(
      /cannot be restored: .*nothing was written/,
    );
  });

  test.each([0.2, 0.5, 0.8])('is refused when a bit of it is another (at %s)', async (where) => {
    const bytes = await readFile(backupFile());
    const at = Math.floor(bytes.length * where);
    bytes[at] = bytes[at]! ^ 0x10;
    await writeFile(backupFile(), bytes);
    await expect(restoreBackup(backupFile(), place(restoredDir()))).rejects.toThrow(/cannot be restored/);
  });

  test('is refused when it is something else', async () => {
    await writeFile(backupFile(), 'id,name\n1,Ada\n');
    await expect(restoreBackup(backupFile(), place(restoredDir()))).rejects.toThrow(/cannot be restored/);
  });
});

test.each(['café.json', 'shop (copy).json', "l'été & co.json"])('a shop declared in %s comes back', async (name) => {
  await mkdir(join(dataDir, 'shops'));
  await writeFile(join(dataDir, 'shops', name), '{}');
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await restoreBackup(backupFile(), place(restoredDir()));
  expect(await readdir(join(restoredDir(), 'shops'))).toEqual([name]);
});

test('files beside the databases come back whatever they are called; earlier backups are no part of one', async () => {
  await writeFile(join(dataDir, 'archive'), 'mine');
  await makeBackup(place(dataDir), join(dataDir, 'monday.tar.gz'), '1.2.3');
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await restoreBackup(backupFile(), place(restoredDir()));
  expect(await readFile(join(restoredDir(), 'archive'), 'utf8')).toBe('mine');
  expect(await readdir(restoredDir())).not.toContain('monday.tar.gz');
});

test('a deletion that was under way goes on, and a model file that the store does not name is left out', async () => {
  const config = testConfig({ MAGPIE_DATA_DIR: dataDir });
  await store.events.append([event('ada'), event('bob')]);
  await registerModel(store, config, modelOf('ada', 'bob'), {});
  await writeFile(join(dataDir, 'models', 'unregistered.safetensors'), 'of a training that has just ended');
  // All but the models.
  await store.shoppers.remove('ada', { at: new Date() });
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await restoreBackup(backupFile(), place(restoredDir()), async (restored) => {
    expect(await applyDeletions(restored, null, silentLog)).toBe(1);
  });
  const restored = await openStore(place(restoredDir()));
  const current = await restored.models.current();
  expect(await readdir(join(restoredDir(), 'models'))).toContain(current?.file);
  expect(await readdir(join(restoredDir(), 'models'))).not.toContain('unregistered.safetensors');
  expect((await readModel(join(restoredDir(), 'models'), current!)).users.ids).toEqual(['bob']);
  await restored.close();
});

test('an empty folder that is there stays the same folder, as a mounted volume does', async () => {
  await store.events.append([event('ada')]);
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await mkdir(restoredDir());
  const { ino } = await stat(restoredDir());
  await restoreBackup(backupFile(), place(restoredDir()));
  expect((await stat(restoredDir())).ino).toBe(ino);
  expect((await readdir(restoredDir())).filter((name) => name.startsWith('.'))).toEqual([]);
  expect((await idsIn(restoredDir())).size).toBe(1);
});

test('what a newer Magpie has written is refused before anything is there', async () => {
  const database = new DatabaseSync(join(dataDir, 'magpie.db'));
  database.exec("insert into store_migrations values ('9999-of-the-future', '2030-01-01')");
  database.close();
  await makeBackup(place(dataDir), backupFile(), '9.0.0');
  await expect(restoreBackup(backupFile(), place(restoredDir()))).rejects.toThrow(/newer Magpie.*nothing was written/);
  expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data']);
});

test('a backup that is stopped while its archive is written leaves nothing behind', async () => {
  await writeFile(join(dataDir, 'archive'), randomBytes(50_000_000));
  const stop = new AbortController();
  const stopped = expect(makeBackup(place(dataDir), backupFile(), '1.2.3', { signal: stop.signal })).rejects.toThrow();
  await expect
    .poll(async () => (await readdir(root, { recursive: true })).join(), { interval: 5, timeout: 10_000 })
    .toContain('/.archive');
  stop.abort();
  await stopped;
  expect(await readdir(root)).toEqual(['data']);
});

test('a restore that is stopped leaves nothing behind', async () => {
  await writeFile(join(dataDir, 'notes'), randomBytes(50_000_000));
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  const stop = new AbortController();
  const restored = restoreBackup(backupFile(), place(restoredDir()), undefined, { signal: stop.signal });
  const stopped = expect(restored).rejects.toThrow('enough');
  await expect
    .poll(async () => (await readdir(root, { recursive: true })).join(), { interval: 5, timeout: 10_000 })
    .toMatch(/\.magpie-restore-\w+\/magpie\.db/);
  stop.abort(new Error('enough'));
  await stopped;
  expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data']);
});

test('a backup into a folder that is not there, and one of no file, are sentences', async () => {
  await expect(makeBackup(place(dataDir), join(root, 'none', 'b.tar.gz'), '1.2.3')).rejects.toThrow(
    /^nothing can be written to .*none: ENOENT/,
  );
  await expect(restoreBackup(join(root, 'none.tar.gz'), place(restoredDir()))).rejects.toThrow(
    /cannot be restored: ENOENT.*nothing was written$/,
  );
});

test('a file in the place of the data folder is said', async () => {
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await writeFile(restoredDir(), '');
  await expect(restoreBackup(backupFile(), place(restoredDir()))).rejects.toThrow('cannot be used as data folder');
});

test('a folder that holds something is left as it is, and so is a file', async () => {
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  await expect(restoreBackup(backupFile(), place(dataDir))).rejects.toThrow('is not empty');
  await expect(makeBackup(place(dataDir), backupFile(), '1.2.3')).rejects.toThrow('is there already');
});

/** Deletes in the folder that is in use, and restores its earlier backup with what that folder knows. @returns how many it deleted */
async function deleteAndRestore(userId: string): Promise<number> {
  const queue = await openJobQueue({ dataDir, databaseUrl: null, redisUrl: null, log: silentLog });
  await deleteShopper({ store, queue, modelsDir: join(dataDir, 'models') }, userId);
  await queue.close();
  let nDeleted = 0;
  await restoreBackup(backupFile(), place(restoredDir()), async (restored) => {
    nDeleted = await applyDeletions(restored, await readDeletions([dataDir]), silentLog);
  });
  return nDeleted;
}

test('of a shopper who was deleted since, no device comes back, also where there were no events', async () => {
  const database = new DatabaseSync(join(dataDir, 'magpie.db'));
  const link = database.prepare('insert into device_links values (?, ?, ?, ?, ?)');
  for (const deviceId of [PHONE, LAPTOP]) link.run(deviceId, PHONE, 'a device', 0, 0);
  database.prepare('insert into shopper_aliases values (?, ?)').run(LAPTOP, PHONE);
  database.close();
  await makeBackup(place(dataDir), backupFile(), '1.2.3');

  expect(await deleteAndRestore(PHONE)).toBeGreaterThan(0);
  const restored = await openStore(place(restoredDir()));
  expect(await restored.links.ofShopper(PHONE)).toEqual([]);
  expect(await restored.links.earlierIds(PHONE)).toEqual([]);
  await restored.close();
});

test.each([
  ['bob', 'a job that recommends'],
  ['carol', 'a place among the public shoppers'],
])('%s, who left nothing but %s, does not come back', async (userId) => {
  const queue = await openJobQueue({ dataDir, databaseUrl: null, redisUrl: null, log: silentLog });
  if (userId === 'bob') await queue.add(RECOMMEND_JOB, { userId, limit: 3 });
  await queue.close();
  if (userId === 'carol') await store.publicShoppers.add([userId], 'test');
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  expect(await deleteAndRestore(userId)).toBe(1);
  const jobs = await openJobQueue({ dataDir: restoredDir(), databaseUrl: null, redisUrl: null, log: silentLog });
  expect(await jobs.list({ name: RECOMMEND_JOB })).toEqual([]);
  await jobs.close();
  const restored = await openStore(place(restoredDir()));
  expect(await restored.publicShoppers.has(userId)).toBe(false);
  await restored.close();
});

test('a backup brings nobody back who was deleted since, and takes nothing of them any more', async () => {
  await store.events.append([event('ada'), event('bob')]);
  await makeBackup(place(dataDir), backupFile(), '1.2.3');
  const queue = await openJobQueue({ dataDir, databaseUrl: null, redisUrl: null, log: silentLog });
  await deleteShopper({ store, queue, modelsDir: join(dataDir, 'models') }, 'ada');
  await queue.close();

  await restoreBackup(backupFile(), place(restoredDir()), async (restored) => {
    expect(await applyDeletions(restored, await readDeletions([dataDir]), silentLog)).toBe(1);
  });
  const restored = await openStore(place(restoredDir()));
  expect(await restored.events.ofUser('ada')).toEqual([]);
  expect(await restored.events.ofUser('bob')).toHaveLength(1);
  expect(await restored.events.append([event('ada')])).toEqual(['deleted']);
  await restored.close();
});
