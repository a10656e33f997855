import { type Confidence, parseConfidence } from '../../confidence.ts';
import type { FactorModel } from '../../factor-model.ts';
import { objectiveOf } from '../../parameters.ts';
import { allPairsWeight, ridgeOf } from '../../regularization.ts';
import type { SeenItem } from '../../scorer.ts';
import { seenRow } from '../../seen-row.ts';
import { CholeskySolve } from './cholesky-solve.ts';
import type { CommandQueue } from './command-queue.ts';
import { DeviceMemory } from './device-memory.ts';
import { DeviceRows, rowWords } from './device-rows.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { Gramian } from './gramian.ts';
import type { KernelLayout } from './kernel-layout.ts';
import { NormalEquations } from './normal-equations.ts';
import { Readback } from './readback.ts';

/** Segments that one user's items are cut into, at most. */
const MAX_SEGMENTS = 64;

/** New users: one row of ALS, by the kernels that train. */
export class GpuFoldIn {
  readonly #gpu: GpuConnection;
  readonly #model: FactorModel;
  readonly #layout: KernelLayout;
  readonly #items: GPUBuffer;
  readonly #confidence: Confidence;
  readonly #stages: { normalEquations: NormalEquations; choleskySolve: CholeskySolve };
  readonly #allPairs: GPUBuffer;

  private constructor(
    gpu: GpuConnection,
    model: FactorModel,
    layout: KernelLayout,
    items: GPUBuffer,
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

  /** @param items the model's item factors in padded rows; @param memory for what stays on the device */
  static async create(
    gpu: GpuConnection,
    queue: CommandQueue,
    memory: DeviceMemory,
    model: FactorModel,
    layout: KernelLayout,
    items: GPUBuffer,
  ): Promise<GpuFoldIn> {
    const { kernels } = gpu;
    const unused = { read: memory.storage(0, 'unused'), written: memory.storage(0, 'unused') };
    const [normalEquations, choleskySolve, gramian] = await Promise.all([
      NormalEquations.create(kernels, layout, model.parameters.feedback === 'implicit'),
      CholeskySolve.create(kernels, layout, unused),
      allPairsWeight(objectiveOf(model.parameters)) > 0
        ? Gramian.create(kernels, memory, layout, { firstRow: 0, nRows: model.items.size })
        : null,
    ]);
    if (gramian) await queue.submitPass((pass) => gramian.encode(pass, items, items));
    const stages = { normalEquations, choleskySolve };
    return new GpuFoldIn(gpu, model, layout, items, stages, gramian?.result ?? unused.read);
  }

  /** The factors u = A⁻¹b [k]; zero for someone who has seen nothing. @throws RangeError for an item outside the model. */
  async factors(queue: CommandQueue, seen: readonly SeenItem[]): Promise<Float64Array> {
    const { device } = this.#gpu;
    const { nFactors, rowBytes, equationsBytes } = this.#layout;
    const objective = objectiveOf(this.#model.parameters);
    const row = seenRow(this.#model, this.#confidence, seen);
    const ridge = ridgeOf(row.cols.length, row.nCols, objective);
    const memory = new DeviceMemory(device);
    try {
      const { rows, rowTable, slots, solution, readback } = queue.guard(() => {
        const rows = new DeviceRows(device, memory, row, {
          firstVectorRow: 0,
          otherVectorRow: 0,
          maxSlots: MAX_SEGMENTS,
          maxEntries: row.nCols,
          nFactors,
          alpha0: allPairsWeight(objective),
        });
        rows.keepEntries();
        return {
          rows,
          rowTable: memory.upload(rowWords([{ ridge, nEntries: row.cols.length }]), 'row'),
          slots: memory.storage(rows.maxSlots * equationsBytes, 'normal equations'),
          solution: memory.storage(rowBytes, 'user factors'),
          readback: new Readback(device, rowBytes),
        };
      });
      const [block] = rows.blocks;
      if (block === undefined) throw new Error('a row without a block');
      await queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        this.#stages.normalEquations.encode(pass, block, rows.entries(block), this.#items, slots);
        this.#stages.choleskySolve.encode(pass, block, { rowTable, slots, allPairs: this.#allPairs, solution }, null);
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
