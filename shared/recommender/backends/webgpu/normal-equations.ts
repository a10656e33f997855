import type { DevicePiece } from './device-rows.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';
import type { DeviceVector } from './vector-shards.ts';

/** A and b of every row of a block, into its slot, or what a piece of the block adds to them. */
export class NormalEquations {
  readonly #layout: KernelLayout;
  readonly #kernel: Kernel;
  readonly #slotSums: SlotSums;

  private constructor(layout: KernelLayout, kernel: Kernel, slotSums: SlotSums) {
    this.#layout = layout;
    this.#kernel = kernel;
    this.#slotSums = slotSums;
  }

  static async create(kernels: Kernels, layout: KernelLayout, isWeighted: boolean): Promise<NormalEquations> {
    const { nTileRows, gramTeams, gramPanel } = layout;
    const kernel = await kernels.get('normal-equations', {
      constants: { N_TILE_ROWS: nTileRows, N_TEAMS: gramTeams, PANEL: gramPanel, IS_WEIGHTED: Number(isWeighted) },
    });
    return new NormalEquations(layout, kernel, await SlotSums.create(kernels, layout.equationsBytes));
  }

  /** @param entries the piece's observed pairs; @param x the vector that holds the other side */
  encode(pass: GPUComputePassEncoder, piece: DevicePiece, entries: GPUBuffer, x: DeviceVector, slots: GPUBuffer): void {
    for (const { other, nSegments, uniform, segments } of piece.batches) {
      this.#kernel.encode(
        pass,
        [uniform, segments, entries, x[other.index], slots],
        Math.ceil(nSegments / this.#layout.gramTeams),
      );
    }
    this.#slotSums.encode(pass, piece.slotSums, piece.nSlotSums, slots);
  }
}
