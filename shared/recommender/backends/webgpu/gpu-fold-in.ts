import type { FactorModel } from '../../model/factor-model.ts';
import type { SeenItem } from '../../scoring/scorer.ts';
import { seenRow } from '../../scoring/seen-row.ts';
import { type Confidence, parseConfidence } from '../../training/confidence.ts';
import { objectiveOf } from '../../training/parameters.ts';
import { allPairsWeight, ridgeOf } from '../../training/regularization.ts';
import { CholeskySolve } from './cholesky-solve.ts';
import type { CommandQueue } from './command-queue.ts';
import { residentEntries } from './device-entries.ts';
import { DeviceMemory } from './device-memory.ts';
import { deviceBlocks } from './device-rows.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { Gramian } from './gramian.ts';
import type { KernelLayout } from './kernel-layout.ts';
import { NormalEquations } from './normal-equations.ts';
import { Readback } from './readback.ts';
import { rowWords } from './row-table.ts';
import type { DeviceVector, Shard } from './vector-shards.ts';

/** Segments of one user's items that are computed at a time. */
const MAX_SEGMENTS = 64;

/** Item factors on a device, in padded rows. */
export interface DeviceItems {
  shards: readonly Shard[];
  factors: DeviceVector;
}

/** New users: one row of ALS, by the kernels that train. */
export class GpuFoldIn {
  readonly #gpu: GpuConnection;
  readonly #model: FactorModel;
  readonly #layout: KernelLayout;
  readonly #items: DeviceItems;
  readonly #confidence: Confidence;
  readonly #stages: { normalEquations: NormalEquations; choleskySolve: CholeskySolve };
  readonly #allPairs: GPUBuffer;

  private constructor(
    gpu: GpuConnection,
    model: FactorModel,
    layout: KernelLayout,
    items: DeviceItems,
    stages: { normalEquations: NormalEquations; choleskySolve: CholeskySolve },
    allPairs: GPUBuffer,
  ) {
    this.#gpu = gpu;
    this.#model = model;
    this.#layout = layout;
    this.#items = items;
    this.#confidence = parseConfidence(model.parameters.confidence);
    this.#stages = stages;
    this.#allPairs = allPairs;
  }

  /** @param memory for what stays on the device */
  static async create(
    gpu: GpuConnection,
    queue: CommandQueue,
    memory: DeviceMemory,
    model: FactorModel,
    layout: KernelLayout,
    items: DeviceItems,
  ): Promise<GpuFoldIn> {
    const { kernels } = gpu;
    const unused = { read: memory.storage(0, 'unused'), written: memory.storage(0, 'unused') };
    const [normalEquations, choleskySolve, gramian] = await Promise.all([
      NormalEquations.create(kernels, layout, model.parameters.feedback === 'implicit'),
      CholeskySolve.create(kernels, layout, unused),
      allPairsWeight(objectiveOf(model.parameters)) > 0 ? Gramian.create(kernels, memory, layout, items.shards) : null,
    ]);
    if (gramian) await queue.submitPass((pass) => gramian.encode(pass, items.factors, items.factors));
    const stages = { normalEquations, choleskySolve };
    return new GpuFoldIn(gpu, model, layout, items, stages, gramian?.result ?? unused.read);
  }

  /** The factors u = A⁻¹b [k]; zero for a user who has seen nothing. @throws RangeError for an item outside the model. */
  async factors(queue: CommandQueue, seen: readonly SeenItem[]): Promise<Float64Array> {
    const { device } = this.#gpu;
    const { nFactors, rowBytes, equationsBytes } = this.#layout;
    const objective = objectiveOf(this.#model.parameters);
    const row = seenRow(this.#model, this.#confidence, seen);
    const ridge = ridgeOf(row.cols.length, row.nCols, objective);
    const memory = new DeviceMemory(this.#gpu);
    try {
      const own = { index: 0, firstRow: 0, nRows: 1 };
      const { blocks, entries, rowTable, slots, solution, readback } = queue.guard(() => {
        const blocks = deviceBlocks(
          memory,
          row,
          { own: [own], other: this.#items.shards },
          { maxSlots: MAX_SEGMENTS, maxEntries: row.nCols },
          { nFactors, alpha0: allPairsWeight(objective) },
        );
        return {
          blocks,
          entries: residentEntries(
            device,
            memory,
            blocks.flatMap(({ pieces }) => pieces),
          ),
          rowTable: memory.upload(rowWords([ridge], row.rowPtr), 'row'),
          slots: memory.storage(Math.max(...blocks.map(({ nSlots }) => nSlots)) * equationsBytes, 'normal equations'),
          solution: memory.storage(rowBytes, 'user factors'),
          readback: new Readback(device, rowBytes),
        };
      });
      await queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        const buffers = { rowTables: [rowTable], slots, allPairs: this.#allPairs, solution: [solution] };
        for (const block of blocks) {
          for (const piece of block.pieces) {
            this.#stages.normalEquations.encode(pass, piece, entries.of(piece), this.#items.factors, slots);
          }
          this.#stages.choleskySolve.encode(pass, block, buffers, null);
        }
        pass.end();
        readback.copy(encoder, solution, rowBytes);
      });
      const padded = await queue.settled(readback.numbers());
      return Float64Array.from(padded.subarray(0, nFactors));
    } finally {
      memory.close();
    }
  }
}
