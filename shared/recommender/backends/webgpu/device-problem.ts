import type { Csr } from '../../interactions/interactions.ts';
import type { Problem } from '../../training/compute-backend.ts';
import { allPairsWeight } from '../../training/regularization.ts';
import type { CommandQueue } from './command-queue.ts';
import { type DeviceEntries, deviceEntries } from './device-entries.ts';
import type { DeviceMemory } from './device-memory.ts';
import { type DeviceBlock, deviceBlocks } from './device-rows.ts';
import type { GpuConnection } from './gpu-connection.ts';
import type { BlockLimits } from './row-blocks.ts';
import { rowTables } from './row-table.ts';
import type { Shard, VectorShards } from './vector-shards.ts';

/** Both sides of a problem, on the device. */
export interface DeviceProblem {
  users: readonly DeviceBlock[];
  items: readonly DeviceBlock[];
  entries: DeviceEntries;
  /** `struct Row` of the rows, by buffer of a vector. */
  rowTables: readonly GPUBuffer[];
}

/** @param reserve sizes of buffers that must still find room, bytes */
export async function deviceProblem(
  gpu: GpuConnection,
  queue: CommandQueue,
  memory: DeviceMemory,
  problem: Problem,
  shards: VectorShards,
  limits: BlockLimits,
  reserve: readonly number[],
): Promise<DeviceProblem> {
  const { byUser, byItem } = problem.interactions;
  const values = { nFactors: problem.nFactors, alpha0: allPairsWeight(problem.objective) };
  const blocksOf = (csr: Csr, own: readonly Shard[], other: readonly Shard[]): DeviceBlock[] =>
    deviceBlocks(memory, csr, { own, other }, limits, values);
  const { users, items, tables } = queue.guard(() => ({
    users: blocksOf(byUser, shards.users, shards.items),
    items: blocksOf(byItem, shards.items, shards.users),
    tables: rowTables(memory, problem, shards),
  }));
  const pieces = [...users, ...items].flatMap((block) => block.pieces);
  const entries = await deviceEntries(gpu.device, memory, pieces, reserve);
  return { users, items, entries, rowTables: tables };
}
