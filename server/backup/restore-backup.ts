import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { openStore } from '../store/open-store.ts';
import { pathIn, unpack, unusable } from './archive.ts';
import type { Manifest } from './manifest.ts';
import type { Place } from './place.ts';
import { DUMP_PATH, requireEmptyPostgres, restorePostgres } from './postgres-store.ts';
import { onPostgres, rowsOfTables } from './postgres-tables.ts';
import { rowsOf } from './sqlite-store.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Restores a backup into a data folder that is empty or not there and, where the store was in Postgres, into an empty
 * database. Everything is read and checked beside the folder first, so that folder and database get all of it or nothing.
 * @param prepare works on what was restored before the folder takes its place: `restored.dataDir` is not the place's yet.
 * @param options.signal stops it; nothing is left behind.
 * @throws OperatorError where the place holds something or is of another kind, or the file is no whole backup that this
 * version knows; the signal's reason
 */
export async function restoreBackup(
  file: string,
  { dataDir, databaseUrl }: Place,
  prepare: (restored: Place) => Promise<void> = async () => {},
  { signal }: { signal?: AbortSignal } = {},
): Promise<Manifest> {
  const target = resolve(dataDir);
  const held = await entriesOf(target);
  if (held !== null && held.length > 0) {
    throw new OperatorError(
      `${dataDir} is not empty (${held.slice(0, 3).join(', ')} …): a backup is restored into an empty folder only; set MAGPIE_DATA_DIR to another one`,
    );
  }
  if (databaseUrl !== null) await requireEmptyPostgres(databaseUrl);
  // A folder that is there may be a mounted volume, which can neither be replaced nor be renamed into.
  const beside = held === null ? dirname(target) : target;
  if (held === null) await mkdir(beside, { recursive: true });
  const scratch = await mkdtemp(join(beside, '.magpie-restore-'));
  let undo = async (): Promise<void> => {};
  try {
    const manifest = await unpack(file, scratch, (contents) => requireSameKind(file, contents, databaseUrl), signal);
    if (databaseUrl !== null) {
      undo = await restorePostgres(databaseUrl, scratch);
      await rm(dirname(join(scratch, DUMP_PATH)), { recursive: true });
    }
    await checkRows(file, scratch, manifest, databaseUrl);
    const restored = { dataDir: scratch, databaseUrl };
    signal?.throwIfAborted();
    await openOnce(file, restored);
    signal?.throwIfAborted();
    await prepare(restored);
    await syncFolders(scratch);
    signal?.throwIfAborted();
    if (held === null) await rename(scratch, target);
    else await moveEntries(scratch, target);
    await syncFolder(beside);
    return manifest;
  } catch (error) {
    await undo();
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function requireSameKind(file: string, { rows }: Manifest, databaseUrl: string | null): void {
  const isOfPostgres = DUMP_PATH in rows;
  if (isOfPostgres === (databaseUrl !== null)) return;
  throw unusable(
    file,
    isOfPostgres
      ? 'its store is of Postgres: set DATABASE_URL to an empty database'
      : 'its store is of SQLite: restore it without DATABASE_URL',
  );
}

/** Null where there is no such folder. */
async function entriesOf(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new OperatorError(`${folder} cannot be used as data folder: ${(cause as Error).message}`, { cause });
  }
}

/** Moves all entries, or none where one cannot be moved. */
async function moveEntries(from: string, to: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of await readdir(from)) {
      await rename(join(from, name), join(to, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await rename(join(to, name), join(from, name));
    throw error;
  }
}

/** Folders that a restored folder holds, and itself; the files in them are on the disk already. */
async function syncFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await syncFolder(join(folder, entry.name));
  await syncFolder(folder);
}

/**
 * Opens the restored store, which brings it to this version's form, and begins a new epoch: devices then send again what
 * they know that it does not. @throws OperatorError where a newer Magpie made it.
 */
async function openOnce(file: string, restored: Place): Promise<void> {
  try {
    const store = await openStore(restored);
    await store.changes.beginEpoch();
    await store.close();
  } catch (cause) {
    throw unusable(file, (cause as Error).message, cause);
  }
}

async function checkRows(file: string, folder: string, { rows }: Manifest, databaseUrl: string | null): Promise<void> {
  for (const [database, counts] of Object.entries(rows)) {
    const found =
      databaseUrl === null ? rowsOf(pathIn(file, folder, database)) : await onPostgres(databaseUrl, rowsOfTables);
    for (const [table, count] of Object.entries(counts)) {
      if (found[table] !== count) {
        throw unusable(file, `${database} has ${found[table] ?? 0} rows of ${count} in ${table}`);
      }
    }
  }
}
