/** A kernel's resources by binding number; undefined where its entry point has none. */
export type Bindings = readonly (GPUBuffer | GPUBufferBinding | undefined)[];

/** Bind groups that begin with the same buffers, from the same places in them on. */
class Branch {
  readonly #next = new WeakMap<GPUBuffer, Map<number, Branch>>();
  group: GPUBindGroup | null = null;

  next(buffer: GPUBuffer, offset: number): Branch {
    let byOffset = this.#next.get(buffer);
    if (byOffset === undefined) {
      byOffset = new Map();
      this.#next.set(buffer, byOffset);
    }
    let branch = byOffset.get(offset);
    if (branch === undefined) {
      branch = new Branch();
      byOffset.set(offset, branch);
    }
    return branch;
  }
}

/**
 * A pipeline's bind groups, each made once: a sweep binds the same buffers as the sweep before it. They are
 * dropped with their buffers, which are held weakly.
 */
export class BindGroups {
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #root = new Branch();

  constructor(device: GPUDevice, pipeline: GPUComputePipeline) {
    this.#device = device;
    this.#layout = pipeline.getBindGroupLayout(0);
  }

  /** @param bindings two parts of a buffer that begin at the same place have the same size */
  get(bindings: Bindings): GPUBindGroup {
    let branch = this.#root;
    for (const bound of bindings) {
      if (bound === undefined) continue;
      branch = 'buffer' in bound ? branch.next(bound.buffer, bound.offset ?? 0) : branch.next(bound, 0);
    }
    branch.group ??= this.#create(bindings);
    return branch.group;
  }

  #create(bindings: Bindings): GPUBindGroup {
    const entries = bindings.flatMap((bound, binding): GPUBindGroupEntry[] =>
      bound === undefined ? [] : [{ binding, resource: 'buffer' in bound ? bound : { buffer: bound } }],
    );
    return this.#device.createBindGroup({ layout: this.#layout, entries });
  }
}
