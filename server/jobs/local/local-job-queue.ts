import type { Database } from '../../database/database.ts';
import { migrate } from '../../database/migrate.ts';
import { JobLogs } from '../job-logs.ts';
import type { JobQueue } from '../job-queue.ts';
import { LEASE_MS, LIST_LIMIT } from '../limits.ts';
import { JobSchedules } from './job-schedules.ts';
import { JobTable } from './job-table.ts';
import { LocalWorker } from './local-worker.ts';
import { JOB_MIGRATIONS, type JobTables } from './tables.ts';
import { WorkerSigns } from './worker-signs.ts';

/** How soon readers see what another process does; what this process does they see at once. */
const FOLLOW_POLL_MS = 100;
const CLOSE_DEADLINE_MS = 5_000;

/**
 * Jobs in a database, run by the processes that have it open: they survive a restart, and a command beside a running
 * server adds jobs and follows them. Takes the database over.
 * @param options.leaseMs after how long without a heartbeat a worker is taken for dead.
 */
export async function openLocalJobQueue(
  database: Database<JobTables>,
  onFailure: (error: unknown) => void,
  { leaseMs = LEASE_MS }: { leaseMs?: number } = {},
): Promise<JobQueue> {
  try {
    await migrate(database, 'job', JOB_MIGRATIONS);
  } catch (error) {
    await database.close();
    throw error;
  }
  const table = new JobTable(database);
  const logs = new JobLogs((jobId, after) => table.log(jobId, after));
  const schedules = new JobSchedules(database);
  const signs = new WorkerSigns(database);
  const worker = new LocalWorker(database, { leaseMs, onFailure, changed: (jobId) => logs.refresh(jobId) });
  const polling = pollFollowed(table, logs, onFailure);

  return {
    async add(name, payload, options = {}) {
      const added = await table.add(name, payload, options);
      if (!added.deduplicated) worker.wake(name);
      return added;
    },
    live: (name, deduplicationId) => table.live(name, deduplicationId),
    get: (id) => table.get(id),
    list: (filter = {}) => table.list({ limit: LIST_LIMIT, ...filter }),
    events: (id, options) => logs.follow(id, options),
    async cancel(id) {
      const cancelled = await table.cancel(id);
      worker.abort(id);
      logs.refresh(id);
      return cancelled;
    },
    async remove(id) {
      const removed = await table.remove(id);
      worker.abort(id);
      logs.refresh(id);
      return removed;
    },
    async retry(id) {
      const name = await table.retry(id);
      if (name === null) return false;
      worker.wake(name);
      return true;
    },
    counts: () => table.counts(),
    workers: () => signs.all(),
    work: (name, handler, { concurrency = 1 } = {}) => worker.work(name, handler, concurrency),
    schedule: (id, name, payload, everyMs) => schedules.set(id, name, payload, everyMs),
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      await worker.close(deadlineMs);
      clearInterval(polling);
      logs.close();
      await database.close();
    },
  };
}

/** Watches the revisions of the jobs that are followed here, for what other processes do to them. */
function pollFollowed(table: JobTable, logs: JobLogs, onFailure: (error: unknown) => void): NodeJS.Timeout {
  let known = new Map<string, number>();
  const poll = async () => {
    const { followed } = logs;
    if (followed.length === 0) return;
    const revisions = await table.revisions(followed);
    for (const jobId of followed) {
      if (revisions.get(jobId) !== known.get(jobId)) logs.refresh(jobId);
    }
    known = revisions;
  };
  // Not unref'ed: a command that only follows a job stays alive by it.
  return setInterval(() => poll().catch(onFailure), FOLLOW_POLL_MS);
}
