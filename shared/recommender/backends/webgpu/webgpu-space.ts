import { checkFactors } from '../../check-factors.ts';
import type { FactorSpace, Factors, OpenOptions, Problem, Vector } from '../../compute-backend.ts';
import type { QuarticCoefficients } from '../../quartic.ts';
import { VectorTable } from '../../vector-table.ts';
import { CommandQueue } from './command-queue.ts';
import { writeBuffer } from './device-memory.ts';
import type { DeviceRows } from './device-rows.ts';
import { DOT_PARTS_BYTES } from './dot.ts';
import type { GpuConnection } from './gpu-connection.ts';
import type { Gramian } from './gramian.ts';
import { paddedRows } from './kernel-layout.ts';
import { allPairsQuartic, observedQuartic } from './line-search.ts';
import { Readback } from './readback.ts';
import { openStages, type Stages } from './stages.ts';

/** The users' half of a problem, or the items'. */
type Side = 'users' | 'items';

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
  readonly #vectors = new VectorTable<GPUBuffer>();
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

  /** @throws RangeError for more factors or bytes than allowed, GpuOutOfMemoryError, DeviceLostError, the signal's reason. */
  static async open(gpu: GpuConnection, problem: Problem, options: OpenOptions): Promise<WebGpuSpace> {
    options.signal?.throwIfAborted();
    const queue = new CommandQueue(gpu);
    const stages = await queue.settled(openStages(gpu, queue, problem, options));
    options.signal?.throwIfAborted();
    return new WebGpuSpace(gpu, queue, problem, options, stages);
  }

  vector(): Vector {
    const { memory, vectorBytes } = this.#stages;
    return this.#vectors.add(this.#queue.guard(() => memory.storage(vectorBytes, 'vector')));
  }

  free(v: Vector): void {
    const buffer = this.#vectors.get(v);
    this.#vectors.delete(v);
    this.#enqueue(async () => this.#stages.memory.free(buffer));
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
    const buffer = this.#vectors.get(v);
    return this.#ask(async () => {
      const readback = new Readback(this.#gpu.device, buffer.size);
      await this.#queue.submit((encoder) => readback.copy(encoder, buffer, buffer.size));
      return this.#unpadded(await readback.numbers());
    });
  }

  write(v: Vector, factors: Factors): void {
    const buffer = this.#vectors.get(v);
    checkFactors(factors, { ...this.#problem.interactions, nFactors: this.#problem.nFactors });
    const padded = this.#padded(factors);
    this.#enqueue(async () => this.#queue.guard(() => writeBuffer(this.#gpu.device, buffer, padded)));
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

  async #sweep(from: GPUBuffer, to: GPUBuffer, gradient: GPUBuffer | null): Promise<void> {
    const { users, items } = this.#stages.problem;
    const total = users.blocks.length + items.blocks.length;
    let done = 0;
    const onBlock = (): void => this.#options.onBlock?.(++done / total);
    await this.#solveHalf('users', from, to, gradient && { at: from, g: gradient }, onBlock);
    if (gradient) await this.#gradientHalf('items', from, gradient);
    await this.#solveHalf('items', to, to, null, onBlock);
  }

  /** Solves the rows of one side, given the other side in `from`, into `to`. */
  async #solveHalf(
    side: Side,
    from: GPUBuffer,
    to: GPUBuffer,
    gradient: { at: GPUBuffer; g: GPUBuffer } | null,
    onBlock: () => void,
  ): Promise<void> {
    const { normalEquations, choleskySolve, slots, problem } = this.#stages;
    const allPairs = await this.#allPairsOf(side, from);
    const buffers = { rowTable: problem.rowTable, slots, allPairs, solution: to };
    const rows = problem[side];
    for (const block of rows.blocks) {
      await this.#queue.submitPass((pass) => {
        normalEquations.encode(pass, block, rows.entries(block), from, slots);
        choleskySolve.encode(pass, block, buffers, gradient);
      }, onBlock);
    }
  }

  async #gradientHalf(side: Side, x: GPUBuffer, gradient: GPUBuffer): Promise<void> {
    const { rowGradient, slots, problem } = this.#stages;
    const allPairs = await this.#allPairsOf(side, x);
    const buffers = { rowTable: problem.rowTable, slots, allPairs, x, gradient };
    const rows: DeviceRows = problem[side];
    for (const block of rows.blocks) {
      await this.#queue.submitPass((pass) => rowGradient.encode(pass, block, rows.entries(block), buffers));
    }
  }

  /** The Gramian of the side that `side` is matched against. */
  async #allPairsOf(side: Side, x: GPUBuffer): Promise<GPUBuffer> {
    const { gramians, unused } = this.#stages;
    if (gramians === null) return unused;
    const gramian = side === 'users' ? gramians.items : gramians.users;
    await this.#queue.submitPass((pass) => gramian.encode(pass, x, x));
    return gramian.result;
  }

  async #lineSearch(x: GPUBuffer, p: GPUBuffer): Promise<QuarticCoefficients> {
    const { lineSearch, problem, layout, alpha0 } = this.#stages;
    for (const block of problem.users.blocks) {
      await this.#queue.submitPass((pass) => lineSearch.encodeBlock(pass, block, problem.users.entries(block), x, p));
    }
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
    const observed = observedQuartic(numbers.subarray(0, sizeBytes / 4));
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
  #raysGramians(x: GPUBuffer, p: GPUBuffer): { gramian: Gramian; left: GPUBuffer; right: GPUBuffer }[] {
    const { gramians } = this.#stages;
    if (gramians === null) return [];
    return [gramians.users, gramians.items].flatMap((gramian) => [
      { gramian, left: x, right: x },
      { gramian, left: x, right: p },
      { gramian, left: p, right: p },
    ]);
  }

  async #dots(pairs: readonly (readonly [GPUBuffer, GPUBuffer])[]): Promise<Float64Array> {
    const sums = new Float64Array(pairs.length);
    if (pairs.length === 0) return sums;
    const { device } = this.#gpu;
    const sizeBytes = pairs.length * DOT_PARTS_BYTES;
    const parts = this.#queue.guard(() => this.#stages.memory.storage(sizeBytes, 'parts of inner products'));
    try {
      const readback = new Readback(device, sizeBytes);
      await this.#queue.submit((encoder) => {
        const pass = encoder.beginComputePass();
        pairs.forEach(([x, y], i) => {
          this.#stages.dot.encode(pass, x, y, parts, i * DOT_PARTS_BYTES);
        });
        pass.end();
        readback.copy(encoder, parts, sizeBytes);
      });
      const numbers = await readback.numbers();
      for (let i = 0; i < numbers.length; i++) sums[Math.floor((4 * i) / DOT_PARTS_BYTES)]! += numbers[i]!;
      return sums;
    } finally {
      this.#stages.memory.free(parts);
    }
  }

  #padded({ users, items }: Factors): Float32Array<ArrayBuffer> {
    const { layout, vectorBytes } = this.#stages;
    const out = new Float32Array(vectorBytes / 4);
    const paddedUsers = paddedRows(users, layout);
    out.set(paddedUsers);
    out.set(paddedRows(items, layout), paddedUsers.length);
    return out;
  }

  #unpadded(numbers: Float32Array): Factors {
    const { nFactors, paddedFactors } = this.#stages.layout;
    const { byUser, byItem } = this.#problem.interactions;
    const take = (firstRow: number, nRows: number): Float32Array => {
      const out = new Float32Array(nRows * nFactors);
      for (let r = 0; r < nRows; r++) {
        const at = (firstRow + r) * paddedFactors;
        out.set(numbers.subarray(at, at + nFactors), r * nFactors);
      }
      return out;
    };
    return { users: take(0, byUser.nRows), items: take(byUser.nRows, byItem.nRows) };
  }
}
