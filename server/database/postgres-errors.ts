import pg from 'pg';
import { isConnectionError } from '../connection-errors.ts';

/** Error codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DISK_FULL = '53100';
/** A serialization failure, a deadlock. */
const RUN_AGAIN: ReadonlySet<unknown> = new Set(['40001', '40P01']);
/** Shutting down, crashed, starting; all connections taken. */
const AWAY: ReadonlySet<unknown> = new Set(['57P01', '57P02', '57P03', '53300']);
/** Class 08: connection exceptions. */
const CONNECTION_CLASS = '08';

/** Errors without a code: of pg where a connection has ended, and of its pool where none came free in time. */
const AWAY_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect)/;

export function isDiskFull(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === DISK_FULL;
}

/** Whether Postgres gave the transaction up in favour of another one. */
export function isToRunAgain(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RUN_AGAIN.has(error.code);
}

/** Whether an error says no more than that the server is away for now. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError)
    return AWAY.has(error.code) || error.code?.startsWith(CONNECTION_CLASS) === true;
  return isConnectionError(error) || AWAY_MESSAGES.test(error.message);
}
