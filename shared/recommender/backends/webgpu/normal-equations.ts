import type { DeviceBlock, DeviceEntries } from './device-rows.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';

/** A and b of every row of a block, into its slot. */
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

  /** @param factors the vector that holds the other side */
  encode(
    pass: GPUComputePassEncoder,
    block: DeviceBlock,
    { cols, values, weights }: DeviceEntries,
    factors: GPUBuffer,
    slots: GPUBuffer,
  ): void {
    this.#kernel.encode(
      pass,
      [block.segmentsUniform, block.segmentsBuffer, cols, values, weights, factors, slots],
      Math.ceil(block.nSegments / this.#layout.gramTeams),
    );
    this.#slotSums.encode(pass, block.slotSumsBuffer, block.nSlotSums, slots);
  }
}
