import { type Csr, rowLength } from '../../interactions/interactions.ts';
import { solvePositive } from '../../linear-algebra/cholesky.ts';
import { checkFactors } from '../../model/check-factors.ts';
import type {
  ComputeBackend,
  FactorSpace,
  Factors,
  OpenOptions,
  Problem,
  Vector,
} from '../../training/compute-backend.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import { allPairsWeight, type Ridges, ridges } from '../../training/regularization.ts';
import { VectorTable } from '../../training/vector-table.ts';
import { allPairsCoefficients, observedCoefficients, ridgeCoefficients } from './line-search.ts';
import { combine, dot, gradientFromNormalEquations, gradientOfRow, gramian, normalEquations } from './stages.ts';

/** Double precision, one thread, in the caller's thread: the oracle. It computes at once, so errors of void calls are kept for the next await. */
export const referenceBackend: ComputeBackend = {
  name: 'reference',
  async open(problem, options = {}) {
    options.signal?.throwIfAborted();
    return new ReferenceSpace(problem, options);
  },
};

interface Point {
  users: Float64Array;
  items: Float64Array;
}

class ReferenceSpace implements FactorSpace {
  readonly engine = 'reference';
  readonly #problem: Problem;
  readonly #options: OpenOptions;
  readonly #ridges: Ridges;
  readonly #points = new VectorTable<Point>();
  #failure: { error: unknown } | null = null;

  constructor(problem: Problem, options: OpenOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#ridges = ridges(problem);
  }

  vector(): Vector {
    const { interactions, nFactors } = this.#problem;
    return this.#points.add({
      users: new Float64Array(interactions.byUser.nRows * nFactors),
      items: new Float64Array(interactions.byItem.nRows * nFactors),
    });
  }

  free(v: Vector): void {
    this.#points.delete(v);
  }

  sweep(x: Vector, px: Vector): void {
    this.#points.checkDifferent(x, px);
    this.#sweep(this.#points.get(x), this.#points.get(px), null);
  }

  sweepAndGradient(x: Vector, px: Vector, g: Vector): void {
    this.#points.checkDifferent(x, px, g);
    this.#sweep(this.#points.get(x), this.#points.get(px), this.#points.get(g));
  }

  gradient(x: Vector, g: Vector): void {
    this.#points.checkDifferent(x, g);
    const [from, to] = [this.#points.get(x), this.#points.get(g)];
    this.#run(() => {
      const { byUser, byItem } = this.#problem.interactions;
      this.#gradientHalf(byUser, from.users, from.items, this.#ridges.users, to.users);
      this.#gradientHalf(byItem, from.items, from.users, this.#ridges.items, to.items);
    });
  }

  combine(out: Vector, a: number, x: Vector, b: number, y: Vector): void {
    const [to, left, right] = [this.#points.get(out), this.#points.get(x), this.#points.get(y)];
    this.#run(() => {
      combine(to.users, a, left.users, b, right.users);
      combine(to.items, a, left.items, b, right.items);
    });
  }

  async lineSearch(x: Vector, p: Vector): Promise<QuarticCoefficients> {
    const [at, along] = [this.#points.get(x), this.#points.get(p)];
    return this.#answer(() => {
      const { interactions, nFactors: k, objective } = this.#problem;
      const parts = [
        observedCoefficients(interactions.byUser, at.users, at.items, along.users, along.items, k),
        ridgeCoefficients(this.#ridges.users, at.users, along.users, k),
        ridgeCoefficients(this.#ridges.items, at.items, along.items, k),
      ];
      const alpha0 = allPairsWeight(objective);
      if (alpha0 > 0) {
        const pairs = allPairsCoefficients(at.users, at.items, along.users, along.items, k);
        parts.push(scaled(pairs, alpha0));
      }
      return parts.reduce(sum);
    });
  }

  async dots(pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array> {
    const points = pairs.map(([x, y]) => [this.#points.get(x), this.#points.get(y)] as const);
    return this.#answer(() => Float64Array.from(points, ([x, y]) => dot(x.users, y.users) + dot(x.items, y.items)));
  }

  async read(v: Vector): Promise<Factors> {
    const { users, items } = this.#points.get(v);
    return this.#answer(() => ({ users: users.slice(), items: items.slice() }));
  }

  write(v: Vector, factors: Factors): void {
    const { users, items } = this.#points.get(v);
    const { interactions, nFactors } = this.#problem;
    checkFactors(factors, { ...interactions, nFactors });
    users.set(factors.users);
    items.set(factors.items);
  }

  close(): void {
    this.#points.clear();
    this.#failure ??= { error: new Error('this factor space is closed') };
  }

  #sweep(from: Point, to: Point, gradient: Point | null): void {
    this.#run(() => {
      const { byUser, byItem } = this.#problem.interactions;
      this.#solveHalf(
        byUser,
        from.items,
        this.#ridges.users,
        to.users,
        gradient && { at: from.users, g: gradient.users },
      );
      this.#options.onBlock?.(0.5);
      if (gradient) this.#gradientHalf(byItem, from.items, from.users, this.#ridges.items, gradient.items);
      this.#solveHalf(byItem, to.users, this.#ridges.items, to.items, null);
      this.#options.onBlock?.(1);
    });
  }

  /** solution ← the least squares solution of every row, given the other side; and, if asked, the gradient at `at` from the same A and b. */
  #solveHalf(
    csr: Csr,
    other: Float64Array,
    ridge: Float64Array,
    solution: Float64Array,
    gradient: { at: Float64Array; g: Float64Array } | null,
  ): void {
    const k = this.#problem.nFactors;
    const allPairs = this.#allPairs(other);
    for (let r = 0; r < csr.nRows; r++) {
      const equations = normalEquations(csr, r, other, k, ridge[r]!, allPairs);
      if (gradient) gradient.g.set(gradientFromNormalEquations(equations, gradient.at, r * k), r * k);
      const row = solution.subarray(r * k, (r + 1) * k);
      // A row without observations is zero: with λ = 0 its solution would be nothing but rounding.
      if (rowLength(csr, r) === 0) row.fill(0);
      else solvePositive(equations.a, equations.b, row);
    }
  }

  #gradientHalf(csr: Csr, own: Float64Array, other: Float64Array, ridge: Float64Array, out: Float64Array): void {
    const k = this.#problem.nFactors;
    const allPairs = this.#allPairs(other);
    for (let r = 0; r < csr.nRows; r++) out.set(gradientOfRow(csr, r, own, other, k, ridge[r]!, allPairs), r * k);
  }

  /** α₀G of one side; null without an all-pairs term. */
  #allPairs(other: Float64Array): Float64Array | null {
    const alpha0 = allPairsWeight(this.#problem.objective);
    const k = this.#problem.nFactors;
    return alpha0 > 0 ? gramian(other, other, k).map((value) => alpha0 * value) : null;
  }

  #run(compute: () => void): void {
    if (this.#failure) return;
    try {
      this.#options.signal?.throwIfAborted();
      compute();
    } catch (error) {
      this.#failure = { error };
    }
  }

  #answer<T>(compute: () => T): T {
    if (this.#failure) throw this.#failure.error;
    this.#options.signal?.throwIfAborted();
    return compute();
  }
}

function sum(a: QuarticCoefficients, b: QuarticCoefficients): QuarticCoefficients {
  return { c0: a.c0 + b.c0, c1: a.c1 + b.c1, c2: a.c2 + b.c2, c3: a.c3 + b.c3, c4: a.c4 + b.c4 };
}

function scaled({ c0, c1, c2, c3, c4 }: QuarticCoefficients, by: number): QuarticCoefficients {
  return { c0: by * c0, c1: by * c1, c2: by * c2, c3: by * c3, c4: by * c4 };
}
