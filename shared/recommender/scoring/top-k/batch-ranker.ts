import type { FactorModel } from '../../model/factor-model.ts';
import { canShareMemory, shareableBytes } from '../../threads/shared-memory.ts';
import { WORK_SHARING_BYTES } from '../../threads/work-sharing.ts';
import { type IndexedItems, indexItems } from './indexed-items.ts';
import { InlineRankingCrew, type RankingCrew, ThreadedRankingCrew } from './ranking-crew.ts';
import type { RankingJob, RankingSetup, Rankings, SeenRows } from './ranking-lane.ts';

export interface BatchRankerOptions {
  /** Worker threads; by default one per processor core. */
  nThreads?: number;
  /** False computes in the caller's thread, a slice at a time: for where there is no SharedArrayBuffer, and for little work. */
  useWorkers?: boolean;
}

/** Entries of the rankings that are held at a time, twice: 12 MiB each. */
const ENTRIES_PER_BATCH = 2 ** 20;
const MAX_USERS_PER_BATCH = 8192;

/**
 * Exact rankings of any number of a model's users, in batches: what they have seen is left out, and what is held does
 * not grow with users × items. Results do not depend on the number of threads.
 */
export class BatchRanker {
  readonly #model: FactorModel;
  readonly #crew: RankingCrew;
  /** The jobs so far, one after another; never rejected. */
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * @param seen the items that each of the model's users must not be recommended, ascending within a row
   * @throws RangeError naming an item whose factors are not finite, or a number of threads below 1
   */
  static async open(model: FactorModel, seen: SeenRows, options: BatchRankerOptions = {}): Promise<BatchRanker> {
    const nThreads = options.nThreads ?? navigator.hardwareConcurrency;
    if (!(Number.isInteger(nThreads) && nThreads >= 1)) {
      throw new RangeError(`the number of threads is ${nThreads}, but must be a whole number above 0`);
    }
    if (seen.rowPtr.length !== model.users.size + 1) {
      throw new RangeError(
        `the model has ${model.users.size} users, but ${seen.rowPtr.length - 1} have seen something`,
      );
    }
    const useWorkers = options.useWorkers ?? canShareMemory();
    const setup: RankingSetup = {
      nLanes: useWorkers ? nThreads : 1,
      items: indexItems(model.itemFactors, model.nFactors),
      seen,
      workSharing: shareableBytes(WORK_SHARING_BYTES),
    };
    return new BatchRanker(
      model,
      useWorkers ? await ThreadedRankingCrew.open(sharedSetup(setup)) : new InlineRankingCrew(setup),
    );
  }

  private constructor(model: FactorModel, crew: RankingCrew) {
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
      const ranked = this.#tail.then(() => this.#crew.rank(job));
      this.#tail = ranked.catch(() => {});
      await ranked;
      return job;
    };
    let next = start(0);
    for (let first = batchSize; ; first += batchSize) {
      const rankings = await next;
      if (rankings === null) return;
      next = start(first);
      // Whoever stops early does not wait for it; whoever goes on meets its error above.
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

/** The same setup with its large arrays in memory that all threads see; the index is there already. */
function sharedSetup(setup: RankingSetup): RankingSetup {
  const items: IndexedItems = { ...setup.items, factors: shared(setup.items.factors, Float32Array) };
  const seen = { rowPtr: shared(setup.seen.rowPtr, Uint32Array), cols: shared(setup.seen.cols, Uint32Array) };
  return { ...setup, items, seen };
}

function shared<T extends Uint32Array | Float32Array>(array: T, ArrayType: new (memory: ArrayBufferLike) => T): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new ArrayType(shareableBytes(array.byteLength));
  copy.set(array);
  return copy;
}
