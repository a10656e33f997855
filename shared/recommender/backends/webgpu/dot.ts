import type { Kernel, Kernels } from './kernels.ts';
import type { DeviceVector } from './vector-shards.ts';

/** Workgroups that stride over a vector, at most. Their parts fill 4 KiB, which may stand at any offset of a buffer. */
const MAX_GROUPS = 256;
/** Bytes of a vector that a workgroup takes at a time. */
const GROUP_BYTES = 256 * 16;
/** Room for the parts of an inner product of two buffers. */
const PARTS_BYTES = MAX_GROUPS * 16;

/** Inner products of whole vectors. */
export class Dot {
  readonly #kernel: Kernel;
  /** Room for the parts of an inner product. */
  readonly partsBytes: number;

  private constructor(kernel: Kernel, nShards: number) {
    this.#kernel = kernel;
    this.partsBytes = nShards * PARTS_BYTES;
  }

  /** @param nShards buffers that a vector has */
  static async create(kernels: Kernels, nShards: number): Promise<Dot> {
    return new Dot(await kernels.get('dot'), nShards);
  }

  /** Leaves parts in `partsBytes` of zeros at `offset`, to be added up. */
  encode(pass: GPUComputePassEncoder, x: DeviceVector, y: DeviceVector, parts: GPUBuffer, offset: number): void {
    x.forEach((left, i) => {
      const nGroups = Math.min(MAX_GROUPS, Math.ceil(left.size / GROUP_BYTES));
      const part = { buffer: parts, offset: offset + i * PARTS_BYTES, size: PARTS_BYTES };
      this.#kernel.encodeStriding(pass, [left, y[i], part], nGroups);
    });
  }
}
