import type { DeviceBlock, DeviceEntries } from './device-rows.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';

/** Segments that a workgroup of row-gradient.wgsl takes, and threads of one of finish-gradient.wgsl. */
const SEGMENTS_PER_GROUP = 8;
const FINISH_THREADS = 64;

export interface GradientBuffers {
  rowTable: GPUBuffer;
  slots: GPUBuffer;
  /** Gramian of the other side; any buffer without an all-pairs term. */
  allPairs: GPUBuffer;
  x: GPUBuffer;
  gradient: GPUBuffer;
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

  encode(
    pass: GPUComputePassEncoder,
    block: DeviceBlock,
    { cols, values, weights }: DeviceEntries,
    { rowTable, slots, allPairs, x, gradient }: GradientBuffers,
  ): void {
    this.#observed.encode(
      pass,
      [block.segmentsUniform, block.segmentsBuffer, cols, values, weights, x, slots],
      Math.ceil(block.nSegments / SEGMENTS_PER_GROUP),
    );
    this.#slotSums.encode(pass, block.slotSumsBuffer, block.nSlotSums, slots);
    this.#finish.encode(
      pass,
      [block.rowsUniform, rowTable, slots, allPairs, x, gradient],
      Math.ceil((block.nRows * this.#nChunks) / FINISH_THREADS),
    );
  }
}
