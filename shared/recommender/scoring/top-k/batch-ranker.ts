import { wrap } from 'comlink';
import { Worker } from '#worker-thread';
import type { FactorModel } from '../../model/factor-model.ts';
import { type Crew, InlineCrew, type ThreadedLane, WorkerCrew } from '../../threads/crew.ts';
import type { LaneService } from '../../threads/lane.ts';
import { inSharedMemory, shareableBytes } from '../../threads/shared-memory.ts';
import { chosenThreads, type ThreadOptions } from '../../threads/thread-options.ts';
import { WORK_SHARING_BYTES } from '../../threads/work-sharing.ts';
import { type IndexedItems, indexItems } from './indexed-items.ts';
import { type RankingJob, RankingLane, type RankingSetup, type Rankings, type SeenRows } from './ranking-lane.ts';

/** Entries of the rankings that are held at a time, twice: 12 MiB each. */
const ENTRIES_PER_BATCH = 2 ** 20;
const MAX_USERS_PER_BATCH = 8192;

/**
 * Exact rankings of any number of a model's users, in batches: what they have seen is left out, and what is held does
 * not grow with users × items. Results do not depend on the number of threads.
 */
export class BatchRanker {
  readonly #model: FactorModel;
  readonly #crew: Crew<RankingJob>;
  /** The jobs so far, one after another; never rejected. */
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * @param seen the items that each of the model's users must not be recommended, ascending within a row
   * @throws RangeError naming an item whose factors are not finite, or a number of threads below 1
   */
  static async open(model: FactorModel, seen: SeenRows, options: ThreadOptions = {}): Promise<BatchRanker> {
    const { nLanes, useWorkers } = chosenThreads(options);
    if (seen.rowPtr.length !== model.users.size + 1) {
      throw new RangeError(
        `the model has ${model.users.size} users, but ${seen.rowPtr.length - 1} have seen something`,
      );
    }
    const setup: RankingSetup = {
      nLanes,
      items: indexItems(model.itemFactors, model.nFactors),
      seen,
      workSharing: shareableBytes(WORK_SHARING_BYTES),
    };
    return new BatchRanker(
      model,
      useWorkers ? await WorkerCrew.open(sharedSetup(setup), startLane) : new InlineCrew(new RankingLane(setup), setup),
    );
  }

  private constructor(model: FactorModel, crew: Crew<RankingJob>) {
    this.#model = model;
    this.#crew = crew;
  }

  /** What really computes, for people: "threads (2)". */
  get engine(): string {
    return this.#crew.engine;
  }

  /**
   * The n best unseen items of these users, in their order, batch after batch; while one is looked at, the next is computed.
   * @throws RangeError for a user who is not in the model, or whose factors are not finite
   */
  async *rank(users: Uint32Array, n: number): AsyncGenerator<Rankings, void, void> {
    const length = Math.min(n, this.#model.items.size);
    const batchSize = Math.max(1, Math.min(MAX_USERS_PER_BATCH, Math.floor(ENTRIES_PER_BATCH / Math.max(1, length))));
    const start = async (first: number): Promise<Rankings | null> => {
      if (first >= users.length) return null;
      const job = this.#job(users.subarray(first, first + batchSize), length);
      const ranked = this.#tail.then(() => this.#crew.run(job));
      this.#tail = ranked.catch(() => {});
      await ranked;
      return job;
    };
    let next = start(0);
    for (let first = batchSize; ; first += batchSize) {
      const rankings = await next;
      if (rankings === null) return;
      next = start(first);
      // A caller that stops early does not wait for it; one that goes on gets its error above.
      next.catch(() => {});
      yield rankings;
    }
  }

  close(): void {
    this.#crew.close();
  }

  #job(rows: Uint32Array, n: number): RankingJob {
    const { nFactors: k, userFactors, users: known } = this.#model;
    const users = new Uint32Array(shareableBytes(4 * rows.length));
    users.set(rows);
    const factors = new Float32Array(shareableBytes(4 * rows.length * k));
    rows.forEach((user, i) => {
      if (user >= known.size) throw new RangeError(`user ${user} is not one of the model's ${known.size} users`);
      const own = userFactors.subarray(user * k, (user + 1) * k);
      if (!own.every(Number.isFinite)) throw new RangeError(`the factors of user ${user} are not finite numbers`);
      factors.set(own, i * k);
    });
    return {
      users,
      n,
      factors,
      lengths: new Uint32Array(shareableBytes(4 * rows.length)),
      items: new Uint32Array(shareableBytes(4 * rows.length * n)),
      scores: new Float64Array(shareableBytes(8 * rows.length * n)),
    };
  }
}

function startLane(): ThreadedLane<RankingSetup, RankingJob> {
  const thread = new Worker(new URL('./ranking-lane.worker.ts', import.meta.url), { type: 'module' });
  return { thread, remote: wrap<LaneService<RankingSetup, RankingJob>>(thread.endpoint) };
}

/** The same setup with its large arrays in memory that all threads see; the index is there already. */
function sharedSetup(setup: RankingSetup): RankingSetup {
  const items: IndexedItems = { ...setup.items, factors: inSharedMemory(setup.items.factors, Float32Array) };
  const seen = {
    rowPtr: inSharedMemory(setup.seen.rowPtr, Uint32Array),
    cols: inSharedMemory(setup.seen.cols, Uint32Array),
  };
  return { ...setup, items, seen };
}
