import { shaders } from '#shaders';
import { BindGroups, type Bindings } from './bind-groups.ts';
import type { GpuCapabilities } from './gpu-capabilities.ts';

/** The files that stand before a kernel: WGSL has no import. The one with `enable` comes first. */
const PRELUDES: Readonly<Record<string, readonly string[]>> = {
  'cholesky-solve': ['row-table', 'row-block', 'register-tile'],
  dot: ['workgroup-sum'],
  'finish-gradient': ['row-table', 'row-block'],
  gramian: ['register-tile'],
  'line-search': ['workgroup-sum', 'segments'],
  'normal-equations': ['segments', 'register-tile'],
  'ridge-sums': ['workgroup-sum', 'row-table'],
  'row-gradient': ['segments'],
};

export interface KernelOptions {
  /** Values of the kernel's `override` constants. */
  constants?: Record<string, number>;
  entryPoint?: string;
}

/** A compiled kernel. */
export class Kernel {
  readonly #pipeline: GPUComputePipeline;
  readonly #bindGroups: BindGroups;
  readonly #groupsPerDimension: number;

  constructor(device: GPUDevice, pipeline: GPUComputePipeline, groupsPerDimension: number) {
    this.#pipeline = pipeline;
    this.#bindGroups = new BindGroups(device, pipeline);
    this.#groupsPerDimension = groupsPerDimension;
  }

  /** Enqueues `nGroups` workgroups, on a grid of two dimensions when there are more than one dimension takes. */
  encode(pass: GPUComputePassEncoder, bindings: Bindings, nGroups: number): void {
    const width = Math.min(nGroups, this.#groupsPerDimension);
    this.#dispatch(pass, bindings, width, Math.ceil(nGroups / width));
  }

  /** Enqueues at most `nGroups` workgroups of a kernel that strides over its data with as many as it is given. */
  encodeStriding(pass: GPUComputePassEncoder, bindings: Bindings, nGroups: number): void {
    this.#dispatch(pass, bindings, Math.min(nGroups, this.#groupsPerDimension), 1);
  }

  #dispatch(pass: GPUComputePassEncoder, bindings: Bindings, width: number, height: number): void {
    if (width === 0) return;
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindGroups.get(bindings));
    pass.dispatchWorkgroups(width, height);
  }
}

/** The kernels of one device, each compiled once for each set of constants. */
export class Kernels {
  readonly #device: GPUDevice;
  readonly #capabilities: GpuCapabilities;
  readonly #compiled = new Map<string, Promise<Kernel>>();

  constructor(device: GPUDevice, capabilities: GpuCapabilities) {
    this.#device = device;
    this.#capabilities = capabilities;
  }

  /**
   * @param name of a file in shaders/, without `.wgsl`
   * @throws RangeError where there is no such file, GPUPipelineError when the device does not take the kernel
   */
  get(name: string, options: KernelOptions = {}): Promise<Kernel> {
    const key = JSON.stringify([name, options]);
    const known = this.#compiled.get(key);
    if (known) return known;
    const compiled = this.#compile(name, options);
    this.#compiled.set(key, compiled);
    return compiled;
  }

  async #compile(name: string, { constants = {}, entryPoint = 'main' }: KernelOptions): Promise<Kernel> {
    const { workgroupSum, groupsPerDimension } = this.#capabilities;
    const preludes = (PRELUDES[name] ?? []).map((prelude) => (prelude === 'workgroup-sum' ? workgroupSum : prelude));
    const module = this.#device.createShaderModule({
      label: name,
      code: [...preludes, name].map((part) => shaders.get(part)).join('\n'),
    });
    const pipeline = await this.#device.createComputePipelineAsync({
      label: name,
      layout: 'auto',
      compute: { module, entryPoint, constants },
    });
    return new Kernel(this.#device, pipeline, groupsPerDimension);
  }
}
