import type { CrewSetup, Lane } from '../../threads/lane.ts';
import { WorkSharing } from '../../threads/work-sharing.ts';
import type { IndexedItems } from './indexed-items.ts';
import { type Exclusion, ItemSearch } from './item-search.ts';
import { USERS_PER_BLOCK } from './quad-kernel.ts';

/** The items that each row must not be recommended: row r's are cols[rowPtr[r]…rowPtr[r+1]−1], ascending. */
export interface SeenRows {
  rowPtr: Uint32Array;
  cols: Uint32Array;
}

/** What all lanes look at, in shared memory if there are several. */
export interface RankingSetup extends CrewSetup {
  items: IndexedItems;
  seen: SeenRows;
}

/** The n best items of some users, row-major; a list is shorter than n where fewer items are left. */
export interface Rankings {
  /** [nUsers] rows */
  readonly users: Uint32Array;
  readonly n: number;
  /** [nUsers] */
  readonly lengths: Uint32Array;
  /** [nUsers × n] best first */
  readonly items: Uint32Array;
  /** [nUsers × n] */
  readonly scores: Float64Array;
}

/** Rankings to be filled in. */
export interface RankingJob extends Rankings {
  /** [nUsers × k] */
  readonly factors: Float32Array;
}

/** Ranks blocks of users, together with the other lanes. */
export class RankingLane implements Lane<RankingJob> {
  readonly #setup: RankingSetup;
  readonly #work: WorkSharing;
  readonly #search: ItemSearch;

  constructor(setup: RankingSetup) {
    this.#setup = setup;
    this.#work = new WorkSharing(setup.workSharing, setup.nLanes);
    this.#search = new ItemSearch(setup.items);
  }

  *run({ users, n, lengths, items, scores, factors }: RankingJob): Generator<void, void, void> {
    const { seen } = this.#setup;
    const excluded = (user: number): Exclusion => new SeenItems(seen, users[user]!);
    for (const block of this.#work.blocks(Math.ceil(users.length / USERS_PER_BLOCK))) {
      const from = block * USERS_PER_BLOCK;
      const to = Math.min(users.length, from + USERS_PER_BLOCK);
      this.#search.search({ factors, excluded }, from, to, n, (user, best) => {
        lengths[user] = best.takeInto(items, scores, user * n);
      });
      yield;
    }
    this.#work.meet();
  }

  stop(): void {
    this.#work.stop();
  }
}

/** One row of seen items, looked up by bisection: the look-ups are so few that a set would cost more to make. */
class SeenItems implements Exclusion {
  readonly #cols: Uint32Array;
  readonly #from: number;
  readonly #to: number;

  constructor({ rowPtr, cols }: SeenRows, row: number) {
    this.#cols = cols;
    this.#from = rowPtr[row]!;
    this.#to = rowPtr[row + 1]!;
  }

  has(item: number): boolean {
    let [low, high] = [this.#from, this.#to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#cols[middle]! < item) low = middle + 1;
      else high = middle;
    }
    return low < this.#to && this.#cols[low] === item;
  }
}
