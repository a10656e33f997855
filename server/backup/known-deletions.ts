import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../operator-error.ts';
import { nameOf, onPostgres, tablesOf } from './postgres-tables.ts';
import { STORE_PATH } from './sqlite-store.ts';

/** Deletions are kept as hashes under this key: see `DeletedShoppers`. */
export const DELETION_KEY = 'deletion-key';

const DELETIONS = 'select hash, deleted_at from deleted_shoppers';
const POSTGRES_URL = /^postgres(?:ql)?:\/\//;

export interface Deletion {
  hash: string;
  deletedAtMs: number;
}

/** The shoppers who were deleted, as an installation knows them. */
export interface KnownDeletions {
  /** What it is called in sentences. */
  name: string;
  deletions: Deletion[];
  /** `unknown` where only its database was named; null where there is none yet. */
  key: string | null | 'unknown';
}

/**
 * Reads who was deleted in an installation that was in use until now.
 * @param places its data folder; where its store was in Postgres, that database's URL, or both
 * @throws OperatorError where one of them cannot be read, or none of them has a store
 */
export async function readDeletions(places: readonly string[]): Promise<KnownDeletions> {
  const [folders, urls] = [places.filter((place) => !isUrl(place)), places.filter(isUrl)];
  const deletions: Deletion[] = [];
  const keys = new Set<string | null>();
  let hasStore = false;
  for (const folder of folders) {
    const ofFolder = await deletionsInFolder(folder);
    hasStore ||= ofFolder !== null;
    deletions.push(...(ofFolder ?? []));
    keys.add(await keyOf(folder));
  }
  for (const url of urls) {
    hasStore = true;
    deletions.push(...(await deletionsInPostgres(url)));
  }
  const name = places.map((place) => (isUrl(place) ? nameOf(place) : place)).join(' with ');
  if (!hasStore) {
    throw new OperatorError(`${name} has no store: where that is in Postgres, name it too: --deleted-of postgres://…`);
  }
  if (keys.size > 1) throw new OperatorError(`${name} are not of one installation: their ${DELETION_KEY} differs`);
  const [key = 'unknown'] = keys;
  return { name, deletions, key };
}

/** The key of a data folder, null where nothing has made one. */
export function keyOf(folder: string): Promise<string | null> {
  return readFile(join(folder, DELETION_KEY), 'utf8').catch(() => null);
}

function isUrl(place: string): boolean {
  return POSTGRES_URL.test(place);
}

/** Null where the folder has no store: that is in Postgres. */
async function deletionsInFolder(folder: string): Promise<Deletion[] | null> {
  const path = join(folder, STORE_PATH);
  try {
    await stat(folder);
    if ((await stat(path).catch(() => null)) === null) return null;
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      // A store of 0.1.0 has no such table.
      const table = database.prepare("select 1 from sqlite_schema where name = 'deleted_shoppers'").get();
      return table === undefined ? [] : database.prepare(DELETIONS).all().map(toDeletion);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new OperatorError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function deletionsInPostgres(url: string): Promise<Deletion[]> {
  return onPostgres(url, async (client) => {
    if (!(await tablesOf(client)).has('deleted_shoppers')) return [];
    return (await client.query<Record<string, unknown>>(DELETIONS)).rows.map(toDeletion);
  });
}

function toDeletion({ hash, deleted_at }: Record<string, unknown>): Deletion {
  return { hash: String(hash), deletedAtMs: Number(deleted_at) };
}
