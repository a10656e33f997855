import type { Database } from '../../database/database.ts';
import { WORKER_DIED } from '../limits.ts';
import { SilenceWatch } from '../silence-watch.ts';
import { toJson } from './insert-job.ts';
import type { JobRow } from './job-table.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone } from './worker-identity.ts';

/** What the time between two looks at other workers counts at most: three of a worker's sweeps. */
const MAX_GAP_MS = 3_000;

/** How an attempt ended. A retry goes back to waiting for `delayMs`. */
export type Outcome =
  | { state: 'completed'; result: unknown }
  | { state: 'failed'; error: string }
  | { state: 'waiting'; error: string; delayMs: number };

/**
 * The jobs as a worker sees them: it holds those that it claimed until it ends them, or its lease runs out. What it
 * writes to a job that it no longer holds changes nothing, so that ending a job twice is as ending it once.
 */
export class JobClaims {
  readonly #database: Database<JobTables>;
  readonly #leaseMs: number;
  readonly #silence = new SilenceWatch(MAX_GAP_MS);

  /** @param leaseMs after how long without a heartbeat a worker is taken for dead. */
  constructor(database: Database<JobTables>, leaseMs: number) {
    this.#database = database;
    this.#leaseMs = leaseMs;
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
          heartbeat: eb('heartbeat', '+', 1),
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

  async beat(worker: string, ids: readonly string[]): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .updateTable('jobs')
        .set(({ eb }) => ({ heartbeat: eb('heartbeat', '+', 1) }))
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
    await this.#database.write(
      (transaction) =>
        transaction
          .updateTable('jobs')
          .set(({ eb }) => ({
            state: outcome.state,
            worker: null,
            revision: eb('revision', '+', 1),
            ...(outcome.state === 'completed'
              ? { result: toJson(outcome.result), error: null, finished_at: Date.now() }
              : { error: outcome.error }),
            ...(outcome.state === 'failed' ? { finished_at: Date.now() } : {}),
            ...(outcome.state === 'waiting' ? { run_at: Date.now() + outcome.delayMs, delay_ms: outcome.delayMs } : {}),
          }))
          .where('id', '=', id)
          .where('state', '=', 'active')
          .where('worker', '=', worker)
          .execute(),
      { idempotent: true },
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
      .select(['id', 'worker', 'heartbeat'])
      .where('state', '=', 'active')
      .execute();
    const gone = new Set(active.flatMap(({ worker }) => (worker !== null && isCertainlyGone(worker) ? [worker] : [])));
    const silentMs = this.#silence.look(active.map(({ id, worker, heartbeat }) => [id, `${worker} ${heartbeat}`]));
    const lost = active.filter(({ id, worker }) => silentMs.get(id)! >= this.#leaseMs || gone.has(worker ?? ''));
    if (lost.length === 0) return [];
    return this.#database.write(async (transaction) => {
      const reclaimed: string[] = [];
      for (const { id, worker, heartbeat } of lost) {
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
            delay_ms: 0,
            error: WORKER_DIED,
            worker: null,
            revision: eb('revision', '+', 1),
          }))
          .where('id', '=', id)
          .where('state', '=', 'active')
          .where('worker', '=', worker)
          // It has shown itself meanwhile.
          .where('heartbeat', '=', heartbeat)
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined) reclaimed.push(row.id);
      }
      return reclaimed;
    });
  }

  /**
   * Takes back what a wrong date has put off: no waiting job is further away than the delay that it was given. @returns the
   * names of such jobs.
   */
  async undoWrongDates(): Promise<string[]> {
    const now = Date.now();
    const putOff = await this.#database.read
      .selectFrom('jobs')
      .select(['id', 'name', 'run_at', 'delay_ms'])
      .where('state', '=', 'waiting')
      .where(({ eb, ref }) => eb('run_at', '>', eb(ref('delay_ms'), '+', now)))
      .execute();
    for (const { id, run_at, delay_ms } of putOff) {
      await this.#database.write((transaction) =>
        transaction
          .updateTable('jobs')
          .set({ run_at: now + delay_ms })
          .where('id', '=', id)
          .where('state', '=', 'waiting')
          .where('run_at', '=', run_at)
          .execute(),
      );
    }
    return putOff.map(({ name }) => name);
  }
}
