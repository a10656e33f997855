import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { OperatorError } from '../operator-error.ts';
import { nameOf, onPostgres, rowsOfTables, tablesOf } from './postgres-tables.ts';
import { findTool, runTool } from './postgres-tools.ts';
import type { StoreCopy } from './store-copy.ts';

/** Where a backup has the dump of a store in Postgres. A data folder has no such file, so that no other can be in its place. */
export const DUMP_PATH = 'postgres/store.dump';

/** Owners and rights are those of the database into which it is restored. */
const WITHOUT_OWNERS = ['--no-owner', '--no-privileges'];

/**
 * Dumps the whole database by `pg_dump`, while servers may write to it. The counts are of the same instant as the dump: both
 * are made from one snapshot (PostgreSQL, "Snapshot Synchronization Functions").
 * @param folder gets the dump. @throws OperatorError, UnavailableError; the signal's reason
 */
export async function dumpPostgres(
  url: string,
  folder: string,
  { signal }: { signal?: AbortSignal },
): Promise<StoreCopy> {
  const pgDump = findTool('pg_dump');
  return onPostgres(url, async (client) => {
    // The snapshot lasts as long as this transaction, which is idle while pg_dump works.
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query('set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0');
    const { rows: snapshots } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    const rows = await rowsOfTables(client);
    if (Object.keys(rows).length === 0) throw new OperatorError(`${nameOf(url)} is empty: nothing to back up`);
    const path = join(folder, DUMP_PATH);
    await mkdir(dirname(path));
    // Not compressed: the whole archive is.
    const format = ['--format=custom', '--compress=0', `--file=${path}`];
    const parameters = [...format, ...WITHOUT_OWNERS, `--snapshot=${snapshots[0]?.id}`];
    await runTool(pgDump, parameters, { url, ...(signal && { signal }) });
    return { files: [DUMP_PATH], rows: { [DUMP_PATH]: rows }, modelFiles: await modelFiles(client) };
  });
}

async function modelFiles(client: pg.Client): Promise<Set<string>> {
  if (!(await tablesOf(client)).has('models')) return new Set();
  const { rows } = await client.query<{ file: string }>('select file from models');
  return new Set(rows.map(({ file }) => file));
}

/** @throws OperatorError where the database has a table; UnavailableError */
export async function requireEmptyPostgres(url: string): Promise<void> {
  const tables = [...(await onPostgres(url, tablesOf)).keys()];
  if (tables.length === 0) return;
  throw new OperatorError(
    `${nameOf(url)} is not empty (${tables.slice(0, 3).join(', ')} …): a backup is restored into an empty database only; make one with "createdb" and name it in DATABASE_URL`,
  );
}

/**
 * Restores a dump into an empty database, all of it or nothing.
 * @returns empties the database again. @throws OperatorError with what `pg_restore` says
 */
export async function restorePostgres(url: string, folder: string): Promise<() => Promise<void>> {
  const parameters = ['--single-transaction', '--exit-on-error', ...WITHOUT_OWNERS, join(folder, DUMP_PATH)];
  await runTool(findTool('pg_restore'), parameters, { url });
  return () => onPostgres(url, dropAll);
}

async function dropAll(client: pg.Client): Promise<void> {
  const tables = [...(await tablesOf(client)).values()];
  if (tables.length > 0) await client.query(`drop table ${tables.join(', ')} cascade`);
}
