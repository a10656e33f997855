import { join } from 'node:path';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { type SecretFile, secretFile } from '../secret-file.ts';
import { newSecret } from './credentials.ts';

/** Where the operator's token lies, readable by the server's own user only. */
export function operatorTokenPath(dataDir: string): string {
  return join(dataDir, 'operator-token');
}

/**
 * The operator's token: made at the first start, in a file of the data folder that all processes share. Deleting the file
 * and starting again makes another one, and the old one is refused.
 * @throws OperatorError when the folder cannot be written.
 */
export async function operatorToken({ dataDir }: Pick<Config, 'dataDir'>): Promise<SecretFile> {
  try {
    return await secretFile(operatorTokenPath(dataDir), () => newSecret('mgo'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`the operator's token cannot be kept in ${dataDir}: ${reason}`, { cause });
  }
}
