import { wrap } from 'comlink';
import { Worker } from '#worker-thread';
import type { Csr } from '../../interactions/interactions.ts';
import { stripWidth } from '../../linear-algebra/strips.ts';
import { InlineCrew, type ThreadedLane, WorkerCrew } from '../../threads/crew.ts';
import type { LaneService } from '../../threads/lane.ts';
import { inSharedMemory, shareableBytes } from '../../threads/shared-memory.ts';
import { chosenThreads, type ThreadOptions } from '../../threads/thread-options.ts';
import { WORK_SHARING_BYTES } from '../../threads/work-sharing.ts';
import type { ComputeBackend, Problem, RowSolverName } from '../../training/compute-backend.ts';
import { allPairsWeight, ridges } from '../../training/regularization.ts';
import { isDualWorthwhile } from './dual-basis.ts';
import { N_LINE_SEARCH_SUMS } from './line-search-pass.ts';
import { balancedBlocks, evenBlocks } from './row-blocks.ts';
import {
  type Command,
  elementBlocks,
  MAX_DOT_PAIRS,
  N_GRAMIAN_BLOCKS,
  SpaceLane,
  type SpaceLaneSetup,
} from './space-lane.ts';
import { ThreadsSpace } from './threads-space.ts';

/**
 * Plain JavaScript in single-precision factors and double-precision sums, in a pool of worker threads over shared
 * memory; in the caller's thread where memory cannot be shared. Results do not depend on the number of threads.
 */
export function threadsBackend(options: ThreadOptions = {}): ComputeBackend {
  const { nLanes, useWorkers } = chosenThreads(options);
  return {
    name: 'threads',
    async open(problem, openOptions = {}) {
      openOptions.signal?.throwIfAborted();
      const setup = laneSetup(problem, nLanes, openOptions.solver ?? 'cholesky');
      const crew = useWorkers
        ? await WorkerCrew.open(sharedSetup(setup), startLane)
        : new InlineCrew(new SpaceLane(setup), setup);
      return new ThreadsSpace(setup, crew, openOptions);
    },
  };
}

function startLane(): ThreadedLane<SpaceLaneSetup, readonly Command[]> {
  const thread = new Worker(new URL('./space-lane.worker.ts', import.meta.url), { type: 'module' });
  return { thread, remote: wrap<LaneService<SpaceLaneSetup, readonly Command[]>>(thread.endpoint) };
}

/** The same setup with its large arrays in memory that all threads see. */
function sharedSetup(setup: SpaceLaneSetup): SpaceLaneSetup {
  return {
    ...setup,
    byUser: onSharedMemory(setup.byUser),
    byItem: onSharedMemory(setup.byItem),
    userRidges: inSharedMemory(setup.userRidges, Float64Array),
    itemRidges: inSharedMemory(setup.itemRidges, Float64Array),
  };
}

/** The same rows in memory that threads see; not copied where they are there already. */
function onSharedMemory(csr: Csr): Csr {
  return {
    ...csr,
    rowPtr: inSharedMemory(csr.rowPtr, Uint32Array),
    cols: inSharedMemory(csr.cols, Uint32Array),
    values: inSharedMemory(csr.values, Float32Array),
    weights: csr.weights && inSharedMemory(csr.weights, Float32Array),
  };
}

function laneSetup(problem: Problem, nLanes: number, solver: RowSolverName): SpaceLaneSetup {
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
  const nGramianSums = alpha0 > 0 ? 2 * N_GRAMIAN_BLOCKS * 3 * stripWidth(nFactors) ** 2 : 0;
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
    userGramianBlocks: evenBlocks(nUsers, N_GRAMIAN_BLOCKS),
    itemGramianBlocks: evenBlocks(nItems, N_GRAMIAN_BLOCKS),
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
