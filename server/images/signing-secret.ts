import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';

const SECRET_BYTES = 32;

/**
 * What signs links to images: `MAGPIE_SECRET`, else a file of the data folder that the first process makes, so that
 * every process that shares the folder signs alike.
 * @throws OperatorError when the folder cannot be written.
 */
export async function signingSecret({ dataDir, secret }: Pick<Config, 'dataDir' | 'secret'>): Promise<string> {
  if (secret !== null) return secret;
  const file = join(dataDir, 'signing-secret');
  try {
    return (await readIfThere(file)) ?? (await make(file, dataDir));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`the secret that signs image links cannot be kept in ${dataDir}: ${reason}`, { cause });
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Written aside and linked: of several processes one wins, and none reads half a file. */
async function make(file: string, dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}
