import { openDatabase } from '../database/open-database.ts';
import type { Log } from '../logging/log.ts';
import type { JobQueue } from './job-queue.ts';
import { openLocalJobQueue } from './local/local-job-queue.ts';
import type { JobTables } from './local/tables.ts';

/**
 * The job queue on Redis where `redisUrl` names one; else in the store's Postgres; else in `jobs.db` of the data folder,
 * apart from `magpie.db` so that no job waits while an import writes.
 * @throws with one clear sentence when it cannot be opened.
 */
export async function openJobQueue(options: {
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  log: Log;
}): Promise<JobQueue> {
  const { dataDir, databaseUrl, redisUrl, log } = options;
  const onFailure = (err: unknown) => log.error({ err }, 'the job queue failed');
  if (redisUrl !== null) {
    const { openBullmqJobQueue } = await import('./bullmq/bullmq-job-queue.ts');
    return openBullmqJobQueue(redisUrl, log, onFailure);
  }
  const database = await openDatabase<JobTables>({ dataDir, databaseUrl, file: 'jobs.db', durability: 'normal' });
  return openLocalJobQueue(database, onFailure);
}
