import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

/** Postgres's advisory lock for changes of the tables: an arbitrary number, the same for every version of Magpie. */
const MIGRATION_LOCK = 7_306_091;

/**
 * Brings a database's tables to this version's form, in one transaction, one process at a time.
 * @param set names the tables that `migrations` are about, since a Postgres database holds several such sets.
 * @throws when the tables were made by a newer version, or cannot be changed; the database is as it was.
 */
export async function migrate<Tables>(
  database: Database<Tables>,
  set: string,
  migrations: Record<string, Migration>,
): Promise<void> {
  await database.write(async (transaction) => {
    // On SQLite the transaction itself keeps others out. Kysely's own lock is given back before Postgres has committed.
    if (database.dialect === 'postgres')
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
    const migrator = new Migrator({
      db: transaction,
      provider: { getMigrations: async () => migrations },
      migrationTableName: `${set}_migrations`,
      migrationLockTableName: `${set}_migrations_lock`,
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw explained(error);
  });
}

function explained(cause: unknown): unknown {
  const unknownMigration =
    cause instanceof Error && /previously executed migration (\S+) is missing/.exec(cause.message);
  if (!unknownMigration) return cause;
  return new Error(
    `the database was last used by a newer Magpie (it has the change "${unknownMigration[1]}"): start that version, or use another data folder`,
    { cause },
  );
}
