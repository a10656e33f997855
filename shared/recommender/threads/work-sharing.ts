/** Places of the Int32Array that the threads of a crew share. */
const NEXT_BLOCK = 0;
const N_ARRIVED = 1;
const GENERATION = 2;
const IS_STOPPED = 3;
const N_BLOCKS_DONE = 4;
const N_PLACES = 5;

export const WORK_SHARING_BYTES = N_PLACES * Int32Array.BYTES_PER_ELEMENT;

/** Thrown inside a thread when another one has failed or the host has stopped them all; the host has the reason. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Threads take the blocks of a pass one by one and meet at its end. With one thread, meeting costs nothing and needs
 * no shared memory, so that the same code runs where there is none.
 */
export class WorkSharing {
  readonly #places: Int32Array;
  readonly #nThreads: number;

  constructor(memory: ArrayBufferLike, nThreads: number) {
    this.#places = new Int32Array(memory);
    this.#nThreads = nThreads;
  }

  /** Indices of the blocks of a pass that the caller takes. @throws StoppedError */
  *blocks(nBlocks: number): Generator<number, void, void> {
    for (;;) {
      this.#throwIfStopped();
      const block = Atomics.add(this.#places, NEXT_BLOCK, 1);
      if (block >= nBlocks) return;
      yield block;
      Atomics.add(this.#places, N_BLOCKS_DONE, 1);
    }
  }

  /** Returns when every thread has called it: what they wrote before is now seen by all. @throws StoppedError */
  meet(): void {
    const generation = Atomics.load(this.#places, GENERATION);
    if (Atomics.add(this.#places, N_ARRIVED, 1) === this.#nThreads - 1) {
      Atomics.store(this.#places, N_ARRIVED, 0);
      Atomics.store(this.#places, NEXT_BLOCK, 0);
      Atomics.add(this.#places, GENERATION, 1);
      Atomics.notify(this.#places, GENERATION);
    }
    while (Atomics.load(this.#places, GENERATION) === generation) {
      this.#throwIfStopped();
      Atomics.wait(this.#places, GENERATION, generation);
    }
    this.#throwIfStopped();
  }

  /** Ends the work of all threads for good. */
  stop(): void {
    Atomics.store(this.#places, IS_STOPPED, 1);
    Atomics.add(this.#places, GENERATION, 1);
    Atomics.notify(this.#places, GENERATION);
  }

  /** Blocks done since the last call, by all threads. */
  takeBlocksDone(): number {
    return Atomics.exchange(this.#places, N_BLOCKS_DONE, 0);
  }

  #throwIfStopped(): void {
    if (Atomics.load(this.#places, IS_STOPPED) === 1) throw new StoppedError('the work was stopped');
  }
}
