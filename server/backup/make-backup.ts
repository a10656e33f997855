import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { OperatorError } from '../operator-error.ts';
import { type DataFiles, dataFiles } from './data-files.ts';
import { BACKUP_FORMAT, MANIFEST_PATH, type Manifest, rowsOf, sha256Of } from './manifest.ts';

/** All pages in one step: with less, each write of a running server would begin it anew, for ever. */
const PAGES_PER_STEP = 1_000_000_000;
const MODE = 0o600;

/**
 * Writes a backup of a data folder as one archive (`.tar.gz`), while a server may run on it: each database as it was at one
 * instant, by SQLite's online backup; then the model files, declarations and secrets.
 * @param file is made with mode 0600, whole or not at all.
 * @param version of Magpie
 * @param options.signal stops it; nothing is left behind.
 * @throws OperatorError where there is nothing to back up, or the file is there already; the signal's reason
 */
export async function makeBackup(
  dataDir: string,
  file: string,
  version: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Manifest> {
  const target = resolve(file);
  if (await exists(target)) throw new OperatorError(`${file} is there already: choose another name, or remove it`);
  const { databases } = await listed(dataDir);
  if (databases.length === 0) throw new OperatorError(`there is no database in ${dataDir}: nothing to back up`);
  const scratch = await mkdtemp(join(dirname(target), '.magpie-backup-'));
  try {
    for (const name of databases) await copyDatabase(join(dataDir, name), join(scratch, name));
    // Listed only now: a model that the databases name has its file, since files are written before they are named.
    const { others } = await listed(dataDir);
    const copied = [...databases];
    for (const path of others) {
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
      rows: Object.fromEntries(databases.map((name) => [name, rowsOf(join(scratch, name))])),
      files,
    };
    // Files of the folder whose names begin so are no part of a backup.
    const draft = join(scratch, '.archive');
    await writeArchive(scratch, manifest, draft, signal);
    await rename(draft, target);
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

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(source, to, { rate: PAGES_PER_STEP });
  } finally {
    source.close();
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

async function writeArchive(folder: string, manifest: Manifest, to: string, signal?: AbortSignal): Promise<void> {
  const archive = pack();
  const add = async (): Promise<void> => {
    archive.entry({ name: MANIFEST_PATH, mode: MODE }, JSON.stringify(manifest, null, 2));
    for (const { path, bytes } of manifest.files) await addFile(archive, path, bytes, join(folder, path));
    archive.finalize();
  };
  const write = pipeline(archive, createGzip(), createWriteStream(to, { mode: MODE, flags: 'wx' }), {
    ...(signal && { signal }),
  });
  // The first failure is the reason: a full disk ends the writing, and only then the adding.
  await Promise.all([write, add()]);
  const handle = await open(to, 'r+');
  await handle.sync();
  await handle.close();
}

async function addFile(archive: Pack, name: string, size: number, from: string): Promise<void> {
  const entry = archive.entry({ name, size, mode: MODE });
  await pipeline(createReadStream(from), entry);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
