/** A compute backend in a Web Worker, called from a page as if it were there: for running a page's tests on it. */
import { type Remote, wrap } from 'comlink';
import { checkFactors } from '../../../model/check-factors.ts';
import type {
  ComputeBackend,
  FactorSpace,
  Factors,
  OpenOptions,
  Problem,
  Vector,
} from '../../../training/compute-backend.ts';
import type { QuarticCoefficients } from '../../../training/quartic.ts';
import { VectorTable } from '../../../training/vector-table.ts';
import type { BackendService } from './backend.worker.ts';

export interface BackendInWorker {
  backend: ComputeBackend;
  environment: Awaited<ReturnType<BackendService['environment']>>;
  close(): void;
}

export async function backendInWorker(): Promise<BackendInWorker> {
  const worker = new Worker(new URL('./backend.worker.ts', import.meta.url), { type: 'module' });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(`the worker failed: ${message}`)));
  });
  const remote = wrap<BackendService>(worker);
  const environment = await Promise.race([remote.environment(), failed]);
  let nextSpace = 0;
  return {
    environment,
    backend: {
      name: 'webgpu',
      async open(problem, options = {}) {
        options.signal?.throwIfAborted();
        const space = nextSpace++;
        return new SpaceInWorker(remote, space, await remote.open(space, problem), problem, options);
      },
    },
    close: () => worker.terminate(),
  };
}

/** Refuses at once what a space must refuse at once; all else happens in the worker, in the order of the messages. */
class SpaceInWorker implements FactorSpace {
  readonly engine: string;
  readonly #remote: Remote<BackendService>;
  readonly #space: number;
  readonly #problem: Problem;
  readonly #options: OpenOptions;
  /** The worker counts its vectors from 0 as well. */
  readonly #vectors = new VectorTable<null>();

  constructor(remote: Remote<BackendService>, space: number, engine: string, problem: Problem, options: OpenOptions) {
    this.engine = engine;
    this.#remote = remote;
    this.#space = space;
    this.#problem = problem;
    this.#options = options;
    options.signal?.addEventListener('abort', () => this.close());
  }

  vector(): Vector {
    void this.#remote.vector(this.#space);
    return this.#vectors.add(null);
  }

  free(v: Vector): void {
    this.#vectors.delete(v);
    void this.#remote.free(this.#space, v);
  }

  sweep(x: Vector, px: Vector): void {
    this.#check(x, px);
    void this.#remote.sweep(this.#space, x, px);
  }

  sweepAndGradient(x: Vector, px: Vector, g: Vector): void {
    this.#check(x, px, g);
    void this.#remote.sweepAndGradient(this.#space, x, px, g);
  }

  gradient(x: Vector, g: Vector): void {
    this.#check(x, g);
    void this.#remote.gradient(this.#space, x, g);
  }

  combine(out: Vector, a: number, x: Vector, b: number, y: Vector): void {
    void this.#remote.combine(this.#space, out, a, x, b, y);
  }

  lineSearch(x: Vector, p: Vector): Promise<QuarticCoefficients> {
    return this.#answer(this.#remote.lineSearch(this.#space, x, p));
  }

  dots(pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array> {
    return this.#answer(this.#remote.dots(this.#space, pairs));
  }

  read(v: Vector): Promise<Factors> {
    return this.#answer(this.#remote.read(this.#space, v));
  }

  write(v: Vector, factors: Factors): void {
    checkFactors(factors, { ...this.#problem.interactions, nFactors: this.#problem.nFactors });
    void this.#remote.write(this.#space, v, factors);
  }

  close(): void {
    void this.#remote.close(this.#space);
  }

  #check(...vectors: readonly Vector[]): void {
    for (const v of vectors) this.#vectors.get(v);
    this.#vectors.checkDifferent(...vectors);
  }

  /** A signal's reason does not pass between threads. */
  async #answer<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      throw error;
    }
  }
}
