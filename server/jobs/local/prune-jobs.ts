import type { Database } from '../../database/database.ts';
import { HISTORY } from '../limits.ts';
import type { JobTables } from './tables.ts';

/** Forgets finished jobs that are too old or too many, with their events. */
export async function pruneJobs({ read, write }: Database<JobTables>, name: string): Promise<void> {
  const newestTooMany = await read
    .selectFrom('jobs')
    .select('finished_at')
    .where('name', '=', name)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .offset(HISTORY.maxJobs)
    .limit(1)
    .executeTakeFirst();
  const keepAfter = Math.max(newestTooMany?.finished_at ?? 0, Date.now() - HISTORY.maxAgeMs);
  await write((transaction) =>
    transaction.deleteFrom('jobs').where('name', '=', name).where('finished_at', '<=', keepAfter).execute(),
  );
}
