import type { FactorModel } from '../../model/factor-model.ts';
import type { BatchTopKOptions, Reason, ScoredItem, Scorer, SeenItem, TopKOptions } from '../../scoring/scorer.ts';
import { openScorer } from '../../scoring/scorer-cpu.ts';
import { CommandQueue } from './command-queue.ts';
import { DeviceMemory } from './device-memory.ts';
import type { GpuConnection } from './gpu-connection.ts';
import { GpuFoldIn } from './gpu-fold-in.ts';
import { kernelLayout, paddedRows } from './kernel-layout.ts';
import { MAX_K, TopK } from './top-k.ts';
import { shards } from './vector-shards.ts';

/** Scores a model whose item factors live on a GPU. Calls that read them only once, or want very long lists, run on the processor. */
export class WebGpuScorer implements Scorer {
  readonly #queue: CommandQueue;
  readonly #memory: DeviceMemory;
  readonly #foldIn: GpuFoldIn;
  readonly #topK: TopK;
  readonly #onProcessor: Scorer;

  private constructor(queue: CommandQueue, memory: DeviceMemory, foldIn: GpuFoldIn, topK: TopK, onProcessor: Scorer) {
    this.#queue = queue;
    this.#memory = memory;
    this.#foldIn = foldIn;
    this.#topK = topK;
    this.#onProcessor = onProcessor;
  }

  /** @throws GpuOutOfMemoryError, DeviceLostError */
  static async open(gpu: GpuConnection, model: FactorModel): Promise<WebGpuScorer> {
    const queue = new CommandQueue(gpu);
    const memory = new DeviceMemory(gpu);
    const { sharedBytes, bindingBytes } = gpu.capabilities;
    const { nFactors, itemFactors } = model;
    const layout = kernelLayout(nFactors, sharedBytes);
    const itemShards = shards(model.items.size, 0, Math.floor(bindingBytes / layout.rowBytes));
    const factors = queue.guard(() =>
      itemShards.map(({ firstRow, nRows }) => {
        const rows = itemFactors.subarray(firstRow * nFactors, (firstRow + nRows) * nFactors);
        return memory.upload(paddedRows(rows, layout), 'item factors');
      }),
    );
    const items = { shards: itemShards, factors };
    const [foldIn, topK] = await queue.settled(
      Promise.all([GpuFoldIn.create(gpu, queue, memory, model, layout, items), TopK.create(gpu, layout, items)]),
    );
    return new WebGpuScorer(queue, memory, foldIn, topK, openScorer(model));
  }

  foldIn(seen: readonly SeenItem[]): Promise<Float64Array> {
    return this.#foldIn.factors(this.#queue, seen);
  }

  async topK(user: ArrayLike<number>, { k, exclude = [] }: TopKOptions): Promise<ScoredItem[]> {
    if (k > MAX_K) return this.#onProcessor.topK(user, { k, exclude });
    const excluded = new Set(exclude);
    const [best = []] = await this.#topK.search(this.#queue, Float64Array.from(user), k, () => excluded);
    return best;
  }

  topKBatch(users: Float64Array, options: BatchTopKOptions): Promise<ScoredItem[][]> {
    if (options.k > MAX_K) return this.#onProcessor.topKBatch(users, options);
    return this.#topK.search(this.#queue, users, options.k, options.exclude);
  }

  similar(item: number, k: number): Promise<ScoredItem[]> {
    return this.#onProcessor.similar(item, k);
  }

  explain(items: readonly number[], seen: readonly SeenItem[], n: number): Promise<Reason[][]> {
    return this.#onProcessor.explain(items, seen, n);
  }

  /** Gives the memory back; the GPU itself stays open. */
  close(): void {
    this.#queue.fail(new Error('this scorer is closed'));
    this.#memory.close();
  }
}
