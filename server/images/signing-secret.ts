import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { secretFile } from '../secret-file.ts';

const SECRET_BYTES = 32;

/**
 * What signs links to images: `MAGPIE_SECRET`, else a file of the data folder that the first process makes, so that
 * every process that shares the folder signs alike.
 * @throws OperatorError when the folder cannot be written.
 */
export async function signingSecret({ dataDir, secret }: Pick<Config, 'dataDir' | 'secret'>): Promise<string> {
  if (secret !== null) return secret;
  try {
    const path = join(dataDir, 'signing-secret');
    return (await secretFile(path, () => randomBytes(SECRET_BYTES).toString('base64url'))).secret;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`the secret that signs image links cannot be kept in ${dataDir}: ${reason}`, { cause });
  }
}
