import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../operator-error.ts';
import type { StoreCopy } from './store-copy.ts';

/** The file of a data folder that has the store. */
export const STORE_PATH = 'magpie.db';

/** All pages in one step: with less, each write of a running server would begin it anew, for ever. */
const PAGES_PER_STEP = 1_000_000_000;

/**
 * Copies databases of a data folder by SQLite's online backup, while a server may write to them.
 * @param databases names of their files
 * @param folder gets the copies
 */
export async function copySqlite(dataDir: string, databases: readonly string[], folder: string): Promise<StoreCopy> {
  if (databases.length === 0) throw new OperatorError(`there is no database in ${dataDir}: nothing to back up`);
  for (const name of databases) await copyDatabase(join(dataDir, name), join(folder, name));
  return {
    files: [...databases],
    rows: Object.fromEntries(databases.map((name) => [name, rowsOf(join(folder, name))])),
    modelFiles: databases.includes(STORE_PATH) ? modelFiles(join(folder, STORE_PATH)) : new Set(),
  };
}

/** Rows of each table of a SQLite file. @throws SQLite's error where the file is damaged. */
export function rowsOf(path: string): Record<string, number> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.fromEntries(
      tablesOf(database).map((table) => {
        const quoted = `"${table.replaceAll('"', '""')}"`;
        return [table, Number(database.prepare(`select count(*) as n from ${quoted}`).get()?.['n'])];
      }),
    );
  } finally {
    database.close();
  }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(source, to, { rate: PAGES_PER_STEP });
  } finally {
    source.close();
  }
}

function modelFiles(path: string): Set<string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    if (!tablesOf(database).includes('models')) return new Set();
    const rows = database.prepare('select file from models').all();
    return new Set(rows.map(({ file }) => String(file)));
  } finally {
    database.close();
  }
}

function tablesOf(database: DatabaseSync): string[] {
  const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all();
  return tables.map(({ name }) => String(name));
}
