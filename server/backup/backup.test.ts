import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { openStore } from '../store/open-store.ts';
import type { EventRecord, Store } from '../store/store.ts';
import { silentLog } from '../testing/test-log.ts';
import { applyDeletions } from './apply-deletions.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

let root: string;
let dataDir: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'magpie-backup-'));
  dataDir = join(root, 'data');
  store = await openStore({ dataDir, databaseUrl: null });
});
afterEach(async () => {
  await store.close();
  await rm(root, { recursive: true });
});

function event(userId: string): EventRecord {
  return { id: uuidv7(), userId, itemId: '7', type: 'view', value: 1, occurredAt: new Date(0), source: 'test' };
}

const backupFile = () => join(root, 'backup.tar.gz');
const restoredDir = () => join(root, 'restored');

async function idsIn(folder: string): Promise<Set<string>> {
  const restored = await openStore({ dataDir: folder, databaseUrl: null });
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
  await expect.poll(() => acknowledged.length).toBeGreaterThan(400);
  const before = [...acknowledged];
  const manifest = await makeBackup(dataDir, backupFile(), '1.2.3');
  isWriting = false;
  await writing;

  expect((await stat(backupFile())).mode & 0o777).toBe(0o600);
  expect(await restoreBackup(backupFile(), restoredDir())).toEqual(manifest);
  const ids = await idsIn(restoredDir());
  expect(before.filter((id) => !ids.has(id))).toEqual([]);
  expect(ids.size).toBe(manifest.rows['magpie.db']?.['events']);
  expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data', 'restored']);
});

describe('a file that cannot be restored', () => {
  beforeEach(async () => {
    await store.events.append([event('ada')]);
    await makeBackup(dataDir, backupFile(), '1.2.3');
  });
  afterEach(async () => {
    // Nothing is left behind.
    expect((await readdir(root)).toSorted()).toEqual(['backup.tar.gz', 'data']);
  });

  test.each([0, 1, 100, 0.3, 0.7, 0.99])('is refused when it is cut (%s)', async (where) => {
    const bytes = await readFile(backupFile());
    await writeFile(backupFile(), bytes.subarray(0, where > 0 && where < 1 ? Math.floor(bytes.length * where) : where));
    await expect(restoreBackup(backupFile(), restoredDir())).rejects.toThrow(
      /cannot be restored: .*nothing was written/,
    );
  });

  test.each([0.2, 0.5, 0.8])('is refused when a bit of it is another (at %s)', async (where) => {
    const bytes = await readFile(backupFile());
    const at = Math.floor(bytes.length * where);
    bytes[at] = bytes[at]! ^ 0x10;
    await writeFile(backupFile(), bytes);
    await expect(restoreBackup(backupFile(), restoredDir())).rejects.toThrow(/cannot be restored/);
  });

  test('is refused when it is something else', async () => {
    await writeFile(backupFile(), 'id,name\n1,Ada\n');
    await expect(restoreBackup(backupFile(), restoredDir())).rejects.toThrow(/cannot be restored/);
  });
});

test('a folder that holds something is left as it is, and so is a file', async () => {
  await makeBackup(dataDir, backupFile(), '1.2.3');
  await expect(restoreBackup(backupFile(), dataDir)).rejects.toThrow('is not empty');
  await expect(makeBackup(dataDir, backupFile(), '1.2.3')).rejects.toThrow('is there already');
});

test('a backup brings nobody back who was deleted since, and takes nothing of them any more', async () => {
  await store.events.append([event('ada'), event('bob')]);
  await makeBackup(dataDir, backupFile(), '1.2.3');
  const queue = await openJobQueue({ dataDir, databaseUrl: null, redisUrl: null, log: silentLog });
  await deleteShopper({ store, queue, modelsDir: join(dataDir, 'models') }, 'ada');
  await queue.close();

  await restoreBackup(backupFile(), restoredDir(), async (folder) => {
    expect(await applyDeletions(folder, dataDir, silentLog)).toBe(1);
  });
  const restored = await openStore({ dataDir: restoredDir(), databaseUrl: null });
  expect(await restored.events.ofUser('ada')).toEqual([]);
  expect(await restored.events.ofUser('bob')).toHaveLength(1);
  expect(await restored.events.append([event('ada')])).toEqual(['deleted']);
  await restored.close();
});
