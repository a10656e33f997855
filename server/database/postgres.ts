import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { StoreFullError } from '../store/store.ts';
import type { Database } from './database.ts';

/** One process's share of a server's default of 100 connections. */
const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 10_000;
/** A transaction that Postgres gives up in favour of another one is run again, so often. */
const TRIES = 5;
const RETRY_DELAY_MS = 20;

/** Error codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DISK_FULL = '53100';
const RUN_AGAIN = new Set(['40001', '40P01']);

/**
 * @param url `postgres://user:password@host:port/database`
 * @throws when the server cannot be reached; the message names it without its password.
 */
export async function openPostgres<Tables>(url: string): Promise<Database<Tables>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // An idle connection that breaks is replaced at the next query, which reports what is still wrong then.
  pool.on('error', () => {});
  await assertReachable(pool, url);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    read: kysely,
    async write(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await kysely.transaction().execute(work);
        } catch (cause) {
          const code = cause instanceof pg.DatabaseError ? cause.code : undefined;
          if (code === DISK_FULL) {
            throw new StoreFullError(
              'the disk of the Postgres server is full: nothing of this change was kept, everything before it was; make room and try again',
              { cause },
            );
          }
          if (code === undefined || !RUN_AGAIN.has(code) || attempt === TRIES) throw cause;
          await delay(RETRY_DELAY_MS * attempt * Math.random());
        }
      }
    },
    close: () => kysely.destroy(),
  };
}

async function assertReachable(pool: pg.Pool, url: string): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (cause) {
    await pool.end();
    const { host, pathname } = new URL(url);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Postgres at ${host}${pathname} (DATABASE_URL) cannot be used: ${reason}`, { cause });
  }
}

/** bigint as a number, as SQLite gives it: instants and counts stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
}
