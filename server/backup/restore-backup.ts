import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { OperatorError } from '../operator-error.ts';
import { openStore } from '../store/open-store.ts';
import { BACKUP_FORMAT, MANIFEST_PATH, type Manifest, manifestSchema, rowsOf } from './manifest.ts';

const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Restores a backup into a data folder that is empty or not there. Everything is read and checked beside it first, so that
 * the folder gets all of it or nothing.
 * @param prepare works on the restored folder before it takes its place.
 * @throws OperatorError where the folder holds something, or the file is no whole backup that this version knows.
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<Manifest> {
  const target = resolve(dataDir);
  const held = await entriesOf(target);
  if (held !== null && held.length > 0) {
    throw new OperatorError(
      `${dataDir} is not empty (${held.slice(0, 3).join(', ')} …): a backup is restored into an empty folder only; set MAGPIE_DATA_DIR to another one`,
    );
  }
  // A folder that is there may be a mounted volume, which can neither be replaced nor be renamed into.
  const beside = held === null ? dirname(target) : target;
  if (held === null) await mkdir(beside, { recursive: true });
  const scratch = await mkdtemp(join(beside, '.magpie-restore-'));
  try {
    const manifest = await unpack(file, scratch);
    checkRows(file, scratch, manifest);
    await checkVersion(file, scratch);
    await prepare(scratch);
    if (held === null) await rename(scratch, target);
    else await moveEntries(scratch, target);
    return manifest;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
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

/** Opens the restored store, which brings it to this version's form. @throws OperatorError where a newer Magpie made it. */
async function checkVersion(file: string, folder: string): Promise<void> {
  try {
    const store = await openStore({ dataDir: folder, databaseUrl: null });
    await store.close();
  } catch (cause) {
    throw unusable(file, (cause as Error).message, cause);
  }
}

function unusable(file: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError(`${file} cannot be restored: ${why}; nothing was written`, { cause });
}

async function unpack(file: string, folder: string): Promise<Manifest> {
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive);
  // It is waited for below; a loop that ends before must not leave it without a handler.
  reading.catch(() => {});
  let manifest: Manifest | null = null;
  let nRead = 0;
  try {
    for await (const entry of archive) {
      const { name } = entry.header;
      if (manifest === null) {
        if (name !== MANIFEST_PATH) throw unusable(file, 'it is no backup of Magpie');
        manifest = readManifest(file, await textOf(entry));
        continue;
      }
      const listed = manifest.files[nRead];
      if (listed === undefined || listed.path !== name) throw unusable(file, 'its files are not those that it lists');
      const { bytes, sha256 } = await writeOut(entry, pathIn(file, folder, listed.path));
      if (bytes !== listed.bytes || sha256 !== listed.sha256) throw unusable(file, `${name} is damaged in it`);
      nRead += 1;
    }
    await reading;
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw unusable(file, `it is no whole archive (${(cause as Error).message})`, cause);
  }
  if (manifest === null || nRead < manifest.files.length) throw unusable(file, 'it is not whole');
  return manifest;
}

function readManifest(file: string, text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unusable(file, 'its list of contents is damaged', cause);
  }
  const format = formatOf(value);
  if (format !== null && format > BACKUP_FORMAT)
    throw unusable(file, 'it was made by a newer Magpie: use that version');
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw unusable(file, 'its list of contents is damaged', parsed.error);
  return parsed.data;
}

function formatOf(value: unknown): number | null {
  return typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number'
    ? value.format
    : null;
}

/** Where a file of the archive is written: never outside the folder, whatever an archive says. */
function pathIn(file: string, folder: string, path: string): string {
  const full = resolve(folder, path);
  if (full.startsWith(folder + sep)) return full;
  throw unusable(file, `"${path}" is no file of a data folder`);
}

async function textOf(entry: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_MANIFEST_BYTES) throw new Error('its list of contents has no end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function writeOut(entry: AsyncIterable<unknown>, path: string): Promise<{ bytes: number; sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    entry as AsyncIterable<Buffer>,
    async function* measured(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path, { mode: FILE_MODE, flags: 'wx' }),
  );
  return { bytes, sha256: hash.digest('hex') };
}

function checkRows(file: string, folder: string, { rows }: Manifest): void {
  for (const [database, counts] of Object.entries(rows)) {
    const found = rowsOf(pathIn(file, folder, database));
    for (const [table, count] of Object.entries(counts)) {
      if (found[table] !== count) {
        throw unusable(file, `${database} has ${found[table] ?? 0} rows of ${count} in ${table}`);
      }
    }
  }
}
