import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from './make-folder.ts';
import { OperatorError } from './operator-error.ts';

const SQLITE_BUSY = 5;

/** Held by one server per data folder. */
export interface DataFolderLock {
  release(): void;
}

/** An unreferenced lock would be closed, and so released, by the garbage collector. */
const locks = new Set<DatabaseSync>();

/**
 * Makes the data folder where it is missing, and locks it for this server. Commands beside a running server do not
 * take the lock. The kernel frees it when the process ends, however it ends: it is SQLite's own lock on a file, since
 * Node has no call for one.
 * @throws OperatorError when another server has the folder (it is named with its process id), or the folder cannot be used.
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const pidFile = join(dataDir, 'server.pid');
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(dataDir);
    lock = new DatabaseSync(join(dataDir, 'server.lock.db'), { timeout: 0 });
    lock.exec('begin exclusive');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (cause) {
    lock?.close();
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY) {
      throw new OperatorError(
        `another Magpie server (${processOf(pidFile)}) uses the data folder ${dataDir}: stop it, or set MAGPIE_DATA_DIR to another folder`,
        { cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`the data folder ${dataDir} cannot be used: ${reason}`, { cause });
  }
  const held = lock;
  locks.add(held);
  return {
    release() {
      locks.delete(held);
      held.close();
    },
  };
}

/** The file is only read while its writer holds the lock; right after that took it, it may not be there yet. */
function processOf(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`;
  } catch {
    return 'its process has just begun';
  }
}
