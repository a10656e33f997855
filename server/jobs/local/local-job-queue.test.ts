import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql, type Updateable } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../database/database.ts';
import { migrate } from '../../database/migrate.ts';
import { openSqlite } from '../../database/sqlite.ts';
import { StoreFullError } from '../../store/store.ts';
import type { JobContext, JobQueue } from '../job-queue.ts';
import { HISTORY, WORKER_DIED } from '../limits.ts';
import { openLocalJobQueue } from './local-job-queue.ts';
import { pruneJobs } from './prune-jobs.ts';
import { JOB_MIGRATIONS, type JobTables } from './tables.ts';
import { isCertainlyGone, newWorkerId } from './worker-identity.ts';

/** Short, so that a silent worker is found within the test. */
const LEASE_MS = 1_200;

const failures: unknown[] = [];
let folder: string;
let database: Database<JobTables>;
let queue: JobQueue;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-local-jobs-'));
  database = openSqlite(join(folder, 'jobs.db'), 'normal');
  queue = await openLocalJobQueue(database, (error) => failures.push(error), { leaseMs: LEASE_MS });
  failures.length = 0;
  return async () => {
    await queue.close(0);
    await rm(folder, { recursive: true });
    expect(failures).toEqual([]);
  };
});

const change = (values: Updateable<JobTables['jobs']>, id: string) =>
  database.write((transaction) => transaction.updateTable('jobs').set(values).where('id', '=', id).execute());

describe('a heartbeat', () => {
  test('that stops gives the job to another worker: a stalled one is told to stop, and its result is not taken', async () => {
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
    // As with a worker that cannot run, and gives no heartbeat.
    await change({ worker: 'elsewhere/1/x/y' }, id);
    await Array.fromAsync(queue.events(id));
    expect(await queue.get(id)).toMatchObject({ state: 'completed', result: 'second', attempts: 2 });
    expect(seen.join()).toContain('given to another worker');
  });

  test('of a worker elsewhere is respected while it goes on', async () => {
    const { id } = await queue.add('greet', {});
    await change({ state: 'active', attempts: 1, worker: 'elsewhere/1/x/y' }, id);
    queue.work('greet', async () => {});
    let lastBeatAt = 0;
    for (let beat = 1; beat <= 5; beat += 1) {
      await delay(LEASE_MS / 4);
      await change({ heartbeat: beat }, id);
      lastBeatAt = Date.now();
      expect((await queue.get(id))?.state).toBe('active');
    }
    await expect.poll(() => queue.get(id), { timeout: 9_000 }).toMatchObject({ state: 'failed', error: WORKER_DIED });
    expect((await queue.get(id))!.finishedAt!.getTime() - lastBeatAt).toBeGreaterThanOrEqual(LEASE_MS - 100);
  });
});

describe('a date that jumps', () => {
  const HOUR_MS = 3_600_000;
  const DAY_MS = 24 * HOUR_MS;
  const jump = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('takes no live worker for dead, and leaves its sign fresh', async () => {
    const runs: string[] = [];
    queue.work('greet', async ({ signal }) => {
      runs.push('begun');
      await delay(3 * LEASE_MS, undefined, { signal });
    });
    const watching = await openLocalJobQueue(openSqlite(join(folder, 'jobs.db'), 'normal'), () => {}, {
      leaseMs: LEASE_MS,
    });
    watching.work('other', async () => {});
    const { id } = await queue.add('greet', {}, { attempts: 3 });
    await expect.poll(() => runs).toEqual(['begun']);
    const ageMs = async () =>
      Math.max(...(await watching.workers()).map(({ seenAt }) => Date.now() - seenAt.getTime()));
    await watching.workers();
    for (const ms of [HOUR_MS, -2 * HOUR_MS]) {
      jump(ms);
      await delay(1_200);
      expect(await ageMs()).toBeLessThan(20_000);
    }
    await Array.fromAsync(queue.events(id));
    expect(await queue.get(id)).toMatchObject({ state: 'completed', attempts: 1 });
    expect(runs).toEqual(['begun']);
    await watching.close(0);
  });

  test('does not put off a schedule, nor a job that waits to be tried again', async () => {
    jump(400 * DAY_MS);
    const runs: unknown[] = [];
    const handler = async (job: JobContext<unknown>) => {
      runs.push(job.payload);
      if (job.attempt === 1 && job.payload === 'fails first') throw new Error('the shop is closed');
    };
    await queue.schedule('every second', 'greet', 'scheduled', 1_000);
    queue.work('greet', handler);
    await queue.add('greet', 'fails first', { attempts: 2 });
    await expect.poll(() => runs.length).toBeGreaterThanOrEqual(2);
    jump(-400 * DAY_MS);
    const before = runs.length;
    await expect
      .poll(() => runs.slice(before), { timeout: 6_000 })
      .toEqual(expect.arrayContaining(['scheduled', 'fails first']));
  });
});

test('what today’s tables hold is kept, and a job that runs is taken over when its worker stays silent', async () => {
  const { '0004_heartbeats': _, ...before } = JOB_MIGRATIONS;
  const old = openSqlite<JobTables>(join(folder, 'old.db'), 'normal');
  await migrate(old, 'job', before);
  await old.write(async (transaction) => {
    const rows = [
      { id: 'waits', state: 'waiting', attempts: 0, worker: null, lease_until: null },
      {
        id: 'runs',
        state: 'active',
        attempts: 1,
        worker: 'elsewhere/1/x/y',
        lease_until: Date.now() + 400 * 86_400_000,
      },
    ];
    for (const { id, state, attempts, worker, lease_until } of rows) {
      await sql`insert into jobs (id, name, payload, state, attempts, max_attempts, run_at, created_at, worker, lease_until, revision)
        values (${id}, 'greet', '"hello"', ${state}, ${attempts}, 2, 1, 1, ${worker}, ${lease_until}, 1)`.execute(
        transaction,
      );
    }
  });
  const opened = await openLocalJobQueue(old, (error) => failures.push(error), { leaseMs: LEASE_MS });
  opened.work('greet', async (job) => job.payload);
  for (const id of ['waits', 'runs']) await Array.fromAsync(opened.events(id));
  expect(await opened.get('waits')).toMatchObject({ state: 'completed', result: 'hello', attempts: 1 });
  expect(await opened.get('runs')).toMatchObject({ state: 'completed', result: 'hello', attempts: 2 });
  await opened.close(0);
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
