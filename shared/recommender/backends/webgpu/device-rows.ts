import type { Problem } from '../../compute-backend.ts';
import { type Csr, rowLength } from '../../interactions.ts';
import { allPairsWeight, ridges } from '../../regularization.ts';
import { type DeviceMemory, writeBuffer } from './device-memory.ts';
import { type BlockLimits, type RowBlock, rowBlocks, SEGMENT_WORDS, SLOT_SUM_WORDS } from './row-blocks.ts';

/** Numbers per row: `struct Row` in shaders/. */
const ROW_WORDS = 2;

/** A block's place on the device. */
export interface DeviceBlock extends RowBlock {
  nSegments: number;
  nSlotSums: number;
  /** `struct Block` and `struct Rows` in shaders/. */
  segmentsUniform: GPUBuffer;
  rowsUniform: GPUBuffer;
  segmentsBuffer: GPUBuffer;
  slotSumsBuffer: GPUBuffer;
}

/** A block's observed pairs. */
export interface DeviceEntries {
  cols: GPUBuffer;
  values: GPUBuffer;
  weights: GPUBuffer;
}

export interface SideOptions {
  /** Where the rows begin that `cols` counts from, in a vector. */
  otherVectorRow: number;
  nFactors: number;
  alpha0: number;
}

/** One side of the ratings, by blocks of rows, on the device. */
export class DeviceRows {
  readonly blocks: readonly DeviceBlock[];
  /** Largest number of result slots that a block wants. */
  readonly maxSlots: number;
  readonly #device: GPUDevice;
  readonly #memory: DeviceMemory;
  readonly #csr: Csr;
  #resident: Map<DeviceBlock, DeviceEntries> | null = null;
  #streamed: DeviceEntries | null = null;

  constructor(
    device: GPUDevice,
    memory: DeviceMemory,
    csr: Csr,
    { otherVectorRow, nFactors, alpha0, ...limits }: BlockLimits & SideOptions,
  ) {
    this.#device = device;
    this.#memory = memory;
    this.#csr = csr;
    this.blocks = rowBlocks(csr, limits).map((block) => {
      const nSegments = block.segments.length / SEGMENT_WORDS;
      const rowsUniform = new Uint32Array([limits.firstVectorRow + block.firstRow, block.nRows, nFactors, 0]);
      new Float32Array(rowsUniform.buffer)[3] = alpha0;
      return {
        ...block,
        nSegments,
        nSlotSums: block.slotSums.length / SLOT_SUM_WORDS,
        segmentsUniform: memory.uniform(Uint32Array.of(nSegments, otherVectorRow), 'block'),
        rowsUniform: memory.uniform(rowsUniform, 'rows'),
        segmentsBuffer: memory.upload(block.segments, 'segments'),
        slotSumsBuffer: memory.upload(block.slotSums, 'sums of heavy rows'),
      };
    });
    this.maxSlots = Math.max(1, ...this.blocks.map(({ nSlots }) => nSlots));
  }

  /** Bytes of the observed pairs. */
  get entriesBytes(): number {
    const { cols, values, weights } = this.#csr;
    return cols.byteLength + values.byteLength + (weights?.byteLength ?? 0);
  }

  /** Uploads all observed pairs, to stay on the device. */
  keepEntries(): void {
    this.#resident = new Map(
      this.blocks.map((block) => {
        const { cols, values, weights } = this.#slices(block);
        const valuesBuffer = this.#memory.upload(values, 'values');
        return [
          block,
          {
            cols: this.#memory.upload(cols, 'columns'),
            values: valuesBuffer,
            weights: weights ? this.#memory.upload(weights, 'confidences') : valuesBuffer,
          },
        ];
      }),
    );
  }

  /** Reserves room for the pairs of one block at a time, for a device that cannot hold all. */
  streamEntries(): void {
    const bytes = 4 * Math.max(1, ...this.blocks.map(({ nEntries }) => nEntries));
    const values = this.#memory.storage(bytes, 'values of a block');
    this.#streamed = {
      cols: this.#memory.storage(bytes, 'columns of a block'),
      values,
      weights: this.#csr.weights ? this.#memory.storage(bytes, 'confidences of a block') : values,
    };
  }

  /** The pairs of a block, for commands that are submitted before the next call. */
  entries(block: DeviceBlock): DeviceEntries {
    const resident = this.#resident?.get(block);
    if (resident) return resident;
    const streamed = this.#streamed;
    if (streamed === null) throw new Error('the ratings are neither kept on the device nor streamed to it');
    const { cols, values, weights } = this.#slices(block);
    writeBuffer(this.#device, streamed.cols, cols);
    writeBuffer(this.#device, streamed.values, values);
    if (weights) writeBuffer(this.#device, streamed.weights, weights);
    return streamed;
  }

  #slices({ firstEntry, nEntries }: RowBlock): {
    cols: Uint32Array;
    values: Float32Array;
    weights: Float32Array | undefined;
  } {
    const { cols, values, weights } = this.#csr;
    const end = firstEntry + nEntries;
    return {
      cols: cols.subarray(firstEntry, end),
      values: values.subarray(firstEntry, end),
      weights: weights?.subarray(firstEntry, end),
    };
  }
}

/** `struct Row` of each row. */
export function rowWords(rows: readonly { ridge: number; nEntries: number }[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(ROW_WORDS * rows.length);
  const numbers = new Float32Array(words.buffer);
  rows.forEach(({ ridge, nEntries }, r) => {
    numbers[ROW_WORDS * r] = ridge;
    words[ROW_WORDS * r + 1] = nEntries;
  });
  return words;
}

/** λ·w and the number of observed pairs of every user, then of every item. */
function rowsOf(problem: Problem): { ridge: number; nEntries: number }[] {
  const { byUser, byItem } = problem.interactions;
  const { users, items } = ridges(problem);
  const side = (csr: Csr, sideRidges: Float64Array): { ridge: number; nEntries: number }[] =>
    Array.from(sideRidges, (ridge, r) => ({ ridge, nEntries: rowLength(csr, r) }));
  return [...side(byUser, users), ...side(byItem, items)];
}

/** Both sides of a problem. */
export interface DeviceProblem {
  users: DeviceRows;
  items: DeviceRows;
  /** `struct Row` by row of a vector. */
  rowTable: GPUBuffer;
}

/** Puts a problem on the device; its observed pairs stay there if they fit beside `reserveBytes`, else they are streamed. */
export function deviceProblem(
  device: GPUDevice,
  memory: DeviceMemory,
  problem: Problem,
  limits: Pick<BlockLimits, 'maxSlots' | 'maxEntries'>,
  reserveBytes: number,
): DeviceProblem {
  const { byUser, byItem } = problem.interactions;
  const alpha0 = allPairsWeight(problem.objective);
  const { nFactors } = problem;
  const [firstUser, firstItem] = [0, byUser.nRows];
  const side = (csr: Csr, firstVectorRow: number, otherVectorRow: number): DeviceRows =>
    new DeviceRows(device, memory, csr, { ...limits, firstVectorRow, otherVectorRow, nFactors, alpha0 });
  const users = side(byUser, firstUser, firstItem);
  const items = side(byItem, firstItem, firstUser);
  const table = memory.upload(rowWords(rowsOf(problem)), 'rows');
  const fits = users.entriesBytes + items.entriesBytes + reserveBytes <= memory.freeBytes;
  for (const rows of [users, items]) {
    if (fits) rows.keepEntries();
    else rows.streamEntries();
  }
  return { users, items, rowTable: table };
}
