import type { Database } from '../../database/database.ts';
import { LEASE_MS, WORKER_DIED } from '../limits.ts';
import { toJson } from './insert-job.ts';
import type { JobRow } from './job-table.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone } from './worker-identity.ts';

/** How an attempt ended. A retry goes back to waiting until `runAt`. */
export type Outcome =
  | { state: 'completed'; result: unknown }
  | { state: 'failed'; error: string }
  | { state: 'waiting'; error: string; runAt: number };

/**
 * The jobs as a worker sees them: it holds those that it claimed until it ends them, or its lease runs out. What it
 * writes to a job that it no longer holds changes nothing.
 */
export class JobClaims {
  readonly #database: Database<JobTables>;

  constructor(database: Database<JobTables>) {
    this.#database = database;
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

  /** Takes the jobs that may run now, by their places, then the oldest. */
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
            .orderBy('place')
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
}
