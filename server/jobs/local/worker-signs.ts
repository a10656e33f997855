import type { Database } from '../../database/database.ts';
import type { WorkerSign } from '../job-queue.ts';
import { RENEWAL_MS, WORKER_FORGOTTEN_MS } from '../limits.ts';
import { SilenceWatch } from '../silence-watch.ts';
import { WorkerAges } from '../worker-ages.ts';
import type { JobTables } from './tables.ts';
import { isCertainlyGone } from './worker-identity.ts';

/** When each worker last showed that it lives. */
export class WorkerSigns {
  readonly #database: Database<JobTables>;
  readonly #silence = new SilenceWatch(3 * RENEWAL_MS);
  readonly #ages = new WorkerAges();

  constructor(database: Database<JobTables>) {
    this.#database = database;
  }

  async give(worker: string): Promise<void> {
    const now = Date.now();
    const rows = await this.#database.read.selectFrom('job_workers').selectAll().execute();
    const silentMs = this.#silence.look(rows.map(({ id, seen_at }) => [id, String(seen_at)]));
    const forgotten = rows.filter(({ id }) => silentMs.get(id)! >= WORKER_FORGOTTEN_MS).map(({ id }) => id);
    await this.#database.write(async (transaction) => {
      if (forgotten.length > 0) await transaction.deleteFrom('job_workers').where('id', 'in', forgotten).execute();
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
    const here = rows.filter(({ id }) => !isCertainlyGone(id));
    return this.#ages.look(here.map(({ id, seen_at }) => ({ id, signMs: seen_at })));
  }
}
