import type { Csr } from '../../interactions/interactions.ts';
import type { DeviceMemory } from './device-memory.ts';
import { type BlockLimits, rowBlocks, SEGMENT_WORDS, SLOT_SUM_WORDS } from './row-blocks.ts';
import type { Shard } from './vector-shards.ts';

/** Work items whose other side lies in one buffer, on the device. */
export interface DeviceBatch {
  other: Shard;
  nSegments: number;
  /** `struct Batch` in shaders/segments.wgsl. */
  uniform: GPUBuffer;
  segments: GPUBuffer;
}

/** What is submitted at a time of a block: a block has one piece, but for a row that is too heavy by itself. */
export interface DevicePiece {
  nEntries: number;
  /** Its observed pairs, on the host. */
  cols: Uint32Array;
  values: Float32Array;
  weights: Float32Array | null;
  batches: readonly DeviceBatch[];
  slotSums: GPUBuffer;
  nSlotSums: number;
}

/** Some rows of one side that are computed together. */
export interface DeviceBlock {
  own: Shard;
  nRows: number;
  nSlots: number;
  /** `struct RowBlock` in shaders/row-block.wgsl. */
  uniform: GPUBuffer;
  pieces: readonly DevicePiece[];
}

/** One side of the ratings, by blocks of rows: everything on the device but the observed pairs themselves. */
export function deviceBlocks(
  memory: DeviceMemory,
  csr: Csr,
  shards: { own: readonly Shard[]; other: readonly Shard[] },
  limits: BlockLimits,
  { nFactors, alpha0 }: { nFactors: number; alpha0: number },
): DeviceBlock[] {
  return rowBlocks(csr, shards, limits).map(({ own, firstRow, nRows, nSlots, pieces }) => {
    const uniform = new Uint32Array([firstRow - own.firstRow, nRows, nFactors, 0]);
    new Float32Array(uniform.buffer)[3] = alpha0;
    return {
      own,
      nRows,
      nSlots,
      uniform: memory.uniform(uniform, 'block of rows'),
      pieces: pieces.map(({ firstEntry, nEntries, batches, slotSums }) => ({
        nEntries,
        cols: csr.cols.subarray(firstEntry, firstEntry + nEntries),
        values: csr.values.subarray(firstEntry, firstEntry + nEntries),
        weights: csr.weights?.subarray(firstEntry, firstEntry + nEntries) ?? null,
        batches: batches.map(({ other, segments }) => {
          const nSegments = segments.length / SEGMENT_WORDS;
          return {
            other,
            nSegments,
            uniform: memory.uniform(Uint32Array.of(nSegments, other.firstRow, nEntries), 'batch'),
            segments: memory.upload(segments, 'segments'),
          };
        }),
        slotSums: memory.upload(slotSums, 'sums of heavy rows'),
        nSlotSums: slotSums.length / SLOT_SUM_WORDS,
      })),
    };
  });
}
