import { type DeviceMemory, writeBuffer } from './device-memory.ts';
import type { Kernel, Kernels } from './kernels.ts';
import type { DeviceVector } from './vector-shards.ts';

/** Workgroups that stride over a vector: enough to fill a large GPU. */
const MAX_GROUPS = 4096;
/** Bytes that a workgroup takes at a time. */
const GROUP_BYTES = 256 * 16;

/** out ← a·x + b·y on the device. */
export class Combine {
  readonly #device: GPUDevice;
  readonly #scales: GPUBuffer;
  readonly #kernels: { combine: Kernel; inPlace: Kernel; scale: Kernel };

  private constructor(
    device: GPUDevice,
    scales: GPUBuffer,
    kernels: { combine: Kernel; inPlace: Kernel; scale: Kernel },
  ) {
    this.#device = device;
    this.#scales = scales;
    this.#kernels = kernels;
  }

  static async create(device: GPUDevice, kernels: Kernels, memory: DeviceMemory): Promise<Combine> {
    const [combine, inPlace, scale] = await Promise.all([
      kernels.get('combine', { entryPoint: 'combine' }),
      kernels.get('combine', { entryPoint: 'combine_in_place' }),
      kernels.get('combine', { entryPoint: 'scale_in_place' }),
    ]);
    return new Combine(device, memory.uniform(new Float32Array(2), 'scales'), { combine, inPlace, scale });
  }

  /** The pass must be submitted before the next call, which changes the scales. */
  encode(pass: GPUComputePassEncoder, out: DeviceVector, a: number, x: DeviceVector, b: number, y: DeviceVector): void {
    const { combine, inPlace, scale } = this.#kernels;
    if (out !== x && out !== y) this.#run(pass, combine, [a, b], out, x, y);
    else if (x === y) this.#run(pass, scale, [a + b, 0], out);
    else if (out === x) this.#run(pass, inPlace, [a, b], out, undefined, y);
    else this.#run(pass, inPlace, [b, a], out, undefined, x);
  }

  #run(
    pass: GPUComputePassEncoder,
    kernel: Kernel,
    scales: [a: number, b: number],
    out: DeviceVector,
    x?: DeviceVector,
    y?: DeviceVector,
  ): void {
    writeBuffer(this.#device, this.#scales, Float32Array.from(scales));
    out.forEach((buffer, i) => {
      const nGroups = Math.min(MAX_GROUPS, Math.ceil(buffer.size / GROUP_BYTES));
      kernel.encodeStriding(pass, [this.#scales, x?.[i], y?.[i], buffer], nGroups);
    });
  }
}
