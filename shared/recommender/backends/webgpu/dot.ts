import type { Kernel, Kernels } from './kernels.ts';

/** Workgroups that stride over a vector, at most. Their parts fill 4 KiB, which may stand at any offset of a buffer. */
const MAX_GROUPS = 256;
/** Bytes of a vector that a workgroup takes at a time. */
const GROUP_BYTES = 256 * 16;
/** Room for the parts of an inner product. */
export const DOT_PARTS_BYTES = MAX_GROUPS * 16;

/** Inner products of whole vectors. */
export class Dot {
  readonly #kernel: Kernel;

  private constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  static async create(kernels: Kernels): Promise<Dot> {
    return new Dot(await kernels.get('dot'));
  }

  /** Leaves parts in DOT_PARTS_BYTES of zeros at `offset`, to be added up. */
  encode(pass: GPUComputePassEncoder, x: GPUBuffer, y: GPUBuffer, parts: GPUBuffer, offset: number): void {
    const nGroups = Math.min(MAX_GROUPS, Math.ceil(x.size / GROUP_BYTES));
    this.#kernel.encode(pass, [x, y, { buffer: parts, offset, size: DOT_PARTS_BYTES }], nGroups);
  }
}
