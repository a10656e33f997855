import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ModelFileError } from '../../shared/recommender/model/safetensors.ts';
import { type Database, statementsOf } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import type { Log } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { deleteShopper } from '../people/delete-shopper.ts';
import { RECOMMEND_JOB, recommendPayloadSchema } from '../recommendations/job.ts';
import { readModel } from '../recommendations/model-files.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { StoreTables } from '../store/tables.ts';
import { DELETION_KEY, type Deletion, type KnownDeletions, keyOf } from './known-deletions.ts';
import type { Place } from './place.ts';
import { STORE_PATH } from './sqlite-store.ts';

/** Wherever the store names a shopper. What else it keeps of one stands beside an event or a watch. */
const USER_IDS = sql<{ user_id: string }>`
  select user_id from event_users
  union select user_id from watches
  union select user_id from watch_changes
  union select user_id from devices
  union select user_id from public_shoppers
  union select device_id from device_links
  union select shopper_id from device_links
  union select shopper_id from link_codes
  union select user_id from shopper_aliases
  union select shopper_id from shopper_aliases`;
/** More than any queue holds. */
const MAX_JOBS = 1_000_000;

/**
 * Deletes from what was restored the shoppers who are known as deleted: by the backup itself, where a deletion was under way
 * when it was made, and by the installation that was in use until now. What an old device sends of them later is refused as
 * before.
 * @param restored brought to this version's form, with no server on it
 * @param known of the installation that was in use until now; null where none is named
 * @returns how many shoppers were deleted
 * @throws OperatorError where that installation is not the backup's
 */
export async function applyDeletions(restored: Place, known: KnownDeletions | null, log: Log): Promise<number> {
  const database = await openDatabase<StoreTables>({ ...restored, file: STORE_PATH, durability: 'full' });
  let userIds: string[];
  try {
    if (known !== null && known.deletions.length > 0) {
      await requireSameKey(restored, known, database);
      await addDeletions(database, known.deletions);
    }
    if ((await hashesIn(database)).size === 0) return 0;
    userIds = (await USER_IDS.execute(database.read)).rows.map(({ user_id }) => user_id);
  } finally {
    await database.close();
  }
  const store = await openStore(restored);
  const queue = await openJobQueue({ ...restored, redisUrl: null, log });
  try {
    const modelsDir = join(restored.dataDir, 'models');
    const named = [...userIds, ...(await usersInJobs(queue)), ...(await usersInModels(store, modelsDir))];
    const gone = await store.shoppers.deletedAmong([...new Set(named)]);
    for (const userId of gone) await deleteShopper({ store, queue, modelsDir }, userId);
    return gone.size;
  } finally {
    await queue.close();
    await store.close();
  }
}

/** A backup from before the first deletion has no key yet: it takes the other's. */
async function requireSameKey(
  { dataDir }: Place,
  { name, key: otherKey, deletions }: KnownDeletions,
  database: Database<StoreTables>,
): Promise<void> {
  const key = await keyOf(dataDir);
  if (otherKey === 'unknown') {
    if (key === null) {
      throw new OperatorError(
        `the backup has no ${DELETION_KEY}: name the data folder that has it, too: --deleted-of FOLDER`,
      );
    }
    // A database does not say which key its hashes are under. Of the same installation, it knows what the backup knows.
    const others = new Set(deletions.map(({ hash }) => hash));
    const own = await hashesIn(database);
    if (own.size === 0 || [...own].some((hash) => others.has(hash))) return;
  } else if (key === null && otherKey !== null) {
    await writeFile(join(dataDir, DELETION_KEY), otherKey, { mode: 0o600, flush: true });
    return;
  } else if (key === otherKey) return;
  throw new OperatorError(
    `${name} does not belong to this backup (its ${DELETION_KEY} is another one): who was deleted there cannot be told here`,
  );
}

async function addDeletions(database: Database<StoreTables>, deletions: readonly Deletion[]): Promise<void> {
  await database.write(async (transaction) => {
    for (const chunk of statementsOf(deletions)) {
      await transaction
        .insertInto('deleted_shoppers')
        .values(chunk.map(({ hash, deletedAtMs }) => ({ hash, deleted_at: deletedAtMs })))
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    }
  });
}

async function hashesIn({ read }: Database<StoreTables>): Promise<Set<string>> {
  const rows = await read.selectFrom('deleted_shoppers').select('hash').execute();
  return new Set(rows.map(({ hash }) => hash));
}

async function usersInJobs(queue: JobQueue): Promise<string[]> {
  const jobs = await queue.list({ name: RECOMMEND_JOB, limit: MAX_JOBS });
  return jobs.flatMap(({ payload }) => recommendPayloadSchema.safeParse(payload).data?.userId ?? []);
}

/** A deletion takes the events first and the models last, so that a shopper may be in nothing but a model's file. */
async function usersInModels(store: Store, modelsDir: string): Promise<string[]> {
  const users: string[] = [];
  for (const record of await store.models.list()) {
    try {
      for (const id of (await readModel(modelsDir, record)).users.ids) users.push(id);
    } catch (error) {
      // A file that an operator has removed, or that was damaged before the backup: neither can answer.
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing && !(error instanceof ModelFileError)) throw error;
    }
  }
  return users;
}
