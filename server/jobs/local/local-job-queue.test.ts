import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Updateable } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { openSqlite } from '../../database/sqlite.ts';
import { StoreFullError } from '../../store/store.ts';
import type { JobQueue } from '../job-queue.ts';
import { HISTORY, WORKER_DIED } from '../limits.ts';
import { openLocalJobQueue } from './local-job-queue.ts';
import { pruneJobs } from './prune-jobs.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone, newWorkerId } from './worker-identity.ts';

const failures: unknown[] = [];
let database: Database<JobTables>;
let queue: JobQueue;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-local-jobs-'));
  database = openSqlite(join(folder, 'jobs.db'), 'normal');
  queue = await openLocalJobQueue(database, (error) => failures.push(error));
  failures.length = 0;
  return async () => {
    await queue.close(0);
    await rm(folder, { recursive: true });
    expect(failures).toEqual([]);
  };
});

const change = (values: Updateable<JobTables['jobs']>, id: string) =>
  database.write((transaction) => transaction.updateTable('jobs').set(values).where('id', '=', id).execute());

describe('a lease', () => {
  test('that ran out gives the job to another worker: a stalled one is told to stop, and its result is not taken', async () => {
    const stalled = Promise.withResolvers<void>();
    const seen: string[] = [];
    queue.work(
      'greet',
      async (job) => {
        seen.push('begun');
        if (seen.length > 1) return 'second';
        stalled.resolve();
        await once(job.signal, 'abort');
        seen.push(String(job.signal.reason));
        return 'first, too late';
      },
      { concurrency: 2 },
    );
    const { id } = await queue.add('greet', {}, { attempts: 2 });
    await stalled.promise;
    // As after half a minute in which the worker could not run.
    await change({ lease_until: Date.now() - 1, worker: 'elsewhere/1/x/y' }, id);
    await Array.fromAsync(queue.events(id));
    expect(await queue.get(id)).toMatchObject({ state: 'completed', result: 'second', attempts: 2 });
    expect(seen.join()).toContain('given to another worker');
  });

  test('of a worker elsewhere is respected until it runs out', async () => {
    const { id } = await queue.add('greet', {});
    const leaseUntil = Date.now() + 1_500;
    await change({ state: 'active', attempts: 1, worker: 'elsewhere/1/x/y', lease_until: leaseUntil }, id);
    queue.work('greet', async () => {});
    await expect.poll(() => queue.get(id), { timeout: 5_000 }).toMatchObject({ state: 'failed', error: WORKER_DIED });
    expect((await queue.get(id))?.finishedAt?.getTime()).toBeGreaterThan(leaseUntil);
  });
});

describe('a worker’s identity', () => {
  test('tells whether its process has certainly ended', () => {
    const [, , token, instance] = newWorkerId().split('/');
    expect(isCertainlyGone(newWorkerId())).toBe(false);
    // This process's id, used by an earlier process: a container that was restarted.
    expect(isCertainlyGone(`${hostname()}/${process.pid}/another/${instance}`)).toBe(true);
    expect(isCertainlyGone(`${hostname()}/${process.ppid}/${token}/${instance}`)).toBe(false);
    expect(isCertainlyGone(`${hostname()}/999999999/${token}/${instance}`)).toBe(true);
    expect(isCertainlyGone(`elsewhere/999999999/${token}/${instance}`)).toBe(false);
  });
});

test('finished jobs are kept up to a number and an age for each name, with their events', async () => {
  const job = { payload: 'null', attempts: 1, max_attempts: 1, run_at: 0, created_at: 0, revision: 2 };
  const now = Date.now();
  await database.write(async (transaction) => {
    for (let index = 0; index < HISTORY.maxJobs + 5; index += 1) {
      const id = `many-${index}`;
      await transaction
        .insertInto('jobs')
        .values({ ...job, id, name: 'many', state: 'completed', finished_at: now - index })
        .execute();
      await transaction.insertInto('job_events').values({ job_id: id, revision: 1, type: 'x', data: '1' }).execute();
    }
    const old = { ...job, name: 'few', state: 'failed' as const };
    await transaction
      .insertInto('jobs')
      .values({ ...old, id: 'old', finished_at: now - HISTORY.maxAgeMs - 1 })
      .execute();
    await transaction
      .insertInto('jobs')
      .values({ ...old, id: 'recent', finished_at: now })
      .execute();
    await transaction
      .insertInto('jobs')
      .values({ ...job, id: 'waits', name: 'few', state: 'waiting' })
      .execute();
  });
  await pruneJobs(database, 'many');
  await pruneJobs(database, 'few');
  expect(await queue.list({ name: 'many', limit: 9_999 })).toHaveLength(HISTORY.maxJobs);
  expect(await queue.get('many-0')).not.toBeNull();
  expect(await queue.get(`many-${HISTORY.maxJobs}`)).toBeNull();
  expect(new Set((await queue.list({ name: 'few' })).map(({ id }) => id))).toEqual(new Set(['recent', 'waits']));
  const { rows } = await sql<{ events: number }>`select count(*) as events from job_events`.execute(database.read);
  expect(rows[0]?.events).toBe(HISTORY.maxJobs);
});

test('a full disk refuses a job with a clear message, and the others stay', async () => {
  await database.write((transaction) => sql`pragma max_page_count = 60`.execute(transaction));
  const added: string[] = [];
  const fill = async () => {
    for (;;) added.push((await queue.add('greet', 'x'.repeat(5_000))).id);
  };
  await expect(fill()).rejects.toThrow(StoreFullError);
  expect(added.length).toBeGreaterThan(0);
  expect(await queue.list({ limit: 999 })).toHaveLength(added.length);
});
