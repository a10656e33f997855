import type { Csr } from '../../interactions/interactions.ts';
import { canShareMemory, shareableBytes } from '../../threads/shared-memory.ts';
import { WORK_SHARING_BYTES } from '../../threads/work-sharing.ts';
import type { ComputeBackend, Problem, RowSolverName } from '../../training/compute-backend.ts';
import { allPairsWeight, ridges } from '../../training/regularization.ts';
import { InlineCrew, WorkerCrew } from './crew.ts';
import { isDualWorthwhile } from './dual-basis.ts';
import { elementBlocks, GRAMIAN_BLOCKS, type LaneSetup, MAX_DOT_PAIRS } from './lane.ts';
import { N_LINE_SEARCH_SUMS } from './line-search-pass.ts';
import { balancedBlocks, evenBlocks } from './row-blocks.ts';
import { stripWidth } from './strips.ts';
import { ThreadsSpace } from './threads-space.ts';

export interface ThreadsOptions {
  /** Worker threads; by default one per processor core. */
  nThreads?: number;
  /** False computes in the caller's thread, a slice at a time: for where there is no SharedArrayBuffer, and for tests of that. */
  useWorkers?: boolean;
}

/**
 * Plain JavaScript in single-precision factors and double-precision sums, in a pool of worker threads over shared
 * memory; in the caller's thread where memory cannot be shared. Results do not depend on the number of threads.
 */
export function threadsBackend(options: ThreadsOptions = {}): ComputeBackend {
  const nThreads = options.nThreads ?? navigator.hardwareConcurrency;
  if (!(Number.isInteger(nThreads) && nThreads >= 1)) {
    throw new RangeError(`the number of threads is ${nThreads}, but must be a whole number above 0`);
  }
  const useWorkers = options.useWorkers ?? canShareMemory();
  return {
    name: 'threads',
    async open(problem, openOptions = {}) {
      openOptions.signal?.throwIfAborted();
      const setup = laneSetup(problem, useWorkers ? nThreads : 1, openOptions.solver ?? 'cholesky');
      const crew = useWorkers ? await WorkerCrew.open(sharedSetup(setup)) : new InlineCrew(setup);
      return new ThreadsSpace(setup, crew, openOptions);
    },
  };
}

/** The same setup with its large arrays in memory that all threads see. */
function sharedSetup(setup: LaneSetup): LaneSetup {
  return {
    ...setup,
    byUser: onSharedMemory(setup.byUser),
    byItem: onSharedMemory(setup.byItem),
    userRidges: shared(setup.userRidges, Float64Array),
    itemRidges: shared(setup.itemRidges, Float64Array),
  };
}

/** The same rows in memory that threads see; not copied where they are there already. */
function onSharedMemory(csr: Csr): Csr {
  return {
    ...csr,
    rowPtr: shared(csr.rowPtr, Uint32Array),
    cols: shared(csr.cols, Uint32Array),
    values: shared(csr.values, Float32Array),
    weights: csr.weights && shared(csr.weights, Float32Array),
  };
}

function shared<T extends Uint32Array | Float32Array | Float64Array>(
  array: T,
  ArrayType: new (memory: ArrayBufferLike) => T,
): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new ArrayType(shareableBytes(array.byteLength));
  copy.set(array);
  return copy;
}

function laneSetup(problem: Problem, nLanes: number, solver: RowSolverName): LaneSetup {
  const { interactions, nFactors, objective } = problem;
  const { byUser, byItem } = interactions;
  const [nUsers, nItems] = [byUser.nRows, byItem.nRows];
  const userBlocks = balancedBlocks(byUser, nFactors);
  const itemBlocks = balancedBlocks(byItem, nFactors);
  const { users, items } = ridges(problem);
  const alpha0 = allPairsWeight(objective);
  const nSums = Math.max(
    N_LINE_SEARCH_SUMS * (userBlocks.length + itemBlocks.length),
    MAX_DOT_PAIRS * elementBlocks((nUsers + nItems) * nFactors),
  );
  const nGramianSums = alpha0 > 0 ? 2 * GRAMIAN_BLOCKS * 3 * stripWidth(nFactors) ** 2 : 0;
  const isDualUsed = {
    users: alpha0 > 0 && (solver === 'cg' || isDualWorthwhile(byUser, nFactors)),
    items: alpha0 > 0 && (solver === 'cg' || isDualWorthwhile(byItem, nFactors)),
  };
  const nRotatedRows = Math.max(isDualUsed.users ? nItems : 0, isDualUsed.items ? nUsers : 0);
  return {
    nLanes,
    nFactors,
    solver,
    byUser,
    byItem,
    userBlocks,
    itemBlocks,
    userGramianBlocks: evenBlocks(nUsers, GRAMIAN_BLOCKS),
    itemGramianBlocks: evenBlocks(nItems, GRAMIAN_BLOCKS),
    userRidges: users,
    itemRidges: items,
    alpha0,
    partialSums: new Float64Array(shareableBytes(8 * nSums)),
    partialGramians: new Float64Array(shareableBytes(8 * nGramianSums)),
    isDualWorthwhile: isDualUsed,
    rotated: new Float32Array(shareableBytes(4 * nRotatedRows * nFactors)),
    workSharing: shareableBytes(WORK_SHARING_BYTES),
  };
}
