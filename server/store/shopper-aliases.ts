import { type Kysely, sql, type Transaction } from 'kysely';
import { type Dialect, statementsOf } from '../database/database.ts';
import type { StoreTables } from './tables.ts';

/**
 * The shoppers that earlier ids stand for, by the earlier id. A shopper that joined another one is known by the other's id;
 * an outbox that was filled before still names the earlier one.
 *
 * In a transaction, none of the ids can join another shopper until it ends.
 */
export async function currentIds(
  database: Kysely<StoreTables>,
  userIds: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const current = new Map<string, string>();
  for (const chunk of statementsOf([...userIds])) {
    const rows = await database.selectFrom('shopper_aliases').selectAll().where('user_id', 'in', chunk).execute();
    for (const { user_id, shopper_id } of rows) current.set(user_id, shopper_id);
  }
  return current;
}

/**
 * Waits for the transactions that have asked what an id stands for: a SELECT holds its lock until its transaction ends
 * (PostgreSQL, "Explicit Locking"). What they write is there when the data is moved. On SQLite writers come one after the
 * other.
 */
export async function waitForAliasReaders(transaction: Transaction<StoreTables>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') await sql`lock table shopper_aliases in access exclusive mode`.execute(transaction);
}
