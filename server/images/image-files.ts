import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Some thousand product pictures of 60 KB. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/** Pictures change seldom, and a changed one mostly gets another address. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Fetched pictures in a folder, one file each, bounded in size and age. Several processes may share the folder. A lost
 * file is always allowed.
 */
export class ImageFiles {
  readonly #folder: string;
  readonly #maxBytes: number;
  #writtenBytes = Number.POSITIVE_INFINITY; // so that the first write looks at what is there already
  #sweeping: Promise<void> | null = null;

  constructor(folder: string, maxBytes = DEFAULT_MAX_BYTES) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  async get(url: string): Promise<Buffer | null> {
    const file = this.#fileOf(url);
    try {
      const { mtimeMs } = await stat(file);
      return Date.now() - mtimeMs < MAX_AGE_MS ? await readFile(file) : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async set(url: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = this.#fileOf(url);
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, bytes);
    await rename(draft, file);
    this.#writtenBytes += bytes.length;
    if (this.#writtenBytes < this.#maxBytes / 16) return;
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = null;
    });
    await this.#sweeping;
  }

  /** Removes the oldest files until what is left takes an eighth less than it may. */
  async #sweep(): Promise<void> {
    this.#writtenBytes = 0;
    const files = await Promise.all((await readdir(this.#folder)).map((name) => this.#describe(name)));
    const newestFirst = files.filter((file) => file !== null).sort((a, b) => b.mtimeMs - a.mtimeMs);
    let keptBytes = 0;
    for (const { file, sizeBytes } of newestFirst) {
      keptBytes += sizeBytes;
      if (keptBytes > this.#maxBytes * (7 / 8)) await rm(file, { force: true });
    }
  }

  async #describe(name: string): Promise<{ file: string; sizeBytes: number; mtimeMs: number } | null> {
    const file = join(this.#folder, name);
    try {
      const { size, mtimeMs } = await stat(file);
      return { file, sizeBytes: size, mtimeMs };
    } catch (error) {
      if (isMissing(error)) return null; // another process has just removed it
      throw error;
    }
  }

  #fileOf(url: string): string {
    return join(this.#folder, createHash('sha256').update(url).digest('hex'));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
