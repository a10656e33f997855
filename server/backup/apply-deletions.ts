import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import type { Log } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { RECOMMEND_JOB, recommendPayloadSchema } from '../recommendations/job.ts';
import { openStore } from '../store/open-store.ts';

const DATABASE = 'magpie.db';
/** Deletions are kept as hashes under this key: see `DeletedShoppers`. */
const KEY = 'deletion-key';

/** Wherever the store names a shopper. What else it keeps of one stands beside an event or a watch. */
const USER_IDS = [
  'select user_id from event_users',
  'select user_id from watches',
  'select user_id from devices',
  'select user_id from public_shoppers',
  'select device_id from device_links',
  'select shopper_id from device_links',
  'select shopper_id from link_codes',
  'select user_id from shopper_aliases',
  'select shopper_id from shopper_aliases',
].join(' union ');
/** More than any queue holds. */
const MAX_JOBS = 1_000_000;

/**
 * Deletes from a restored folder the shoppers who were deleted since its backup was made, as another folder knows them. What
 * an old device sends of them later is refused as before.
 * @param folder restored, with no server on it
 * @param knownBy the data folder that was in use until now
 * @returns how many shoppers were deleted
 * @throws OperatorError where that folder knows deletions under another key
 */
export async function applyDeletions(folder: string, knownBy: string, log: Log): Promise<number> {
  const deletions = deletionsOf(knownBy);
  if (deletions.length === 0) return 0;
  await agreeOnKey(folder, knownBy);
  const restored = new DatabaseSync(join(folder, DATABASE));
  const insert = restored.prepare('insert or ignore into deleted_shoppers (hash, deleted_at) values (?, ?)');
  for (const { hash, deletedAtMs } of deletions) insert.run(hash, deletedAtMs);
  const userIds = restored
    .prepare(USER_IDS)
    .all()
    .map(({ user_id }) => String(user_id));
  restored.close();

  const store = await openStore({ dataDir: folder, databaseUrl: null });
  const queue = await openJobQueue({ dataDir: folder, databaseUrl: null, redisUrl: null, log });
  try {
    const asked = (await queue.list({ name: RECOMMEND_JOB, limit: MAX_JOBS })).flatMap(
      ({ payload }) => recommendPayloadSchema.safeParse(payload).data?.userId ?? [],
    );
    const gone = await store.shoppers.deletedAmong([...new Set([...userIds, ...asked])]);
    for (const userId of gone) await deleteShopper({ store, queue, modelsDir: join(folder, 'models') }, userId);
    return gone.size;
  } finally {
    await queue.close();
    await store.close();
  }
}

/** A backup from before the first deletion has no key yet: it takes the other's. */
async function agreeOnKey(folder: string, knownBy: string): Promise<void> {
  const [key, otherKey] = await Promise.all([keyOf(folder), keyOf(knownBy)]);
  if (key === null && otherKey !== null) await writeFile(join(folder, KEY), otherKey, { mode: 0o600 });
  else if (key !== otherKey) {
    throw new OperatorError(
      `${knownBy} does not belong to this backup (its ${KEY} is another one): who was deleted there cannot be told here`,
    );
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
