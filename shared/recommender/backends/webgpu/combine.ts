import { type DeviceMemory, writeBuffer } from './device-memory.ts';
import type { Bindings, Kernel, Kernels } from './kernels.ts';

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
  encode(pass: GPUComputePassEncoder, out: GPUBuffer, a: number, x: GPUBuffer, b: number, y: GPUBuffer): void {
    const nGroups = Math.min(MAX_GROUPS, Math.ceil(out.size / GROUP_BYTES));
    const scales = this.#scales;
    const run = (kernel: Kernel, first: number, second: number, bindings: Bindings): void => {
      writeBuffer(this.#device, scales, Float32Array.of(first, second));
      kernel.encode(pass, bindings, nGroups);
    };
    const { combine, inPlace, scale } = this.#kernels;
    if (out !== x && out !== y) run(combine, a, b, [scales, x, y, out]);
    else if (x === y) run(scale, a + b, 0, [scales, undefined, undefined, out]);
    else if (out === x) run(inPlace, a, b, [scales, undefined, y, out]);
    else run(inPlace, b, a, [scales, undefined, x, out]);
  }
}
