import type { DeviceMemory } from './device-memory.ts';
import type { KernelLayout } from './kernel-layout.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { SlotSums } from './slot-sums.ts';

/** Parts that a Gramian is computed in, at most: enough to fill a large GPU. */
const MAX_PARTS = 128;
/** Rows of a part, at least. */
const MIN_ROWS = 128;

/** Σ x_r y_rᵀ over the rows of one side of two vectors. */
export class Gramian {
  readonly #kernel: Kernel;
  readonly #slotSums: SlotSums;
  readonly #uniform: GPUBuffer;
  readonly #sums: GPUBuffer;
  readonly #nParts: number;
  readonly #parts: GPUBuffer;
  readonly #sizeBytes: number;

  private constructor(
    kernel: Kernel,
    slotSums: SlotSums,
    memory: DeviceMemory,
    { gramianBytes }: KernelLayout,
    { firstRow, nRows }: { firstRow: number; nRows: number },
  ) {
    const rowsPerPart = Math.max(MIN_ROWS, Math.ceil(nRows / MAX_PARTS));
    this.#nParts = Math.max(1, Math.ceil(nRows / rowsPerPart));
    this.#kernel = kernel;
    this.#slotSums = slotSums;
    this.#uniform = memory.uniform(Uint32Array.of(firstRow, nRows, rowsPerPart), 'side');
    this.#sums = memory.upload(Uint32Array.of(0, 1, this.#nParts - 1), 'sum of a Gramian');
    this.#parts = memory.storage(this.#nParts * gramianBytes, 'parts of a Gramian');
    this.#sizeBytes = gramianBytes;
  }

  static async create(
    kernels: Kernels,
    memory: DeviceMemory,
    layout: KernelLayout,
    side: { firstRow: number; nRows: number },
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

  /** Bytes of the matrix. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  encode(pass: GPUComputePassEncoder, x: GPUBuffer, y: GPUBuffer): void {
    this.#kernel.encode(pass, [this.#uniform, x, y, this.#parts], this.#nParts);
    if (this.#nParts > 1) this.#slotSums.encode(pass, this.#sums, 1, this.#parts);
  }
}
