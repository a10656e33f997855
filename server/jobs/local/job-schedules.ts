import type { Database } from '../../database/database.ts';
import { ATTEMPTS } from '../limits.ts';
import { insertJob, toJson } from './insert-job.ts';
import type { JobTables } from './tables.ts';

/** Jobs that are added at an interval. */
export class JobSchedules {
  readonly #database: Database<JobTables>;

  constructor(database: Database<JobTables>) {
    this.#database = database;
  }

  async set(id: string, name: string, payload: unknown, everyMs: number): Promise<void> {
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

  /**
   * Adds the jobs whose time has come, one per schedule however many were missed. One that is further away than its
   * interval was put there by a wrong date: it comes an interval from now. @returns the names of the jobs.
   */
  async run(names: readonly string[]): Promise<string[]> {
    const now = Date.now();
    const ahead = await this.#database.read
      .selectFrom('job_schedules')
      .select(['id', 'every_ms', 'next_run_at'])
      .where(({ eb, ref }) => eb('next_run_at', '>', eb(ref('every_ms'), '+', now)))
      .execute();
    for (const { id, every_ms, next_run_at } of ahead) {
      await this.#database.write((transaction) =>
        transaction
          .updateTable('job_schedules')
          .set({ next_run_at: now + every_ms })
          .where('id', '=', id)
          .where('next_run_at', '=', next_run_at)
          .execute(),
      );
    }
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
          await insertJob(transaction, name, JSON.parse(payload), {
            deduplicationId: `schedule:${id}`,
            attempts: ATTEMPTS,
          });
        }
      });
    }
    return due.map((schedule) => schedule.name);
  }
}
