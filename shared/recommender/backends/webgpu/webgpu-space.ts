import { checkFactors } from '../../model/check-factors.ts';
import type { FactorSpace, Factors, OpenOptions, Problem, Vector } from '../../training/compute-backend.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import { VectorTable } from '../../training/vector-table.ts';
import { CommandQueue } from './command-queue.ts';
import { writeBuffer } from './device-memory.ts';
import type { DeviceBlock, DevicePiece } from './device-rows.ts';
import type { GpuConnection } from './gpu-connection.ts';
import type { Gramian } from './gramian.ts';
import { paddedRows } from './kernel-layout.ts';
import { allPairsQuartic } from './line-search.ts';
import { Readback } from './readback.ts';
import { openStages, type Stages } from './stages.ts';
import type { DeviceVector, Side } from './vector-shards.ts';

/**
 * A factorization problem on a GPU. Calls run one after the other, a block of rows at a time, so that the GPU is free
 * for others in between; what a call needs from the host (a bound, an order) never waits for the GPU.
 */
export class WebGpuSpace implements FactorSpace {
  readonly engine: string;
  readonly #gpu: GpuConnection;
  readonly #queue: CommandQueue;
  readonly #problem: Problem;
  readonly #options: OpenOptions;
  readonly #stages: Stages;
  readonly #vectors = new VectorTable<DeviceVector>();
  /** Everything called so far; never rejected, see the queue's failure. */
  #tail: Promise<void> = Promise.resolve();

  private constructor(gpu: GpuConnection, queue: CommandQueue, problem: Problem, options: OpenOptions, stages: Stages) {
    this.engine = `webgpu (${gpu.adapterName})`;
    this.#gpu = gpu;
    this.#queue = queue;
    this.#problem = problem;
    this.#options = options;
    this.#stages = stages;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** @throws RangeError for more factors than allowed, GpuOutOfMemoryError for more bytes than allowed or there are, DeviceLostError, the signal's reason. */
  static async open(gpu: GpuConnection, problem: Problem, options: OpenOptions): Promise<WebGpuSpace> {
    options.signal?.throwIfAborted();
    const queue = new CommandQueue(gpu);
    const stages = await queue.settled(openStages(gpu, queue, problem, options));
    options.signal?.throwIfAborted();
    return new WebGpuSpace(gpu, queue, problem, options, stages);
  }

  vector(): Vector {
    const { memory, shards, layout } = this.#stages;
    return this.#vectors.add(
      this.#queue.guard(() => shards.all.map(({ nRows }) => memory.storage(nRows * layout.rowBytes, 'vector'))),
    );
  }

  free(v: Vector): void {
    const buffers = this.#vectors.get(v);
    this.#vectors.delete(v);
    this.#enqueue(async () => {
      for (const buffer of buffers) this.#stages.memory.free(buffer);
    });
  }

  sweep(x: Vector, px: Vector): void {
    this.#vectors.checkDifferent(x, px);
    const [from, to] = [this.#vectors.get(x), this.#vectors.get(px)];
    this.#enqueue(() => this.#sweep(from, to, null));
  }

  sweepAndGradient(x: Vector, px: Vector, g: Vector): void {
    this.#vectors.checkDifferent(x, px, g);
    const [from, to, gradient] = [this.#vectors.get(x), this.#vectors.get(px), this.#vectors.get(g)];
    this.#enqueue(() => this.#sweep(from, to, gradient));
  }

  gradient(x: Vector, g: Vector): void {
    this.#vectors.checkDifferent(x, g);
    const [from, to] = [this.#vectors.get(x), this.#vectors.get(g)];
    this.#enqueue(async () => {
      await this.#gradientHalf('users', from, to);
      await this.#gradientHalf('items', from, to);
    });
  }

  combine(out: Vector, a: number, x: Vector, b: number, y: Vector): void {
    const [to, left, right] = [this.#vectors.get(out), this.#vectors.get(x), this.#vectors.get(y)];
    this.#enqueue(() => this.#queue.submitPass((pass) => this.#stages.combine.encode(pass, to, a, left, b, right)));
  }

  lineSearch(x: Vector, p: Vector): Promise<QuarticCoefficients> {
    const [at, along] = [this.#vectors.get(x), this.#vectors.get(p)];
    return this.#ask(() => this.#lineSearch(at, along));
  }

  dots(pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array> {
    const buffers = pairs.map(([x, y]) => [this.#vectors.get(x), this.#vectors.get(y)] as const);
    return this.#ask(() => this.#dots(buffers));
  }

  read(v: Vector): Promise<Factors> {
    const buffers = this.#vectors.get(v);
    return this.#ask(async () => ({
      users: await this.#readSide('users', buffers),
      items: await this.#readSide('items', buffers),
    }));
  }

  write(v: Vector, factors: Factors): void {
    const buffers = this.#vectors.get(v);
    const { nFactors, interactions } = this.#problem;
    checkFactors(factors, { ...interactions, nFactors });
    const { shards, layout } = this.#stages;
    const padded = (['users', 'items'] as const).flatMap((side) =>
      shards[side].map(({ firstRow, nRows }) =>
        paddedRows(factors[side].subarray(firstRow * nFactors, (firstRow + nRows) * nFactors), layout),
      ),
    );
    this.#enqueue(async () =>
      this.#queue.guard(() => {
        padded.forEach((rows, i) => {
          writeBuffer(this.#gpu.device, buffers[i]!, rows);
        });
      }),
    );
  }

  close(): void {
    this.#queue.fail(new Error('this factor space is closed'));
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#vectors.clear();
    this.#stages.memory.close();
  }

  readonly #onAbort = (): void => this.#queue.fail(this.#options.signal?.reason);

  #enqueue(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      try {
        this.#queue.throwIfFailed();
        await work();
      } catch (error) {
        this.#queue.fail(error);
      }
    });
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    const answer = this.#tail.then(() => {
      this.#queue.throwIfFailed();
      return this.#queue.settled(question());
    });
    this.#tail = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  async #sweep(from: DeviceVector, to: DeviceVector, gradient: DeviceVector | null): Promise<void> {
    const { users, items } = this.#stages.problem;
    const total = users.length + items.length;
    let done = 0;
    const onBlock = (): void => this.#options.onBlock?.(++done / total);
    await this.#solveHalf('users', from, to, gradient && { at: from, g: gradient }, onBlock);
    if (gradient) await this.#gradientHalf('items', from, gradient);
    await this.#solveHalf('items', to, to, null, onBlock);
  }

  /** Solves the rows of one side, given the other side in `from`, into `to`. */
  async #solveHalf(
    side: Side,
    from: DeviceVector,
    to: DeviceVector,
    gradient: { at: DeviceVector; g: DeviceVector } | null,
    onBlock: () => void,
  ): Promise<void> {
    const { normalEquations, choleskySolve, slots, problem } = this.#stages;
    const allPairs = await this.#allPairsOf(side, from);
    const buffers = { rowTables: problem.rowTables, slots, allPairs, solution: to };
    await this.#eachPiece(
      side,
      (pass, _, piece, entries) => normalEquations.encode(pass, piece, entries, from, slots),
      (pass, block) => choleskySolve.encode(pass, block, buffers, gradient),
      onBlock,
    );
  }

  async #gradientHalf(side: Side, x: DeviceVector, gradient: DeviceVector): Promise<void> {
    const { rowGradient, slots, problem } = this.#stages;
    const allPairs = await this.#allPairsOf(side, x);
    const buffers = { rowTables: problem.rowTables, slots, allPairs, x, gradient };
    await this.#eachPiece(
      side,
      (pass, block, piece, entries) => rowGradient.encodePiece(pass, block, piece, entries, buffers),
      (pass, block) => rowGradient.encodeFinish(pass, block, buffers),
    );
  }

  /** Submits one side a piece at a time; what finishes a block goes with its last piece. */
  async #eachPiece(
    side: Side,
    encodePiece: (pass: GPUComputePassEncoder, block: DeviceBlock, piece: DevicePiece, entries: GPUBuffer) => void,
    encodeFinish?: (pass: GPUComputePassEncoder, block: DeviceBlock) => void,
    onBlock?: () => void,
  ): Promise<void> {
    const { problem } = this.#stages;
    for (const block of problem[side]) {
      for (const piece of block.pieces) {
        const isLast = piece === block.pieces.at(-1);
        await this.#queue.submitPass(
          (pass) => {
            encodePiece(pass, block, piece, problem.entries.of(piece));
            if (isLast) encodeFinish?.(pass, block);
          },
          isLast ? onBlock : undefined,
        );
      }
    }
  }

  /** The Gramian of the side that `side` is matched against. */
  async #allPairsOf(side: Side, x: DeviceVector): Promise<GPUBuffer> {
    const { gramians, unused } = this.#stages;
    if (gramians === null) return unused;
    const gramian = side === 'users' ? gramians.items : gramians.users;
    await this.#queue.submitPass((pass) => gramian.encode(pass, x, x));
    return gramian.result;
  }

  async #lineSearch(x: DeviceVector, p: DeviceVector): Promise<QuarticCoefficients> {
    const { lineSearch, layout, alpha0 } = this.#stages;
    await this.#eachPiece('users', (pass, block, piece, entries) =>
      lineSearch.encodePiece(pass, block, piece, entries, x, p),
    );
    await this.#queue.submitPass((pass) => lineSearch.encodeRidges(pass, x, p));
    const gramians = this.#raysGramians(x, p);
    const { buffer, sizeBytes } = lineSearch.parts;
    const readback = new Readback(this.#gpu.device, sizeBytes + gramians.length * layout.gramianBytes);
    await this.#queue.submit((encoder) => readback.copy(encoder, buffer, sizeBytes));
    for (const { gramian, left, right } of gramians) {
      await this.#queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        gramian.encode(pass, left, right);
        pass.end();
        readback.copy(encoder, gramian.result, layout.gramianBytes);
      });
    }
    const numbers = await readback.numbers();
    const observed = lineSearch.quarticOf(numbers.subarray(0, sizeBytes / 4));
    if (gramians.length === 0) return observed;
    const pairs = allPairsQuartic(numbers.subarray(sizeBytes / 4), layout, alpha0);
    return {
      c0: observed.c0 + pairs.c0,
      c1: observed.c1 + pairs.c1,
      c2: observed.c2 + pairs.c2,
      c3: observed.c3 + pairs.c3,
      c4: observed.c4 + pairs.c4,
    };
  }

  /** uu, up, pp, vv, vq, qq: what the all-pairs part of a line search takes; nothing without one. */
  #raysGramians(x: DeviceVector, p: DeviceVector): { gramian: Gramian; left: DeviceVector; right: DeviceVector }[] {
    const { gramians } = this.#stages;
    if (gramians === null) return [];
    return [gramians.users, gramians.items].flatMap((gramian) => [
      { gramian, left: x, right: x },
      { gramian, left: x, right: p },
      { gramian, left: p, right: p },
    ]);
  }

  async #dots(pairs: readonly (readonly [DeviceVector, DeviceVector])[]): Promise<Float64Array> {
    const sums = new Float64Array(pairs.length);
    if (pairs.length === 0) return sums;
    const { memory, dot } = this.#stages;
    const sizeBytes = pairs.length * dot.partsBytes;
    const parts = this.#queue.guard(() => memory.storage(sizeBytes, 'parts of inner products'));
    try {
      const readback = new Readback(this.#gpu.device, sizeBytes);
      await this.#queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        pairs.forEach(([x, y], i) => {
          dot.encode(pass, x, y, parts, i * dot.partsBytes);
        });
        pass.end();
        readback.copy(encoder, parts, sizeBytes);
      });
      const numbers = await readback.numbers();
      for (let i = 0; i < numbers.length; i++) sums[Math.floor((4 * i) / dot.partsBytes)]! += numbers[i]!;
      return sums;
    } finally {
      memory.free(parts);
    }
  }

  async #readSide(side: Side, vector: DeviceVector): Promise<Float32Array> {
    const { shards, layout } = this.#stages;
    const { nFactors, paddedFactors } = layout;
    const { byUser, byItem } = this.#problem.interactions;
    const out = new Float32Array((side === 'users' ? byUser : byItem).nRows * nFactors);
    for (const { index, firstRow, nRows } of shards[side]) {
      const buffer = vector[index]!;
      const readback = new Readback(this.#gpu.device, buffer.size);
      await this.#queue.submit((encoder) => readback.copy(encoder, buffer, buffer.size));
      const rows = await readback.numbers();
      for (let r = 0; r < nRows; r++) {
        out.set(rows.subarray(r * paddedFactors, r * paddedFactors + nFactors), (firstRow + r) * nFactors);
      }
    }
    return out;
  }
}
