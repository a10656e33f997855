import { type Selectable, sql, type Transaction } from 'kysely';
import type { JobState } from '../../../shared/api/jobs.ts';
import type { Database } from '../../database/database.ts';
import type { JobLogPage } from '../job-logs.ts';
import type { AddOptions, JobCounts, JobEvent, JobRecord } from '../job-queue.ts';
import { insertJob } from './insert-job.ts';
import type { JobTables } from './tables.ts';

export type JobRow = Selectable<JobTables['jobs']>;

const FINISHED: readonly JobRow['state'][] = ['completed', 'failed', 'cancelled'];

/** The jobs as their callers see them: adding, following, cancelling. Each change's revision is the id of an event. */
export class JobTable {
  readonly #database: Database<JobTables>;

  constructor(database: Database<JobTables>) {
    this.#database = database;
  }

  async add(name: string, payload: unknown, options: AddOptions): Promise<{ id: string; deduplicated: boolean }> {
    const { deduplicationId } = options;
    for (;;) {
      const live = deduplicationId === undefined ? null : await this.live(name, deduplicationId);
      if (live !== null) return { id: live, deduplicated: true };
      const inserted = await this.#database.write(async (transaction) => {
        if (options.turn !== undefined) await this.#lockWaiting(transaction, name);
        return insertJob(transaction, name, payload, options);
      });
      if (inserted !== undefined) return { id: inserted.id, deduplicated: false };
    }
  }

  /** Waiting jobs are counted before one is added. SQLite has one writer at a time; on Postgres this makes it one per name. */
  async #lockWaiting(transaction: Transaction<JobTables>, name: string): Promise<void> {
    if (this.#database.dialect !== 'postgres') return;
    await sql`select pg_advisory_xact_lock(hashtext(${`magpie jobs ${name}`}))`.execute(transaction);
  }

  async live(name: string, deduplicationId: string): Promise<string | null> {
    const row = await this.#database.read
      .selectFrom('jobs')
      .select('id')
      .where('name', '=', name)
      .where('deduplication_id', '=', deduplicationId)
      .where('state', 'in', ['waiting', 'active'])
      .executeTakeFirst();
    return row?.id ?? null;
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

  async counts(): Promise<JobCounts[]> {
    const rows = await this.#database.read
      .selectFrom('jobs')
      .select(['name', 'state'])
      .select(({ fn }) => [fn.countAll<number>().as('n_jobs'), fn.min('run_at').as('oldest')])
      .where('state', 'in', ['waiting', 'active'])
      .where(({ eb, or }) => or([eb('state', '=', 'active'), eb('run_at', '<=', Date.now())]))
      .groupBy(['name', 'state'])
      .execute();
    return [...new Set(rows.map(({ name }) => name))].map((name) => {
      const of = (state: string) => rows.find((row) => row.name === name && row.state === state);
      return {
        name,
        waiting: Number(of('waiting')?.n_jobs ?? 0),
        active: Number(of('active')?.n_jobs ?? 0),
        oldestWaitingSince: toDate(of('waiting')?.oldest ?? null),
      };
    });
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

  async remove(id: string): Promise<boolean> {
    return this.#database.write(async (transaction) => {
      await transaction.deleteFrom('job_events').where('job_id', '=', id).execute();
      const { numDeletedRows } = await transaction.deleteFrom('jobs').where('id', '=', id).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    });
  }

  /** @returns the job's name, null where there is no such job that failed or was cancelled. */
  async retry(id: string): Promise<string | null> {
    const row = await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'waiting',
          run_at: Date.now(),
          delay_ms: 0,
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

function fromJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
