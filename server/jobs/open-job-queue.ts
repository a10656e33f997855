import { openDatabase } from '../database/open-database.ts';
import type { Start } from '../start.ts';
import type { JobQueue } from './job-queue.ts';
import { openLocalJobQueue } from './local/local-job-queue.ts';
import type { JobTables } from './local/tables.ts';

/**
 * The job queue on Redis where `redisUrl` names one; else in the store's Postgres; else in `jobs.db` of the data folder,
 * apart from `magpie.db` so that no job waits while an import writes.
 * @throws with one clear sentence when it cannot be opened.
 */
export async function openJobQueue({
  dataDir,
  databaseUrl,
  redisUrl,
  ...start
}: { dataDir: string; databaseUrl: string | null; redisUrl: string | null } & Start): Promise<JobQueue> {
  const onFailure = (err: unknown) => start.log.error({ err }, 'the job queue failed');
  if (redisUrl !== null) {
    const { openBullmqJobQueue } = await import('./bullmq/bullmq-job-queue.ts');
    return openBullmqJobQueue(redisUrl, start, onFailure);
  }
  const database = await openDatabase<JobTables>({
    dataDir,
    databaseUrl,
    file: 'jobs.db',
    durability: 'normal',
    start,
  });
  return openLocalJobQueue(database, onFailure);
}
