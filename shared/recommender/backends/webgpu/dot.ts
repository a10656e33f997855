import type { Kernel, Kernels } from './kernels.ts';

/** Workgroups per inner product. Their parts fill 4 KiB, which may stand at any offset of a buffer. */
const N_GROUPS = 256;
/** Bytes and numbers that an inner product leaves. */
export const DOT_PARTS_BYTES = N_GROUPS * 16;

/** Inner products of whole vectors. */
export class Dot {
  readonly #kernel: Kernel;

  private constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  static async create(kernels: Kernels): Promise<Dot> {
    return new Dot(await kernels.get('dot'));
  }

  /** Leaves parts in DOT_PARTS_BYTES at `offset`, to be added up. */
  encode(pass: GPUComputePassEncoder, x: GPUBuffer, y: GPUBuffer, parts: GPUBuffer, offset: number): void {
    this.#kernel.encode(pass, [x, y, { buffer: parts, offset, size: DOT_PARTS_BYTES }], N_GROUPS);
  }
}
