import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type Dialect, statementsOf } from '../database/database.ts';
import { secretFile } from '../secret-file.ts';
import type { StoreTables } from './tables.ts';

const KEY_BYTES = 32;

/**
 * Who has been deleted, as HMAC-SHA-256 of the user ids: enough to refuse what an old outbox or an old file brings, and no
 * list of ids. The key lies in the data folder and not in the database, so that a copy of the database alone does not
 * let a guessed id be checked.
 */
export class DeletedShoppers {
  readonly #keyPath: string;
  readonly #dialect: Dialect;
  #key: Promise<string> | null = null;

  constructor(dataDir: string, dialect: Dialect) {
    this.#keyPath = join(dataDir, 'deletion-key');
    this.#dialect = dialect;
  }

  /** @throws the system's error when the key can neither be read nor written. */
  async hashOf(userId: string): Promise<string> {
    this.#key ??= secretFile(this.#keyPath, () => randomBytes(KEY_BYTES).toString('base64url')).then(
      ({ secret }) => secret,
    );
    return createHmac('sha256', await this.#key)
      .update(userId)
      .digest('hex');
  }

  /** Those of the shoppers that have been deleted. In a transaction, none of them can be deleted until it ends. */
  async among(database: Kysely<StoreTables>, userIds: Iterable<string>): Promise<Set<string>> {
    const userOf = new Map<string, string>();
    for (const userId of userIds) userOf.set(await this.hashOf(userId), userId);
    const deleted = new Set<string>();
    for (const chunk of statementsOf([...userOf.keys()])) {
      const rows = await database
        .selectFrom('deleted_shoppers')
        .select('hash')
        .where('hash', 'in', chunk)
        // Takes the lock for which `waitForReaders` waits. On SQLite writers come one after the other.
        .$if(this.#dialect === 'postgres' && database.isTransaction, (query) => query.forKeyShare())
        .execute();
      for (const { hash } of rows) deleted.add(userOf.get(hash)!);
    }
    return deleted;
  }

  /** From when this transaction is committed, nothing of the shopper is taken any more. */
  async add(transaction: Transaction<StoreTables>, userId: string, atMs: number): Promise<void> {
    const hash = await this.hashOf(userId);
    if (this.#dialect === 'postgres') await waitForReaders(transaction);
    await transaction
      .insertInto('deleted_shoppers')
      .values({ hash, deleted_at: atMs })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
  }
}

/**
 * Waits for the transactions that have looked into the table: a SELECT … FOR KEY SHARE holds its ROW SHARE lock until its
 * transaction ends, and EXCLUSIVE is the weakest lock against that (PostgreSQL, "Explicit Locking"). What they write is there
 * when the deletion begins. ACCESS EXCLUSIVE would wait for `pg_dump` too, and every writer behind it.
 */
async function waitForReaders(transaction: Transaction<StoreTables>): Promise<void> {
  await sql`lock table deleted_shoppers in exclusive mode`.execute(transaction);
}
