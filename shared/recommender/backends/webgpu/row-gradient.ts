import type { DeviceBlock, DevicePiece } from './device-rows.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';
import type { DeviceVector } from './vector-shards.ts';

/** Segments that a workgroup of row-gradient.wgsl takes, and threads of one of finish-gradient.wgsl. */
const SEGMENTS_PER_GROUP = 8;
const FINISH_THREADS = 64;

export interface GradientBuffers {
  rowTables: readonly GPUBuffer[];
  slots: GPUBuffer;
  /** Gramian of the other side; any buffer without an all-pairs term. */
  allPairs: GPUBuffer;
  x: DeviceVector;
  gradient: DeviceVector;
}

/** The gradient of a block's rows without their normal equations, O(k) per observed pair. */
export class RowGradient {
  readonly #nChunks: number;
  readonly #observed: Kernel;
  readonly #finish: Kernel;
  readonly #slotSums: SlotSums;

  private constructor(nChunks: number, kernels: { observed: Kernel; finish: Kernel }, slotSums: SlotSums) {
    this.#nChunks = nChunks;
    this.#observed = kernels.observed;
    this.#finish = kernels.finish;
    this.#slotSums = slotSums;
  }

  static async create(
    kernels: Kernels,
    { nTileRows, rowBytes }: KernelLayout,
    isWeighted: boolean,
  ): Promise<RowGradient> {
    const [observed, finish, slotSums] = await Promise.all([
      kernels.get('row-gradient', { constants: { N_TILE_ROWS: nTileRows, IS_WEIGHTED: Number(isWeighted) } }),
      kernels.get('finish-gradient', { constants: { N_TILE_ROWS: nTileRows } }),
      SlotSums.create(kernels, rowBytes),
    ]);
    return new RowGradient(2 * nTileRows, { observed, finish }, slotSums);
  }

  /** The sums over one piece's observed pairs, into slots. */
  encodePiece(
    pass: GPUComputePassEncoder,
    { own }: DeviceBlock,
    piece: DevicePiece,
    entries: GPUBuffer,
    { slots, x }: GradientBuffers,
  ): void {
    for (const { other, nSegments, uniform, segments } of piece.batches) {
      this.#observed.encode(
        pass,
        [uniform, segments, entries, x[own.index], x[other.index], slots],
        Math.ceil(nSegments / SEGMENTS_PER_GROUP),
      );
    }
    this.#slotSums.encode(pass, piece.slotSums, piece.nSlotSums, slots);
  }

  /** The gradient of a block whose pieces are all done. */
  encodeFinish(
    pass: GPUComputePassEncoder,
    { own, nRows, uniform }: DeviceBlock,
    { rowTables, slots, allPairs, x, gradient }: GradientBuffers,
  ): void {
    this.#finish.encode(
      pass,
      [uniform, rowTables[own.index], slots, allPairs, x[own.index], gradient[own.index]],
      Math.ceil((nRows * this.#nChunks) / FINISH_THREADS),
    );
  }
}
