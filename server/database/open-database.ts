import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import type { Start } from '../start.ts';
import type { Database } from './database.ts';
import { type Durability, openSqlite } from './sqlite.ts';

/**
 * Opens Postgres where `databaseUrl` names one, else a SQLite file in the data folder.
 * @throws with one clear sentence when it cannot be opened.
 */
export async function openDatabase<Tables>(options: {
  dataDir: string;
  databaseUrl: string | null;
  /** SQLite's file in the data folder. */
  file: string;
  /** SQLite's; Postgres has its own setting. */
  durability: Durability;
  start?: Start;
}): Promise<Database<Tables>> {
  if (options.databaseUrl !== null) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres<Tables>(options.databaseUrl, options.start);
  }
  const path = join(options.dataDir, options.file);
  try {
    makeFolder(options.dataDir);
    return openSqlite<Tables>(path, options.durability);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the database ${path} cannot be opened: ${reason}`, { cause });
  }
}
