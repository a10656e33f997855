import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import type { Log } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { openStore } from '../store/open-store.ts';

const DATABASE = 'magpie.db';
/** Deletions are kept as hashes under this key: see `DeletedShoppers`. */
const KEY = 'deletion-key';

/**
 * Deletes from a restored folder who was deleted since its backup was made, as another folder knows: a backup brings nobody
 * back. What an old device sends of them later is refused as before.
 * @param folder restored, with no server on it
 * @param knownBy the data folder that was in use until now
 * @returns how many shoppers were deleted
 * @throws OperatorError where that folder knows deletions under another key
 */
export async function applyDeletions(folder: string, knownBy: string, log: Log): Promise<number> {
  const [key, otherKey] = await Promise.all([keyOf(folder), keyOf(knownBy)]);
  const deletions = deletionsOf(knownBy);
  if (deletions.length === 0) return 0;
  if (key !== otherKey) {
    throw new OperatorError(
      `${knownBy} does not belong to this backup (its ${KEY} is another one): who was deleted there cannot be told here`,
    );
  }
  const restored = new DatabaseSync(join(folder, DATABASE));
  const insert = restored.prepare('insert or ignore into deleted_shoppers (hash, deleted_at) values (?, ?)');
  for (const { hash, deletedAtMs } of deletions) insert.run(hash, deletedAtMs);
  const userIds = restored
    .prepare('select user_id from event_users union select user_id from watches union select user_id from devices')
    .all()
    .map(({ user_id }) => String(user_id));
  restored.close();

  const store = await openStore({ dataDir: folder, databaseUrl: null });
  const queue = await openJobQueue({ dataDir: folder, databaseUrl: null, redisUrl: null, log });
  try {
    const gone = await store.shoppers.deletedAmong(userIds);
    for (const userId of gone) await deleteShopper({ store, queue, modelsDir: join(folder, 'models') }, userId);
    return gone.size;
  } finally {
    await queue.close();
    await store.close();
  }
}

function keyOf(folder: string): Promise<string | null> {
  return readFile(join(folder, KEY), 'utf8').catch(() => null);
}

function deletionsOf(folder: string): { hash: string; deletedAtMs: number }[] {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(join(folder, DATABASE), { readOnly: true });
  } catch (cause) {
    throw new OperatorError(`${join(folder, DATABASE)} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return database
      .prepare('select hash, deleted_at from deleted_shoppers')
      .all()
      .map(({ hash, deleted_at }) => ({ hash: String(hash), deletedAtMs: Number(deleted_at) }));
  } finally {
    database.close();
  }
}
