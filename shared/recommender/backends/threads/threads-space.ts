import { checkFactors } from '../../model/check-factors.ts';
import type { Crew } from '../../threads/crew.ts';
import { shareableBytes } from '../../threads/shared-memory.ts';
import type { FactorSpace, Factors, OpenOptions, Vector } from '../../training/compute-backend.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import { VectorTable } from '../../training/vector-table.ts';
import { lineSearchCoefficients } from './line-search-sums.ts';
import { type Command, elementBlocks, MAX_DOT_PAIRS, type SpaceLaneSetup } from './space-lane.ts';

/** Time between two reports of a sweep's progress, ms. */
const PROGRESS_INTERVAL_MS = 100;

/**
 * The host's side of the threads backend. Void calls gather in a batch that is handed to the lanes together, so that a
 * whole iteration costs a handful of messages.
 */
export class ThreadsSpace implements FactorSpace {
  readonly engine: string;
  readonly #setup: SpaceLaneSetup;
  readonly #crew: Crew<readonly Command[]>;
  readonly #options: OpenOptions;
  readonly #vectors = new VectorTable<Float32Array>();
  #batch: Command[] = [];
  /** The work handed over so far; never rejected, see #failure. */
  #tail: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | null = null;
  #heldBytes = 0;

  constructor(setup: SpaceLaneSetup, crew: Crew<readonly Command[]>, options: OpenOptions) {
    this.engine = crew.engine;
    this.#setup = setup;
    this.#crew = crew;
    this.#options = options;
    this.#hold(setupBytes(setup));
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  vector(): Vector {
    const { byUser, byItem, nFactors } = this.#setup;
    const sizeBytes = Float32Array.BYTES_PER_ELEMENT * (byUser.nRows + byItem.nRows) * nFactors;
    this.#hold(sizeBytes);
    const memory = shareableBytes(sizeBytes);
    const vector = this.#vectors.add(new Float32Array(memory));
    this.#enqueue({ kind: 'allocate', vector: vector.id, memory });
    return vector;
  }

  free(v: Vector): void {
    this.#heldBytes -= this.#vectors.get(v).byteLength;
    this.#vectors.delete(v);
    this.#enqueue({ kind: 'free', vector: v.id });
  }

  sweep(x: Vector, px: Vector): void {
    this.#vectors.checkDifferent(x, px);
    this.#enqueue({ kind: 'sweep', x: this.#id(x), px: this.#id(px), g: null });
  }

  sweepAndGradient(x: Vector, px: Vector, g: Vector): void {
    this.#vectors.checkDifferent(x, px, g);
    this.#enqueue({ kind: 'sweep', x: this.#id(x), px: this.#id(px), g: this.#id(g) });
  }

  gradient(x: Vector, g: Vector): void {
    this.#vectors.checkDifferent(x, g);
    this.#enqueue({ kind: 'gradient', x: this.#id(x), g: this.#id(g) });
  }

  combine(out: Vector, a: number, x: Vector, b: number, y: Vector): void {
    this.#enqueue({ kind: 'combine', out: this.#id(out), a, x: this.#id(x), b, y: this.#id(y) });
  }

  lineSearch(x: Vector, p: Vector): Promise<QuarticCoefficients> {
    this.#enqueue({ kind: 'lineSearch', x: this.#id(x), p: this.#id(p) });
    return this.#afterBatch(() => lineSearchCoefficients(this.#setup));
  }

  async dots(pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array> {
    const answers: Promise<Float64Array>[] = [];
    // At least one batch, so that errors of void calls surface even for an empty list.
    for (let first = 0; first === 0 || first < pairs.length; first += MAX_DOT_PAIRS) {
      const some = pairs.slice(first, first + MAX_DOT_PAIRS);
      this.#enqueue({ kind: 'dots', pairs: some.map(([x, y]) => [this.#id(x), this.#id(y)]) });
      answers.push(this.#afterBatch(() => this.#sumsOfDots(some.length)));
    }
    return Float64Array.from((await Promise.all(answers)).flatMap((sums) => [...sums]));
  }

  read(v: Vector): Promise<Factors> {
    const all = this.#vectors.get(v);
    return this.#afterBatch(() => {
      const nUserFactors = this.#setup.byUser.nRows * this.#setup.nFactors;
      // Copies on memory that is not shared, which every web API takes.
      return {
        users: Float32Array.from(all.subarray(0, nUserFactors)),
        items: Float32Array.from(all.subarray(nUserFactors)),
      };
    });
  }

  write(v: Vector, { users, items }: Factors): void {
    const all = this.#vectors.get(v);
    checkFactors({ users, items }, this.#setup);
    const copy = new Float32Array(all.length);
    copy.set(users);
    copy.set(items, users.length);
    this.#handOver();
    this.#tail = this.#tail.then(() => all.set(copy));
  }

  close(): void {
    this.#fail(new Error('this factor space is closed'));
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#vectors.clear();
    this.#crew.close();
  }

  readonly #onAbort = (): void => this.#fail(this.#options.signal?.reason);

  #id(v: Vector): number {
    this.#vectors.get(v);
    return v.id;
  }

  #hold(sizeBytes: number): void {
    this.#heldBytes += sizeBytes;
    const { memoryBytes } = this.#options;
    if (memoryBytes !== undefined && this.#heldBytes > memoryBytes) {
      throw new RangeError(
        `training would hold ${this.#heldBytes} bytes, more than the ${memoryBytes} it may: fewer factors need less`,
      );
    }
  }

  #enqueue(command: Command): void {
    if (this.#batch.length === 0) queueMicrotask(() => this.#handOver());
    this.#batch.push(command);
  }

  #handOver(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#tail = this.#tail.then(() => this.#run(batch));
  }

  async #run(batch: readonly Command[]): Promise<void> {
    if (this.#failure) return;
    const progress = this.#watchProgress(batch);
    try {
      await this.#crew.run(batch);
    } catch (error) {
      this.#fail(error);
    } finally {
      clearInterval(progress);
    }
  }

  /** Answers after the commands so far and before the next ones. */
  #afterBatch<T>(answer: () => T): Promise<T> {
    this.#handOver();
    const answered = this.#tail.then(() => {
      if (this.#failure) throw this.#failure.error;
      return answer();
    });
    this.#tail = answered.then(
      () => {},
      () => {},
    );
    return answered;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#crew.stop();
  }

  #sumsOfDots(nPairs: number): Float64Array {
    const { byUser, byItem, nFactors, partialSums } = this.#setup;
    const nBlocks = elementBlocks((byUser.nRows + byItem.nRows) * nFactors);
    return Float64Array.from({ length: nPairs }, (_, pair) =>
      partialSums.subarray(pair * nBlocks, (pair + 1) * nBlocks).reduce((sum, part) => sum + part, 0),
    );
  }

  #watchProgress(batch: readonly Command[]): ReturnType<typeof setInterval> | undefined {
    const { onBlock } = this.#options;
    const nSweeps = batch.filter(({ kind }) => kind === 'sweep').length;
    if (onBlock === undefined || nSweeps === 0) return undefined;
    this.#crew.takeBlocksDone();
    const total = nSweeps * (this.#setup.userBlocks.length + this.#setup.itemBlocks.length - 2);
    let done = 0;
    return setInterval(() => {
      done += this.#crew.takeBlocksDone();
      onBlock(Math.min(1, done / total));
    }, PROGRESS_INTERVAL_MS);
  }
}

function setupBytes({ byUser, byItem, partialSums, partialGramians, rotated }: SpaceLaneSetup): number {
  const csrBytes = ({ rowPtr, cols, values, weights }: SpaceLaneSetup['byUser']): number =>
    rowPtr.byteLength + cols.byteLength + values.byteLength + (weights?.byteLength ?? 0);
  return csrBytes(byUser) + csrBytes(byItem) + partialSums.byteLength + partialGramians.byteLength + rotated.byteLength;
}
