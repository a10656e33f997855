import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A secret that all processes of one data folder share. */
export interface SecretFile {
  secret: string;
  /** Whether this call made it. */
  isNew: boolean;
}

/**
 * Reads a secret from a file, which is made with mode 0600 where it is missing.
 * @param make gives the secret of a new file.
 * @throws the system's error when the file can neither be read nor written.
 */
export async function secretFile(path: string, make: () => string): Promise<SecretFile> {
  const kept = await readIfThere(path);
  if (kept !== null) return { secret: kept, isNew: false };
  await mkdir(dirname(path), { recursive: true });
  // Written aside and linked: of several processes one wins, and none reads half a file.
  const draft = `${path}.${randomUUID()}`;
  const secret = make();
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const winner = await readFile(path, 'utf8');
  return { secret: winner.trim(), isNew: winner.trim() === secret };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
