import type { DeviceBlock } from './device-rows.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import type { DeviceVector } from './vector-shards.ts';

export interface SolveBuffers {
  rowTables: readonly GPUBuffer[];
  /** A and b of the block's rows. */
  slots: GPUBuffer;
  /** Gramian of the other side; any buffer without an all-pairs term. */
  allPairs: GPUBuffer;
  /** Where the rows' solutions go. */
  solution: DeviceVector;
}

/** Solutions of a block's normal equations, and the gradient that they imply. */
export class CholeskySolve {
  readonly #nTeams: number;
  readonly #kernel: Kernel;
  readonly #withGradient: Kernel;
  readonly #unused: { read: GPUBuffer; written: GPUBuffer };

  private constructor(
    nTeams: number,
    kernels: { alone: Kernel; withGradient: Kernel },
    unused: { read: GPUBuffer; written: GPUBuffer },
  ) {
    this.#nTeams = nTeams;
    this.#kernel = kernels.alone;
    this.#withGradient = kernels.withGradient;
    this.#unused = unused;
  }

  /** @param unused small buffers for the bindings of a gradient that is not wanted */
  static async create(
    kernels: Kernels,
    { nTileRows, solveTeams }: KernelLayout,
    unused: { read: GPUBuffer; written: GPUBuffer },
  ): Promise<CholeskySolve> {
    const get = (withGradient: boolean): Promise<Kernel> =>
      kernels.get('cholesky-solve', {
        constants: {
          N_TILE_ROWS: nTileRows,
          N_TEAMS: solveTeams,
          WITH_GRADIENT: Number(withGradient),
        },
      });
    const [alone, withGradient] = await Promise.all([get(false), get(true)]);
    return new CholeskySolve(solveTeams, { alone, withGradient }, unused);
  }

  /** @param gradient where to take the gradient, `at` a vector, and the vector that receives it; null for none */
  encode(
    pass: GPUComputePassEncoder,
    block: DeviceBlock,
    { rowTables, slots, allPairs, solution }: SolveBuffers,
    gradient: { at: DeviceVector; g: DeviceVector } | null,
  ): void {
    const { own, nRows, uniform } = block;
    const kernel = gradient ? this.#withGradient : this.#kernel;
    const at = gradient ? gradient.at[own.index] : this.#unused.read;
    const g = gradient ? gradient.g[own.index] : this.#unused.written;
    kernel.encode(
      pass,
      [uniform, rowTables[own.index], slots, allPairs, solution[own.index], at, g],
      Math.ceil(nRows / this.#nTeams),
    );
  }
}
