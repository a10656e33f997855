import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreFullError } from '../store/store.ts';

/** What shoppers like is in these files: for the server's own user alone, as the database is. */
const MODE = 0o600;

/** Writes a file so that a crash or a full disk leaves the old one or the new one, never a half. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', MODE);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new StoreFullError(`the disk is full: ${path} could not be written; nothing was changed`, { cause: error });
    }
    throw error;
  }
}
