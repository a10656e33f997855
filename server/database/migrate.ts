import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

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
  const migrator = new Migrator({
    // Not inside `write`: the migrator takes its lock before it begins its own transaction.
    db: database.read,
    provider: { getMigrations: async () => migrations },
    migrationTableName: `${set}_migrations`,
    migrationLockTableName: `${set}_migrations_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const reason = error instanceof Error ? error.message : String(error);
  const unknownMigration = /previously executed migration (\S+) is missing/.exec(reason);
  if (unknownMigration !== null) {
    throw new Error(
      `the database was last used by a newer Magpie (it has the change "${unknownMigration[1]}"): start that version, or another data folder`,
      { cause: error },
    );
  }
  throw new Error(`the database's tables could not be brought up to date: ${reason}`, { cause: error });
}
