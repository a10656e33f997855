import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { writeArchive } from './archive.ts';
import { type DataFiles, dataFiles } from './data-files.ts';
import { BACKUP_FORMAT, type Manifest, sha256Of } from './manifest.ts';
import type { Place } from './place.ts';
import { dumpPostgres } from './postgres-store.ts';
import { copySqlite } from './sqlite-store.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Writes a backup as one archive (`.tar.gz`), while servers may run: the store as it was at one instant (SQLite's online
 * backup, or `pg_dump`); then the model files that the store names, declarations and secrets.
 * @param file is made with mode 0600, whole or not at all.
 * @param version of Magpie
 * @param options.signal stops it; nothing is left behind.
 * @throws OperatorError where there is nothing to back up, or the file is there already; the signal's reason
 */
export async function makeBackup(
  { dataDir, databaseUrl }: Place,
  file: string,
  version: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Manifest> {
  const target = resolve(file);
  if (await exists(target)) throw new OperatorError(`${file} is there already: choose another name, or remove it`);
  const { databases } = await listed(dataDir);
  const scratch = await mkdtemp(join(dirname(target), '.magpie-backup-')).catch((cause: Error) => {
    throw new OperatorError(`nothing can be written to ${dirname(target)}: ${cause.message}`, { cause });
  });
  try {
    const store =
      databaseUrl === null
        ? await copySqlite(dataDir, databases, scratch)
        : await dumpPostgres(databaseUrl, scratch, { ...(signal && { signal }) });
    // Listed only now: a model that the store names has its file, since files are written before they are named. A file that
    // it does not name is left out: no deletion would reach it.
    const { models, others } = await listed(dataDir);
    const named = models.filter((name) => store.modelFiles.has(name)).map((name) => `models/${name}`);
    const copied = [...store.files];
    for (const path of [...named, ...others]) {
      signal?.throwIfAborted();
      if (await copyIfThere(join(dataDir, path), join(scratch, path))) copied.push(path);
    }
    const files: Manifest['files'] = [];
    // One by one: a folder may hold more files than a process may open.
    for (const path of copied) {
      signal?.throwIfAborted();
      const full = join(scratch, path);
      files.push({ path, bytes: (await stat(full)).size, sha256: await sha256Of(full) });
    }
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      magpie: version,
      made_at: new Date().toISOString(),
      rows: store.rows,
      files,
    };
    // Files of the folder whose names begin so are no part of a backup.
    const draft = join(scratch, '.archive');
    await writeArchive(scratch, manifest, draft, signal);
    await rename(draft, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
    throw new OperatorError(`the disk that is to hold ${file} is full: no backup was written`, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function listed(dataDir: string): Promise<DataFiles> {
  try {
    return await dataFiles(dataDir);
  } catch (cause) {
    throw new OperatorError(`the data folder ${dataDir} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** False for a file that has gone since the folder was listed, such as a model that was replaced. */
async function copyIfThere(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
