import { shaders } from '#shaders';

type ShaderName = keyof typeof shaders;
type PreludeName = 'register-tile' | 'workgroup-sum';
export type KernelName = Exclude<ShaderName, PreludeName>;

/** What stands before a kernel: WGSL has no import. */
const PRELUDES: Partial<Record<KernelName, PreludeName>> = {
  'cholesky-solve': 'register-tile',
  dot: 'workgroup-sum',
  gramian: 'register-tile',
  'line-search': 'workgroup-sum',
  'normal-equations': 'register-tile',
  'ridge-sums': 'workgroup-sum',
};

export interface KernelOptions {
  /** Values of the kernel's `override` constants. */
  constants?: Record<string, number>;
  entryPoint?: string;
}

/** A kernel's resources by binding number; undefined where its entry point has none. */
export type Bindings = readonly (GPUBuffer | GPUBufferBinding | undefined)[];

/** A compiled kernel. */
export class Kernel {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;

  constructor(device: GPUDevice, pipeline: GPUComputePipeline) {
    this.#device = device;
    this.#pipeline = pipeline;
  }

  /** Enqueues `nGroups` workgroups, on a grid of two dimensions when there are more than one dimension takes. */
  encode(pass: GPUComputePassEncoder, bindings: Bindings, nGroups: number): void {
    if (nGroups === 0) return;
    const entries = bindings.flatMap((bound, binding): GPUBindGroupEntry[] =>
      bound === undefined ? [] : [{ binding, resource: 'buffer' in bound ? bound : { buffer: bound } }],
    );
    const width = Math.min(nGroups, this.#device.limits.maxComputeWorkgroupsPerDimension);
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#device.createBindGroup({ layout: this.#pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(width, Math.ceil(nGroups / width));
  }
}

/** The kernels of one device, each compiled once for each set of constants. */
export class Kernels {
  readonly #device: GPUDevice;
  readonly #compiled = new Map<string, Promise<Kernel>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** @throws GPUPipelineError when the device does not take the kernel. */
  get(name: KernelName, options: KernelOptions = {}): Promise<Kernel> {
    const key = JSON.stringify([name, options]);
    const known = this.#compiled.get(key);
    if (known) return known;
    const compiled = this.#compile(name, options);
    this.#compiled.set(key, compiled);
    return compiled;
  }

  async #compile(name: KernelName, { constants = {}, entryPoint = 'main' }: KernelOptions): Promise<Kernel> {
    const prelude = PRELUDES[name];
    const module = this.#device.createShaderModule({
      label: name,
      code: prelude ? `${shaders[prelude]}\n${shaders[name]}` : shaders[name],
    });
    const pipeline = await this.#device.createComputePipelineAsync({
      label: name,
      layout: 'auto',
      compute: { module, entryPoint, constants },
    });
    return new Kernel(this.#device, pipeline);
  }
}
