import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, type Pack, pack } from 'tar-stream';
import { OperatorError } from '../operator-error.ts';
import { BACKUP_FORMAT, MANIFEST_PATH, type Manifest, manifestSchema } from './manifest.ts';

const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
/** What the file system says of a file that is not there, is a folder or is another user's. */
const CANNOT_BE_READ = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM']);
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Writes the files of a folder as one archive (`.tar.gz`), the manifest first.
 * @param to must not be there; on the disk when this resolves.
 */
export async function writeArchive(
  folder: string,
  manifest: Manifest,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  const archive = pack();
  const add = async (): Promise<void> => {
    archive.entry({ name: MANIFEST_PATH, mode: FILE_MODE }, JSON.stringify(manifest, null, 2));
    for (const { path, bytes } of manifest.files) await addFile(archive, path, bytes, join(folder, path));
    archive.finalize();
  };
  const write = pipeline(archive, createGzip(), createWriteStream(to, { mode: FILE_MODE, flags: 'wx' }), {
    ...(signal && { signal }),
  });
  // The first failure is the reason: a full disk ends the writing, and only then the adding.
  await Promise.all([write, add()]);
  const handle = await open(to, 'r+');
  await handle.sync();
  await handle.close();
}

async function addFile(archive: Pack, name: string, size: number, from: string): Promise<void> {
  const entry = archive.entry({ name, size, mode: FILE_MODE });
  await pipeline(createReadStream(from), entry);
}

/**
 * Reads an archive into a folder, and checks that each file is as its manifest says.
 * @param check looks at the manifest before any other file is read.
 * @throws OperatorError where it is no whole backup that this version knows; the signal's reason
 */
export async function unpack(
  file: string,
  folder: string,
  check: (manifest: Manifest) => void = () => {},
  signal?: AbortSignal,
): Promise<Manifest> {
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive, { ...(signal && { signal }) });
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
        check(manifest);
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
    signal?.throwIfAborted();
    if (cause instanceof OperatorError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw unusable(file, 'the disk is full', cause);
    if (CANNOT_BE_READ.has(code ?? '')) throw unusable(file, message, cause);
    throw unusable(file, `it is no whole archive (${message})`, cause);
  }
  if (manifest === null || nRead < manifest.files.length) throw unusable(file, 'it is not whole');
  return manifest;
}

/** An error that says why a backup cannot be restored. */
export function unusable(file: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError(`${file} cannot be restored: ${why}; nothing was written`, { cause });
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

/** Where a file of an archive is written: never outside the folder, whatever an archive says. */
export function pathIn(file: string, folder: string, path: string): string {
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
    createWriteStream(path, { mode: FILE_MODE, flags: 'wx', flush: true }),
  );
  return { bytes, sha256: hash.digest('hex') };
}
