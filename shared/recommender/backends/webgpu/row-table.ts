import type { Problem } from '../../training/compute-backend.ts';
import { ridges } from '../../training/regularization.ts';
import type { DeviceMemory } from './device-memory.ts';
import type { VectorShards } from './vector-shards.ts';

/** Numbers per row: `struct Row` in shaders/row-table.wgsl. */
const ROW_WORDS = 2;

/** `struct Row` of each row. @param rowPtr of these rows and one more */
export function rowWords(rowRidges: ArrayLike<number>, rowPtr: Uint32Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(ROW_WORDS * rowRidges.length);
  const numbers = new Float32Array(words.buffer);
  for (let r = 0; r < rowRidges.length; r++) {
    numbers[ROW_WORDS * r] = rowRidges[r]!;
    words[ROW_WORDS * r + 1] = rowPtr[r + 1]! - rowPtr[r]!;
  }
  return words;
}

/** λ·w and the number of observed pairs of every row, by the vector's buffers. */
export function rowTables(memory: DeviceMemory, problem: Problem, shards: VectorShards): GPUBuffer[] {
  const { byUser, byItem } = problem.interactions;
  const all = ridges(problem);
  return (['users', 'items'] as const).flatMap((side) =>
    shards[side].map(({ firstRow, nRows }) => {
      const { rowPtr } = side === 'users' ? byUser : byItem;
      const end = firstRow + nRows;
      return memory.upload(rowWords(all[side].subarray(firstRow, end), rowPtr.subarray(firstRow, end + 1)), 'rows');
    }),
  );
}
