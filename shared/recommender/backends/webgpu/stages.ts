import type { OpenOptions, Problem } from '../../training/compute-backend.ts';
import { allPairsWeight } from '../../training/regularization.ts';
import { CholeskySolve } from './cholesky-solve.ts';
import { Combine } from './combine.ts';
import type { CommandQueue } from './command-queue.ts';
import { DeviceMemory } from './device-memory.ts';
import { type DeviceProblem, deviceProblem } from './device-problem.ts';
import { Dot } from './dot.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { GpuOutOfMemoryError } from './gpu-errors.ts';
import { Gramian } from './gramian.ts';
import { type KernelLayout, kernelLayout } from './kernel-layout.ts';
import { LineSearch } from './line-search.ts';
import { NormalEquations } from './normal-equations.ts';
import { RowGradient } from './row-gradient.ts';
import { type VectorShards, vectorShards } from './vector-shards.ts';

/** Scratch memory for normal equations, at most: the default limit of a binding, ten thousand rows at 64 factors. */
const SCRATCH_BYTES = 2 ** 27;
/** Of what a bounded memory leaves beside the vectors, the share that scratch may take. */
const SCRATCH_SHARE = 1 / 4;
/** And each of two buffers for streamed ratings. */
const STREAM_SHARE = 1 / 8;
/** An observed pair on the device: column, value, confidence. */
const ENTRY_BYTES = 12;
/** Multiplications in a dispatch, at most: under 0.1 s on a weak GPU, so that it can draw the screen in between. */
const MAX_BLOCK_PRODUCTS = 2 ** 33;
/** Vectors that training by ALS-NCG holds at a time: room is kept for them beside the ratings. */
const TRAINING_VECTORS = 6;

/** A problem on the device, with every stage compiled for its shape. */
export interface Stages {
  layout: KernelLayout;
  memory: DeviceMemory;
  problem: DeviceProblem;
  shards: VectorShards;
  alpha0: number;
  /** Results of a block of rows. */
  slots: GPUBuffer;
  normalEquations: NormalEquations;
  choleskySolve: CholeskySolve;
  rowGradient: RowGradient;
  combine: Combine;
  dot: Dot;
  lineSearch: LineSearch;
  /** Of each side's factors; null without an all-pairs term. */
  gramians: { users: Gramian; items: Gramian } | null;
  /** A small buffer for bindings that a kernel does not read. */
  unused: GPUBuffer;
}

/** @throws GpuOutOfMemoryError when the problem is larger than the memory allowed; the device's errors come to the queue. */
export async function openStages(
  gpu: GpuConnection,
  queue: CommandQueue,
  problem: Problem,
  options: OpenOptions,
): Promise<Stages> {
  const { device, kernels, capabilities } = gpu;
  const { byUser } = problem.interactions;
  const layout = kernelLayout(problem.nFactors, capabilities.sharedBytes);
  const memory = new DeviceMemory(gpu, options.memoryBytes);
  const { bindingBytes } = capabilities;
  const shards = vectorShards(problem.interactions, { rowBytes: layout.rowBytes, bindingBytes });
  const spareBytes = memory.freeBytes - TRAINING_VECTORS * shards.sizeBytes;
  if (spareBytes <= 0) {
    throw new GpuOutOfMemoryError(
      `training would hold ${TRAINING_VECTORS * shards.sizeBytes} bytes of factors alone, more than the ${options.memoryBytes} it may: fewer factors need less`,
    );
  }
  const scratchBytes = Math.min(SCRATCH_BYTES, bindingBytes, spareBytes * SCRATCH_SHARE);
  const limits = {
    maxSlots: Math.max(2, Math.floor(scratchBytes / layout.equationsBytes)),
    maxEntries: Math.max(
      1,
      Math.floor(
        Math.min(
          MAX_BLOCK_PRODUCTS / layout.paddedFactors ** 2,
          bindingBytes / ENTRY_BYTES,
          (spareBytes * STREAM_SHARE) / ENTRY_BYTES,
        ),
      ),
    ),
  };
  const reserve = Array.from({ length: TRAINING_VECTORS }, () =>
    shards.all.map(({ nRows }) => nRows * layout.rowBytes),
  );
  const onDevice = await deviceProblem(gpu, queue, memory, problem, shards, limits, [
    ...reserve.flat(),
    limits.maxSlots * layout.equationsBytes,
  ]);
  const alpha0 = allPairsWeight(problem.objective);
  const isWeighted = byUser.weights !== null;
  const hasAllPairs = alpha0 > 0;
  const unused = { read: memory.storage(0, 'unused'), written: memory.storage(0, 'unused') };
  const [normalEquations, choleskySolve, rowGradient, combine, dot, lineSearch, userGramian, itemGramian] =
    await Promise.all([
      NormalEquations.create(kernels, layout, isWeighted),
      CholeskySolve.create(kernels, layout, unused),
      RowGradient.create(kernels, layout, isWeighted),
      Combine.create(device, kernels, memory),
      Dot.create(kernels, shards.all.length),
      LineSearch.create(kernels, memory, layout, onDevice, shards, isWeighted),
      hasAllPairs ? Gramian.create(kernels, memory, layout, shards.users) : null,
      hasAllPairs ? Gramian.create(kernels, memory, layout, shards.items) : null,
    ]);
  const maxSlots = Math.max(1, ...[...onDevice.users, ...onDevice.items].map(({ nSlots }) => nSlots));
  return {
    layout,
    memory,
    problem: onDevice,
    shards,
    alpha0,
    slots: queue.guard(() => memory.storage(maxSlots * layout.equationsBytes, 'normal equations')),
    normalEquations,
    choleskySolve,
    rowGradient,
    combine,
    dot,
    lineSearch,
    gramians: userGramian && itemGramian ? { users: userGramian, items: itemGramian } : null,
    unused: unused.read,
  };
}
