import type { DeviceMemory } from './device-memory.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';
import type { DeviceVector, Shard } from './vector-shards.ts';

/** Parts that a Gramian is computed in, at most: enough to fill a large GPU. */
const MAX_PARTS = 128;
/** Rows of a part, at least. */
const MIN_ROWS = 128;

/** Σ x_r y_rᵀ over the rows of one side of two vectors. */
export class Gramian {
  readonly #kernel: Kernel;
  readonly #slotSums: SlotSums;
  /** What each buffer of the side does. */
  readonly #passes: readonly { shard: Shard; nParts: number; uniform: GPUBuffer }[];
  readonly #sums: GPUBuffer;
  readonly #nParts: number;
  readonly #parts: GPUBuffer;

  private constructor(
    kernel: Kernel,
    slotSums: SlotSums,
    memory: DeviceMemory,
    { gramianBytes }: KernelLayout,
    shards: readonly Shard[],
  ) {
    const nRows = shards.reduce((sum, shard) => sum + shard.nRows, 0);
    const rowsPerPart = Math.max(MIN_ROWS, Math.ceil(nRows / MAX_PARTS));
    let nParts = 0;
    this.#passes = shards.map((shard) => {
      const firstPart = nParts;
      const parts = Math.ceil(shard.nRows / rowsPerPart);
      nParts += parts;
      return {
        shard,
        nParts: parts,
        uniform: memory.uniform(Uint32Array.of(shard.nRows, rowsPerPart, firstPart), 'side'),
      };
    });
    this.#nParts = nParts;
    this.#kernel = kernel;
    this.#slotSums = slotSums;
    this.#sums = memory.upload(Uint32Array.of(0, 1, nParts - 1), 'sum of a Gramian');
    this.#parts = memory.storage(nParts * gramianBytes, 'parts of a Gramian');
  }

  static async create(
    kernels: Kernels,
    memory: DeviceMemory,
    layout: KernelLayout,
    side: readonly Shard[],
  ): Promise<Gramian> {
    const [kernel, slotSums] = await Promise.all([
      kernels.get('gramian', { constants: { N_TILE_ROWS: layout.nTileRows } }),
      SlotSums.create(kernels, layout.gramianBytes),
    ]);
    return new Gramian(kernel, slotSums, memory, layout, side);
  }

  /** Where `encode` leaves the whole matrix, in tiles, until it is called again; what lies behind it are its parts. */
  get result(): GPUBuffer {
    return this.#parts;
  }

  encode(pass: GPUComputePassEncoder, x: DeviceVector, y: DeviceVector): void {
    for (const { shard, nParts, uniform } of this.#passes) {
      this.#kernel.encode(pass, [uniform, x[shard.index], y[shard.index], this.#parts], nParts);
    }
    if (this.#nParts > 1) this.#slotSums.encode(pass, this.#sums, 1, this.#parts);
  }
}
