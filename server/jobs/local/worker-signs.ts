import type { Database } from '../../database/database.ts';
import type { WorkerSign } from '../job-queue.ts';
import { WORKER_FORGOTTEN_MS } from '../limits.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone } from './worker-identity.ts';

/** When each worker last showed that it lives. */
export class WorkerSigns {
  readonly #database: Database<JobTables>;

  constructor(database: Database<JobTables>) {
    this.#database = database;
  }

  async give(worker: string): Promise<void> {
    const now = Date.now();
    await this.#database.write(async (transaction) => {
      await transaction
        .deleteFrom('job_workers')
        .where('seen_at', '<', now - WORKER_FORGOTTEN_MS)
        .execute();
      await transaction
        .insertInto('job_workers')
        .values({ id: worker, seen_at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: now }))
        .execute();
    });
  }

  async remove(worker: string): Promise<void> {
    await this.#database.write((transaction) =>
      transaction.deleteFrom('job_workers').where('id', '=', worker).execute(),
    );
  }

  async all(): Promise<WorkerSign[]> {
    const rows = await this.#database.read.selectFrom('job_workers').selectAll().execute();
    return rows.filter(({ id }) => !isCertainlyGone(id)).map(({ id, seen_at }) => ({ id, seenAt: new Date(seen_at) }));
  }
}
