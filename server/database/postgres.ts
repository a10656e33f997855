import { setTimeout as delay } from 'node:timers/promises';
import type { Start } from '../start.ts';
import { StoreFullError } from '../store/store.ts';
import { UnavailableError } from '../unavailable-error.ts';
import type { Database, WriteOptions } from './database.ts';
import { untilAnswered } from './patience.ts';
import { patientQueries, transactions } from './postgres-driver.ts';
import { isDiskFull, isToRunAgain } from './postgres-errors.ts';
import { ConnectionLostError, PostgresSessions } from './postgres-sessions.ts';

/** A transaction that Postgres gives up in favour of another one is run again, so often. */
const TRIES = 5;
const RETRY_DELAY_MS = 20;
const START_RETRY_MS = 500;

/**
 * Reads and writes wait for some seconds where the server goes away; then they throw StoreUnavailableError.
 * @param url `postgres://user:password@host:port/database`
 * @param start.waitMs how long a server that cannot be reached is waited for now.
 * @throws when the server cannot be reached; the message names it without its password.
 */
export async function openPostgres<Tables>(url: string, start?: Start): Promise<Database<Tables>> {
  const sessions = new PostgresSessions(url);
  await reach(sessions, url, start);
  const reader = patientQueries<Tables>(sessions);
  const writer = transactions<Tables>(sessions);
  const writeOnce: Database<Tables>['write'] = async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await writer.transaction().execute(work);
      } catch (cause) {
        if (isDiskFull(cause)) {
          throw new StoreFullError(
            'the disk of the Postgres server is full: nothing of this change was kept, everything before it was; make room and try again',
            { cause },
          );
        }
        if (!isToRunAgain(cause) || attempt === TRIES) throw cause;
        await delay(RETRY_DELAY_MS * attempt * Math.random());
      }
    }
  };
  return {
    dialect: 'postgres',
    read: reader,
    write: (work, { idempotent = false }: WriteOptions = {}) => untilAnswered(() => writeOnce(work), { idempotent }),
    async close() {
      await reader.destroy();
      await writer.destroy();
      await sessions.end();
    },
  };
}

/** Waits until the server takes a connection, where it only cannot be reached: not where it refuses this user. */
async function reach(sessions: PostgresSessions, url: string, start: Start | undefined): Promise<void> {
  const { host, pathname } = new URL(url);
  const name = `Postgres at ${host}${pathname} (DATABASE_URL)`;
  const waitMs = start?.waitMs ?? 0;
  const giveUpAt = performance.now() + waitMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return (await sessions.take()).release();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (!(cause instanceof ConnectionLostError) || performance.now() >= giveUpAt) {
        await sessions.end();
        const message = `${name} cannot be used: ${reason}`;
        throw cause instanceof ConnectionLostError
          ? new UnavailableError(message, { cause })
          : new Error(message, { cause });
      }
      if (isFirst) start?.log.warn(`${name} does not answer yet: ${reason}; waiting up to ${waitMs / 1_000} s`);
      await delay(START_RETRY_MS);
    }
  }
}
