import type { Database } from '../../database/database.ts';
import { HISTORY } from '../limits.ts';
import type { JobTables } from './tables.ts';

/** Forgets finished jobs that are too old or too many, with their events. */
export async function pruneJobs({ read, write }: Database<JobTables>, name: string): Promise<void> {
  // Kept by a wrong date, they would stand before all that end from now on.
  const now = Date.now();
  await write((transaction) =>
    transaction
      .updateTable('jobs')
      .set({ finished_at: now })
      .where('name', '=', name)
      .where('finished_at', '>', now)
      .execute(),
  );
  const newestTooMany = await read
    .selectFrom('jobs')
    .select('finished_at')
    .where('name', '=', name)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .offset(HISTORY.maxJobs)
    .limit(1)
    .executeTakeFirst();
  const keepAfter = Math.max(newestTooMany?.finished_at ?? 0, now - HISTORY.maxAgeMs);
  await write((transaction) =>
    transaction.deleteFrom('jobs').where('name', '=', name).where('finished_at', '<=', keepAfter).execute(),
  );
}
