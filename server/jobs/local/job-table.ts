import type { Selectable, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { JobState } from '../../../shared/api/jobs.ts';
import type { Database } from '../../database/database.ts';
import type { JobLogPage } from '../job-logs.ts';
import type { AddOptions, JobEvent, JobRecord } from '../job-queue.ts';
import { HISTORY, LEASE_MS, WORKER_DIED } from '../limits.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone } from './worker-identity.ts';

export type JobRow = Selectable<JobTables['jobs']>;

/** How an attempt ended. A retry goes back to waiting until `runAt`. */
export type Outcome =
  | { state: 'completed'; result: unknown }
  | { state: 'failed'; error: string }
  | { state: 'waiting'; error: string; runAt: number };

const FINISHED: readonly JobRow['state'][] = ['completed', 'failed', 'cancelled'];

/** The jobs in the database: each change is one transaction, and the revision that it makes is an event's id. */
export class JobTable {
  readonly #database: Database<JobTables>;

  constructor(database: Database<JobTables>) {
    this.#database = database;
  }

  async add(name: string, payload: unknown, options: AddOptions): Promise<{ id: string; deduplicated: boolean }> {
    const { deduplicationId = null } = options;
    for (;;) {
      const live = deduplicationId === null ? undefined : await this.#live(name, deduplicationId);
      if (live !== undefined) return { id: live.id, deduplicated: true };
      const inserted = await this.#database.write((transaction) => insert(transaction, name, payload, options));
      if (inserted !== undefined) return { id: inserted.id, deduplicated: false };
    }
  }

  async get(id: string): Promise<JobRecord | null> {
    const row = await this.#database.read.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toRecord(row);
  }

  async list(filter: { state?: JobState; name?: string; limit: number }): Promise<JobRecord[]> {
    const { state, name, limit } = filter;
    const now = Date.now();
    const rows = await this.#database.read
      .selectFrom('jobs')
      .selectAll()
      .$if(name !== undefined, (jobs) => jobs.where('name', '=', name ?? ''))
      .$if(state === 'delayed', (jobs) => jobs.where('state', '=', 'waiting').where('run_at', '>', now))
      .$if(state === 'waiting', (jobs) => jobs.where('run_at', '<=', now))
      .$if(state !== undefined && state !== 'delayed', (jobs) => jobs.where('state', '=', state as JobRow['state']))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toRecord);
  }

  /** The state is read before the events, so that a job found finished has all its events. */
  async log(id: string, after: string | null): Promise<JobLogPage | null> {
    const job = await this.#database.read.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
    if (job === undefined) return null;
    const rows = await this.#database.read
      .selectFrom('job_events')
      .select(['revision', 'type', 'data'])
      .where('job_id', '=', id)
      .where('revision', '>', after === null ? 0 : Number(after))
      .orderBy('revision')
      .execute();
    const events: JobEvent[] = rows.map(({ revision, type, data }) => ({
      id: String(revision),
      type,
      data: JSON.parse(data),
    }));
    if (!isFinished(job)) return { events, ended: false };
    events.push({ id: String(job.revision), type: job.state, data: finalData(job) });
    return { events, ended: true };
  }

  async revisions(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#database.read
      .selectFrom('jobs')
      .select(['id', 'revision'])
      .where('id', 'in', ids)
      .execute();
    return new Map(rows.map((row) => [row.id, row.revision]));
  }

  async cancel(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({ state: 'cancelled', finished_at: Date.now(), revision: eb('revision', '+', 1) }))
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'active'])
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows > 0n;
  }

  /** @returns the job's name, null where there is no such job that failed or was cancelled. */
  async retry(id: string): Promise<string | null> {
    const row = await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'waiting',
          run_at: Date.now(),
          attempts: 0,
          progress: null,
          finished_at: null,
          error: null,
          // Another job may hold the single-flight by now.
          deduplication_id: null,
          revision: eb('revision', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', 'in', ['failed', 'cancelled'])
        .returning('name')
        .executeTakeFirst(),
    );
    return row?.name ?? null;
  }

  /** Names that have jobs which may run now. */
  async due(): Promise<string[]> {
    const rows = await this.#database.read
      .selectFrom('jobs')
      .select('name')
      .distinct()
      .where('state', '=', 'waiting')
      .where('run_at', '<=', Date.now())
      .execute();
    return rows.map((row) => row.name);
  }

  /** Takes the oldest jobs that may run now. */
  async claim(name: string, worker: string, limit: number): Promise<JobRow[]> {
    const now = Date.now();
    return this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'active',
          worker,
          lease_until: now + LEASE_MS,
          started_at: now,
          attempts: eb('attempts', '+', 1),
          revision: eb('revision', '+', 1),
        }))
        .where('id', 'in', (jobs) =>
          jobs
            .selectFrom('jobs')
            .select('id')
            .where('state', '=', 'waiting')
            .where('name', '=', name)
            .where('run_at', '<=', now)
            .orderBy('run_at')
            .orderBy('id')
            .limit(limit),
        )
        // Postgres looks at the row again when another worker had it locked meanwhile.
        .where('state', '=', 'waiting')
        .returningAll()
        .execute(),
    );
  }

  /** Those of its jobs that are still this worker's. */
  async heldBy(worker: string): Promise<Set<string>> {
    const rows = await this.#database.read
      .selectFrom('jobs')
      .select('id')
      .where('state', '=', 'active')
      .where('worker', '=', worker)
      .execute();
    return new Set(rows.map((row) => row.id));
  }

  async renewLeases(worker: string, ids: readonly string[]): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set({ lease_until: Date.now() + LEASE_MS })
        .where('id', 'in', ids)
        .where('state', '=', 'active')
        .where('worker', '=', worker)
        .execute(),
    );
  }

  /** Appends an event while the job is this worker's. */
  async append(id: string, worker: string, type: string, data: unknown, progress?: number): Promise<void> {
    await this.#database.write(async (transaction) => {
      const job = await transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          revision: eb('revision', '+', 1),
          ...(progress === undefined ? {} : { progress }),
        }))
        .where('id', '=', id)
        .where('state', '=', 'active')
        .where('worker', '=', worker)
        .returning('revision')
        .executeTakeFirst();
      if (job === undefined) return;
      await transaction
        .insertInto('job_events')
        .values({ job_id: id, revision: job.revision, type, data: toJson(data) })
        .execute();
    });
  }

  /** Ends the attempt, unless the job is no longer this worker's. */
  async finish(id: string, worker: string, outcome: Outcome): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: outcome.state,
          worker: null,
          lease_until: null,
          revision: eb('revision', '+', 1),
          ...(outcome.state === 'completed'
            ? { result: toJson(outcome.result), error: null, finished_at: Date.now() }
            : { error: outcome.error }),
          ...(outcome.state === 'failed' ? { finished_at: Date.now() } : {}),
          ...(outcome.state === 'waiting' ? { run_at: outcome.runAt } : {}),
        }))
        .where('id', '=', id)
        .where('state', '=', 'active')
        .where('worker', '=', worker)
        .execute(),
    );
  }

  /** Puts a worker's jobs back as if it had not taken them. */
  async giveBack(worker: string): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'waiting',
          worker: null,
          lease_until: null,
          attempts: eb('attempts', '-', 1),
          revision: eb('revision', '+', 1),
        }))
        .where('state', '=', 'active')
        .where('worker', '=', worker)
        .execute(),
    );
  }

  /** Takes jobs from workers that died: to be tried again, or failed where they had no attempt left. */
  async reclaim(): Promise<string[]> {
    const now = Date.now();
    const active = await this.#database.read
      .selectFrom('jobs')
      .select(['id', 'worker', 'lease_until'])
      .where('state', '=', 'active')
      .execute();
    const gone = new Set(active.flatMap(({ worker }) => (worker !== null && isCertainlyGone(worker) ? [worker] : [])));
    const lost = active.filter((job) => (job.lease_until ?? 0) < now || gone.has(job.worker ?? ''));
    if (lost.length === 0) return [];
    return this.#database.write(async (transaction) => {
      const reclaimed: string[] = [];
      for (const { id, worker, lease_until } of lost) {
        const row = await transaction
          .updateTable('jobs')
          .set(({ eb }) => ({
            state: eb
              .case()
              .when('attempts', '<', eb.ref('max_attempts'))
              .then('waiting' as const)
              .else('failed' as const)
              .end(),
            finished_at: eb.case().when('attempts', '<', eb.ref('max_attempts')).then(null).else(now).end(),
            run_at: now,
            error: WORKER_DIED,
            worker: null,
            lease_until: null,
            revision: eb('revision', '+', 1),
          }))
          .where('id', '=', id)
          .where('state', '=', 'active')
          .where('worker', '=', worker)
          // Renewed meanwhile: it lives.
          .where('lease_until', '=', lease_until)
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined) reclaimed.push(row.id);
      }
      return reclaimed;
    });
  }

  /** Forgets finished jobs that are too old or too many, with their events. */
  async prune(name: string): Promise<void> {
    const newestTooMany = await this.#database.read
      .selectFrom('jobs')
      .select('finished_at')
      .where('name', '=', name)
      .where('finished_at', 'is not', null)
      .orderBy('finished_at', 'desc')
      .offset(HISTORY.maxJobs)
      .limit(1)
      .executeTakeFirst();
    const keepAfter = Math.max(newestTooMany?.finished_at ?? 0, Date.now() - HISTORY.maxAgeMs);
    await this.#database.write((transaction) =>
      transaction.deleteFrom('jobs').where('name', '=', name).where('finished_at', '<=', keepAfter).execute(),
    );
  }

  async schedule(id: string, name: string, payload: unknown, everyMs: number): Promise<void> {
    const row = { id, name, payload: toJson(payload), every_ms: everyMs, next_run_at: Date.now() };
    await this.#database.write((transaction) =>
      transaction
        .insertInto('job_schedules')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(({ eb, ref }) => ({
            name: ref('excluded.name'),
            payload: ref('excluded.payload'),
            every_ms: ref('excluded.every_ms'),
            // With the same interval it goes on as it did before the restart.
            next_run_at: eb
              .case()
              .when('job_schedules.every_ms', '=', ref('excluded.every_ms'))
              .then(ref('job_schedules.next_run_at'))
              .else(ref('excluded.next_run_at'))
              .end(),
          })),
        )
        .execute(),
    );
  }

  /** Adds the jobs whose time has come, one per schedule however many were missed. @returns their names. */
  async runSchedules(names: readonly string[]): Promise<string[]> {
    const now = Date.now();
    const due = await this.#database.read
      .selectFrom('job_schedules')
      .selectAll()
      .where('next_run_at', '<=', now)
      .where('name', 'in', names)
      .execute();
    for (const { id, name, payload, every_ms, next_run_at } of due) {
      const missed = Math.floor((now - next_run_at) / every_ms);
      await this.#database.write(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('job_schedules')
          .set({ next_run_at: next_run_at + (missed + 1) * every_ms })
          .where('id', '=', id)
          .where('next_run_at', '=', next_run_at)
          .executeTakeFirstOrThrow();
        // Else another process did it. A job of this schedule that still runs or waits stands for the new one.
        if (numUpdatedRows > 0n) {
          await insert(transaction, name, JSON.parse(payload), { deduplicationId: `schedule:${id}` });
        }
      });
    }
    return due.map((schedule) => schedule.name);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #live(name: string, deduplicationId: string): Promise<{ id: string } | undefined> {
    return this.#database.read
      .selectFrom('jobs')
      .select('id')
      .where('name', '=', name)
      .where('deduplication_id', '=', deduplicationId)
      .where('state', 'in', ['waiting', 'active'])
      .executeTakeFirst();
  }
}

/** Undefined where a live job has the deduplication id. */
async function insert(
  transaction: Transaction<JobTables>,
  name: string,
  payload: unknown,
  {
    deduplicationId = null,
    delayMs = 0,
    attempts = 1,
  }: Omit<AddOptions, 'deduplicationId'> & {
    deduplicationId?: string | null;
  },
): Promise<{ id: string } | undefined> {
  const now = Date.now();
  return transaction
    .insertInto('jobs')
    .values({
      id: uuidv7(),
      name,
      payload: toJson(payload),
      state: 'waiting',
      deduplication_id: deduplicationId,
      attempts: 0,
      max_attempts: attempts,
      run_at: now + delayMs,
      created_at: now,
      revision: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
}

function isFinished(job: JobRow): boolean {
  return FINISHED.includes(job.state);
}

/** What the last event of a job's stream carries. */
function finalData(job: JobRow): unknown {
  if (job.state === 'completed') return { result: fromJson(job.result) };
  return job.state === 'failed' ? { error: job.error } : {};
}

function toRecord(row: JobRow): JobRecord {
  return {
    id: row.id,
    name: row.name,
    payload: JSON.parse(row.payload),
    state: row.state === 'waiting' && row.run_at > Date.now() ? 'delayed' : row.state,
    progress: row.progress,
    createdAt: new Date(row.created_at),
    startedAt: toDate(row.started_at),
    finishedAt: toDate(row.finished_at),
    result: fromJson(row.result),
    error: row.error,
    attempts: row.attempts,
  };
}

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function fromJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
