import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileLock, tryLockFile } from './file-lock.ts';
import { makeFolder } from './make-folder.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Makes the data folder where it is missing, and locks it for this server, of which a data folder has one. Commands
 * beside a running server do not take the lock.
 * @throws OperatorError when another server has the folder (it is named with its process id), or the folder cannot be used.
 */
export function lockDataFolder(dataDir: string): FileLock {
  const pidFile = join(dataDir, 'server.pid');
  let lock: FileLock | null = null;
  try {
    makeFolder(dataDir);
    lock = tryLockFile(join(dataDir, 'server.lock.db'));
    if (lock !== null) writeFileSync(pidFile, `${process.pid}\n`);
  } catch (cause) {
    lock?.release();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`the data folder ${dataDir} cannot be used: ${reason}`, { cause });
  }
  if (lock !== null) return lock;
  throw new OperatorError(
    `another Magpie server (${processOf(pidFile)}) uses the data folder ${dataDir}: stop it, or set MAGPIE_DATA_DIR to another folder`,
  );
}

/** The file is only read while its writer holds the lock; right after that took it, it may not be there yet. */
function processOf(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`;
  } catch {
    return 'its process has just begun';
  }
}
