import { DatabaseSync } from 'node:sqlite';

/** SQLite's code where another connection has the lock. */
const SQLITE_BUSY = 5;

/** An unreferenced lock would be closed, and so released, by the garbage collector. */
const held = new Set<DatabaseSync>();

/** A lock on a file, held by one process of the machine. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock on a file, which is made where it is missing. It is SQLite's own lock, since Node has no call for one; the
 * kernel frees it when the process ends, however it ends.
 * @returns null where another process has it. @throws where the file cannot be made or locked
 */
export function tryLockFile(path: string): FileLock | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    throw error;
  }
  held.add(database);
  return {
    release() {
      held.delete(database);
      database.close();
    },
  };
}
