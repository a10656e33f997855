import { type Csr, rowLength } from '../../interactions/interactions.ts';
import { JITTER, SINGULAR_PIVOT } from '../../linear-algebra/cholesky.ts';
import { factorizeStrips, matrixMemory, substituteStrips } from '../../linear-algebra/strip-cholesky.ts';
import {
  addGram,
  addPanelTimes,
  packColumn,
  packRow,
  packScaledRow,
  stripIndex,
  stripWidth,
  symmetricTimes,
  transposedPanelTimes,
} from '../../linear-algebra/strips.ts';
import type { DualBasis, HalfProblem } from './half-problem.ts';
import { RowGradient } from './row-gradient.ts';

/** Ratings packed at a time: with 64 factors a panel of 32 KiB, which stays in the first-level cache. */
const PANEL_ROWS = 64;

/**
 * Solves the normal equations of single rows in double precision, in buffers that are allocated once.
 *
 * A row with fewer ratings n than factors k is solved in its dual form where that pays. In a basis that makes all that
 * the rows of a half have in common diagonal, α₀G + ridge·I = Qᵀ D Q, and with B [n × k] the rotated factors of the
 * row's partners, each times √c, times D^−½: u = Qᵀ D^−½ Bᵀ (I + B Bᵀ)⁻¹ ρ by Woodbury's identity. That is n² k/2 + n³/6
 * operations instead of n k²/2 + k³/6, and most rows of a real catalogue are that short.
 */
export class RowSolver {
  readonly #k: number;
  readonly #width: number;
  readonly #gradient: RowGradient;
  /** ρ = √c·r of the packed ratings. */
  readonly #targets: Float64Array;
  readonly #b: Float64Array;
  readonly #inverses: Float64Array;
  readonly #scales: Float64Array;
  readonly #own: Float64Array;
  readonly #product: Float64Array;

  constructor(nFactors: number) {
    const width = stripWidth(nFactors);
    this.#k = nFactors;
    this.#width = width;
    this.#gradient = new RowGradient(nFactors);
    this.#targets = new Float64Array(Math.max(width, PANEL_ROWS));
    this.#b = new Float64Array(width);
    this.#inverses = new Float64Array(width);
    this.#scales = new Float64Array(width);
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
    if (n === 0 || (n < k && half.dual !== null && this.#solveDual(half, half.dual, r, out))) {
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
    const [a, b, k, width] = [matrixMemory(), this.#b, this.#k, this.#width];
    if (half.allPairs === null) a.fill(0, 0, width * width);
    else a.set(half.allPairs);
    b.fill(0);
    const end = csr.rowPtr[r + 1]!;
    for (let from = csr.rowPtr[r]!; from < end; from += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, end - from);
      this.#packByFactor(half, from, length);
      addGram(length, width, a, 0);
      addPanelTimes(length, width, this.#targets, b);
    }
    const diagonal = half.ridges[r]! + jitter;
    for (let i = 0; i < k; i++) a[stripIndex(i, i, width)]! += diagonal;
  }

  /** b ← A⁻¹b; with jitter where A is singular, and zero where it is zero (cholesky.ts says why). */
  #solveFormed(half: HalfProblem, r: number): void {
    const [a, k, width] = [matrixMemory(), this.#k, this.#width];
    let largest = 0;
    let trace = 0;
    for (let i = 0; i < k; i++) {
      const element = a[stripIndex(i, i, width)]!;
      largest = Math.max(largest, element);
      trace += element;
    }
    if (largest === 0) {
      this.#b.fill(0);
      return;
    }
    this.#fillUp(largest);
    if (!factorizeStrips(width, SINGULAR_PIVOT * largest, this.#inverses)) {
      this.#formEquations(half, r, (JITTER * trace) / k);
      this.#fillUp(largest);
      if (!factorizeStrips(width, 0, this.#inverses)) {
        throw new RangeError(
          'the normal equations are not positive definite: the factors have grown beyond all numbers',
        );
      }
    }
    substituteStrips(width, this.#inverses, this.#b);
  }

  /** A diagonal for the columns that only fill up a strip, so that they do not count as singular. */
  #fillUp(diagonal: number): void {
    for (let i = this.#k; i < this.#width; i++) matrixMemory()[stripIndex(i, i, this.#width)] = diagonal;
  }

  #writeGradient(own: Float32Array, r: number, g: Float32Array): void {
    const [k, u, product] = [this.#k, this.#own, this.#product];
    for (let f = 0; f < k; f++) u[f] = own[r * k + f]!;
    symmetricTimes(matrixMemory(), this.#width, u, product);
    for (let f = 0; f < k; f++) g[r * k + f] = 2 * (product[f]! - this.#b[f]!);
  }

  /** False, with nothing written, when the common part or I + BBᵀ is singular to working precision. */
  #solveDual(half: HalfProblem, basis: DualBasis, r: number, out: Float32Array): boolean {
    const [a, k, scales, solution] = [matrixMemory(), this.#k, this.#scales, this.#b];
    const { eigenvalues, accuracy, q } = basis;
    for (let f = 0; f < k; f++) {
      const d = eigenvalues[f]! + half.ridges[r]!;
      if (!(d > accuracy)) return false;
      scales[f] = 1 / Math.sqrt(d);
    }
    const from = half.csr.rowPtr[r]!;
    const n = half.csr.rowPtr[r + 1]! - from;
    const width = stripWidth(n);
    this.#packByRating(half.csr, basis.rotated, from, n);
    a.fill(0, 0, width * width);
    addGram(k, width, a, 0);
    let largest = 0;
    for (let i = 0; i < width; i++) {
      a[stripIndex(i, i, width)]! += 1;
      largest = Math.max(largest, a[stripIndex(i, i, width)]!);
    }
    if (!factorizeStrips(width, SINGULAR_PIVOT * largest, this.#inverses)) return false;
    substituteStrips(width, this.#inverses, this.#targets);
    transposedPanelTimes(k, width, this.#targets, solution);
    for (let f = 0; f < k; f++) solution[f]! *= scales[f]!;
    if (q === null) for (let f = 0; f < k; f++) out[r * k + f] = solution[f]!;
    else this.#rotateBack(q, solution, out, r * k);
    return true;
  }

  /** out[at…] ← Qᵀ x. */
  #rotateBack(q: Float64Array, x: Float64Array, out: Float32Array, at: number): void {
    const [k, sum] = [this.#k, this.#product];
    sum.fill(0);
    for (let f = 0; f < k; f++) {
      const factor = x[f]!;
      for (let i = 0; i < k; i++) sum[i]! += factor * q[f * k + i]!;
    }
    for (let i = 0; i < k; i++) out[at + i] = sum[i]!;
  }

  /** Packs `length` ratings, each times √c, as the columns of a panel whose rows are the factors. */
  #packByFactor({ csr, other }: HalfProblem, from: number, length: number): void {
    const { cols, values, weights } = csr;
    const [k, targets] = [this.#k, this.#targets];
    for (let t = 0; t < length; t++) {
      const root = weights === null ? 1 : Math.sqrt(weights[from + t]!);
      targets[t] = root * values[from + t]!;
      packColumn(other, cols[from + t]! * k, k, root, 4 * t, 4 * length);
    }
  }

  /** Packs n ratings, each times √c and the scales, as the rows of a panel whose columns are the factors. */
  #packByRating({ cols, values, weights }: Csr, rotated: Float32Array, from: number, n: number): void {
    const [k, targets, scales] = [this.#k, this.#targets, this.#scales];
    const width = stripWidth(n);
    for (let t = 0; t < n; t++) {
      const root = weights === null ? 1 : Math.sqrt(weights[from + t]!);
      targets[t] = root * values[from + t]!;
      packScaledRow(rotated, cols[from + t]! * k, k, root, scales, t);
    }
    for (let t = n; t < width; t++) {
      targets[t] = 0;
      packRow(rotated, 0, k, 0, t);
    }
  }
}
