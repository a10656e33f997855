import type { Kernel, Kernels } from './kernels.ts';

/** Threads of a workgroup of sum-slots.wgsl. */
const GROUP_THREADS = 64;
const VECTOR_BYTES = 16;

/** Adds up results that were computed in parts. */
export class SlotSums {
  readonly #kernel: Kernel;
  readonly #groupsPerSlot: number;

  private constructor(kernel: Kernel, groupsPerSlot: number) {
    this.#kernel = kernel;
    this.#groupsPerSlot = groupsPerSlot;
  }

  static async create(kernels: Kernels, slotBytes: number): Promise<SlotSums> {
    const vectors = slotBytes / VECTOR_BYTES;
    const kernel = await kernels.get('sum-slots', { constants: { SLOT_SIZE: vectors } });
    return new SlotSums(kernel, Math.ceil(vectors / GROUP_THREADS));
  }

  /** @param sums [n × 3] target slot, first slot to add, how many */
  encode(pass: GPUComputePassEncoder, sums: GPUBuffer, nSums: number, slots: GPUBuffer): void {
    this.#kernel.encode(pass, [sums, slots], nSums * this.#groupsPerSlot);
  }
}
