import type { Kysely, Transaction } from 'kysely';

/** One relational database, SQLite or Postgres. Reads do not wait for writers. */
export interface Database<Tables> {
  readonly dialect: Dialect;
  readonly read: Kysely<Tables>;
  /**
   * Runs `work` in one transaction. It may run again from its start where the database asks for that (a deadlock) or goes
   * away and comes back, so it changes nothing but the database.
   * @throws StoreFullError when the disk is full: nothing of the transaction is kept.
   * @throws StoreUnavailableError when the database stays away.
   */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>, options?: WriteOptions): Promise<T>;
  close(): Promise<void>;
}

export interface WriteOptions {
  /**
   * Doing it twice is as doing it once, as with inserts by an id from outside. So it is also done again where the
   * connection broke between COMMIT and its answer, when it may have been kept.
   */
  idempotent?: boolean;
}

export type Dialect = 'sqlite' | 'postgres';

/**
 * Rows per statement at most: 14 columns stay below SQLite's limit of 32,766 parameters (Postgres: 65,535), and more
 * rows are hardly faster.
 */
const MAX_ROWS_PER_STATEMENT = 512;

/**
 * Splits rows into statements of 512 rows, then the rest by powers of two: so a statement has ten forms in all, each of
 * which is prepared once, rather than one form per number of rows.
 */
export function* statementsOf<T>(rows: readonly T[]): Generator<T[]> {
  let size = MAX_ROWS_PER_STATEMENT;
  for (let start = 0; start < rows.length; start += size) {
    while (size > rows.length - start) size /= 2;
    yield rows.slice(start, start + size);
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: https://www.sqlite.org/rescode.html */
const DAMAGE = new Set([11, 26]);

/** Whether an error says that SQLite found its file damaged, as by a failing disk: no trying again helps. */
export function saysDamaged(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  return DAMAGE.has(error.errcode & 0xff);
}
