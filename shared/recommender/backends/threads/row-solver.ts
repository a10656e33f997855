import { JITTER, SINGULAR_PIVOT } from '../../cholesky.ts';
import { rowLength } from '../../interactions.ts';
import type { HalfProblem } from './half-problem.ts';
import { RowGradient } from './row-gradient.ts';
import { factorizeStrips, substituteStrips } from './strip-cholesky.ts';
import { addGram, addPanelTimes, stripWidth, symmetricTimes, transposedPanelTimes } from './strips.ts';

/** Ratings packed at a time: with 64 factors a panel of 32 KiB, which stays in the first-level cache. */
const PANEL_ROWS = 64;

/**
 * Solves the normal equations of single rows in double precision, in buffers that are allocated once.
 *
 * A row with fewer ratings n than factors k, and no term but a ridge besides, is solved in its dual form,
 * u = Bᵀ(BBᵀ + ridge·I)⁻¹ρ with B [n × k] the weighted factors of its partners: n² k/2 + n³/6 operations instead of
 * n k²/2 + k³/6. Most rows of a real catalogue are that short.
 */
export class RowSolver {
  readonly #k: number;
  readonly #width: number;
  readonly #gradient: RowGradient;
  readonly #panel: Float64Array;
  /** ρ = √c·r of the packed ratings. */
  readonly #targets: Float64Array;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  readonly #inverses: Float64Array;
  readonly #own: Float64Array;
  readonly #product: Float64Array;

  constructor(nFactors: number) {
    const width = stripWidth(nFactors);
    this.#k = nFactors;
    this.#width = width;
    this.#gradient = new RowGradient(nFactors);
    this.#panel = new Float64Array(width * Math.max(width, PANEL_ROWS));
    this.#targets = new Float64Array(Math.max(width, PANEL_ROWS));
    this.#a = new Float64Array(width * width);
    this.#b = new Float64Array(width);
    this.#inverses = new Float64Array(width);
    this.#own = new Float64Array(width);
    this.#product = new Float64Array(width);
  }

  /** out[r] ← the solution of row r. With `gradient`, also g[r] ← ∇L at own[r], from the same A and b where they are formed. */
  solve(
    half: HalfProblem,
    r: number,
    out: Float32Array,
    gradient: { own: Float32Array; g: Float32Array } | null,
  ): void {
    const k = this.#k;
    const n = rowLength(half.csr, r);
    const isDual = n < k && half.allPairs === null && half.ridges[r]! > 0;
    if (n === 0 || (isDual && this.#solveDual(half, r, out))) {
      if (gradient) this.#gradient.compute(half, r, gradient.own, gradient.g);
      if (n === 0) out.fill(0, r * k, (r + 1) * k);
      return;
    }
    this.#formEquations(half, r, 0);
    if (gradient) this.#writeGradient(gradient.own, r, gradient.g);
    this.#solveFormed(half, r);
    for (let f = 0; f < k; f++) out[r * k + f] = this.#b[f]!;
  }

  /** A and b of row r, with jitter added to the diagonal. */
  #formEquations(half: HalfProblem, r: number, jitter: number): void {
    const { csr } = half;
    const [a, b, k, width] = [this.#a, this.#b, this.#k, this.#width];
    if (half.allPairs === null) a.fill(0);
    else a.set(half.allPairs);
    b.fill(0);
    const end = csr.rowPtr[r + 1]!;
    for (let from = csr.rowPtr[r]!; from < end; from += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, end - from);
      this.#packByFactor(half, from, length);
      addGram(this.#panel, length, width, a, 0);
      addPanelTimes(this.#panel, length, width, this.#targets, b);
    }
    const diagonal = half.ridges[r]! + jitter;
    for (let i = 0; i < k; i++) a[diagonalAt(i, width)]! += diagonal;
  }

  /** b ← A⁻¹b; with jitter where A is singular, and zero where it is zero (cholesky.ts says why). */
  #solveFormed(half: HalfProblem, r: number): void {
    const [a, k, width] = [this.#a, this.#k, this.#width];
    let largest = 0;
    let trace = 0;
    for (let i = 0; i < k; i++) {
      const element = a[diagonalAt(i, width)]!;
      largest = Math.max(largest, element);
      trace += element;
    }
    if (largest === 0) {
      this.#b.fill(0);
      return;
    }
    this.#fillUp(largest);
    if (!factorizeStrips(a, width, SINGULAR_PIVOT * largest, this.#inverses)) {
      this.#formEquations(half, r, (JITTER * trace) / k);
      this.#fillUp(largest);
      if (!factorizeStrips(a, width, 0, this.#inverses)) {
        throw new RangeError(
          'the normal equations are not positive definite: the factors have grown beyond all numbers',
        );
      }
    }
    substituteStrips(a, width, this.#inverses, this.#b);
  }

  /** A diagonal for the columns that only fill up a strip, so that they do not count as singular. */
  #fillUp(diagonal: number): void {
    for (let i = this.#k; i < this.#width; i++) this.#a[diagonalAt(i, this.#width)] = diagonal;
  }

  #writeGradient(own: Float32Array, r: number, g: Float32Array): void {
    const [k, u, product] = [this.#k, this.#own, this.#product];
    for (let f = 0; f < k; f++) u[f] = own[r * k + f]!;
    symmetricTimes(this.#a, this.#width, u, product);
    for (let f = 0; f < k; f++) g[r * k + f] = 2 * (product[f]! - this.#b[f]!);
  }

  /** False, with nothing written, when BBᵀ + ridge·I is singular to working precision. */
  #solveDual(half: HalfProblem, r: number, out: Float32Array): boolean {
    const [a, k] = [this.#a, this.#k];
    const from = half.csr.rowPtr[r]!;
    const n = half.csr.rowPtr[r + 1]! - from;
    const width = stripWidth(n);
    const ridge = half.ridges[r]!;
    this.#packByRating(half, from, n);
    a.fill(0, 0, width * width);
    addGram(this.#panel, k, width, a, 0);
    let largest = 0;
    for (let i = 0; i < width; i++) {
      a[diagonalAt(i, width)]! += ridge;
      largest = Math.max(largest, a[diagonalAt(i, width)]!);
    }
    if (!factorizeStrips(a, width, SINGULAR_PIVOT * largest, this.#inverses)) return false;
    substituteStrips(a, width, this.#inverses, this.#targets);
    transposedPanelTimes(this.#panel, k, width, this.#targets, this.#b);
    for (let f = 0; f < k; f++) out[r * k + f] = this.#b[f]!;
    return true;
  }

  /** A panel whose rows are the factors, padded with zeros, and whose columns are `length` ratings, each times √c. */
  #packByFactor({ csr, other }: HalfProblem, from: number, length: number): void {
    const { cols, values, weights } = csr;
    const [panel, k, targets] = [this.#panel, this.#k, this.#targets];
    const whole = k & ~3;
    const stride = 4 * length;
    for (let t = 0; t < length; t++) {
      const root = weights === null ? 1 : Math.sqrt(weights[from + t]!);
      targets[t] = root * values[from + t]!;
      let v = cols[from + t]! * k;
      let to = 4 * t;
      for (let f = 0; f < whole; f += 4, v += 4, to += stride) {
        panel[to] = root * other[v]!;
        panel[to + 1] = root * other[v + 1]!;
        panel[to + 2] = root * other[v + 2]!;
        panel[to + 3] = root * other[v + 3]!;
      }
      for (let f = whole; f < this.#width; f++) panel[to + f - whole] = f < k ? root * other[v + f - whole]! : 0;
    }
  }

  /** A panel whose rows are n ratings, each times √c, padded with zeros, and whose columns are the factors. */
  #packByRating({ csr, other }: HalfProblem, from: number, n: number): void {
    const { cols, values, weights } = csr;
    const [panel, k, targets] = [this.#panel, this.#k, this.#targets];
    for (let t = 0; t < stripWidth(n); t++) {
      let to = (t >> 2) * 4 * k + (t & 3);
      if (t >= n) {
        targets[t] = 0;
        for (let f = 0; f < k; f++, to += 4) panel[to] = 0;
        continue;
      }
      const root = weights === null ? 1 : Math.sqrt(weights[from + t]!);
      targets[t] = root * values[from + t]!;
      const v = cols[from + t]! * k;
      for (let f = 0; f < k; f++, to += 4) panel[to] = root * other[v + f]!;
    }
  }
}

/** Where the diagonal element i of a matrix in strips stands. */
function diagonalAt(i: number, width: number): number {
  return ((i >> 2) * width + i) * 4 + (i & 3);
}
