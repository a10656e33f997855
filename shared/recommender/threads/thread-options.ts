import { canShareMemory } from './shared-memory.ts';

export interface ThreadOptions {
  /** Worker threads; by default one per processor core. */
  nThreads?: number;
  /** False computes in the caller's thread, a slice at a time: for where there is no SharedArrayBuffer, and for little work. */
  useWorkers?: boolean;
}

/**
 * How many lanes there will be, and where.
 * @throws RangeError for a number of threads that is not a whole number above 0
 */
export function chosenThreads(options: ThreadOptions): { nLanes: number; useWorkers: boolean } {
  const nThreads = options.nThreads ?? navigator.hardwareConcurrency;
  if (!(Number.isInteger(nThreads) && nThreads >= 1)) {
    throw new RangeError(`the number of threads is ${nThreads}, but must be a whole number above 0`);
  }
  const useWorkers = options.useWorkers ?? canShareMemory();
  return { nLanes: useWorkers ? nThreads : 1, useWorkers };
}
