import { rowLength } from '../../interactions/interactions.ts';
import {
  addPanelTimes,
  PANEL_ELEMENTS,
  packColumn,
  stripWidth,
  transposedPanelTimes,
} from '../../linear-algebra/strips.ts';
import type { DualBasis, HalfProblem } from './half-problem.ts';
import type { Rotation } from './rotation.ts';

/**
 * Steps per row. With the common part of the rows diagonal and divided out, one step is worth several of the plain
 * method; docs/decisions/0008-inexact-sweeps.md has the figures.
 */
const N_CG_STEPS = 2;

/** What stands in for a diagonal of zero, without regularisation. */
const SMALLEST_RIDGE = 1e-10;

/** Where a residual has shrunk to this share, squared, the row is as exact as single precision can tell. */
const SMALL_ENOUGH = 1e-16;

/**
 * Moves rows towards the solution of their normal equations by a few steps of conjugate gradients from where they stand
 * (Takács, Pilászy & Tikk 2011), O(k) per rating and step; a row that stands at its solution stays there.
 *
 * All that the rows of a half have in common, α₀G + ridge·I = Qᵀ D Q, is divided out: with B [n × k] the rotated factors
 * of the row's partners, each times √c, times D^−½, and w = D^½ Q u, the equations are (I + BᵀB) w = Bᵀρ. They have no
 * term of k² numbers any more, and their eigenvalues but n are 1, so that short rows are solved nearly exactly.
 */
export class RowConjugateGradients {
  readonly #k: number;
  readonly #width: number;
  readonly #rotation: Rotation;
  /** Ratings that fit the panel. */
  readonly #panelLength: number;
  /** [chunk × k] rows in the dual basis, then what they change by. */
  readonly #chunk: Float32Array;
  /** [chunk × k] gradients in the dual basis. */
  readonly #gradients: Float32Array;
  readonly #scales: Float64Array;
  readonly #w: Float64Array;
  readonly #step: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;
  readonly #scaledVector: Float64Array;
  /** ρ = √c·r of the packed ratings, and B times a direction. */
  readonly #targets: Float64Array;
  readonly #products: Float64Array;

  constructor(nFactors: number, rotation: Rotation) {
    const width = stripWidth(nFactors);
    this.#k = nFactors;
    this.#width = width;
    this.#rotation = rotation;
    this.#panelLength = Math.floor(PANEL_ELEMENTS / width);
    this.#chunk = new Float32Array(width * nFactors);
    this.#gradients = new Float32Array(width * nFactors);
    this.#scales = new Float64Array(width);
    this.#w = new Float64Array(width);
    this.#step = new Float64Array(width);
    this.#residual = new Float64Array(width);
    this.#direction = new Float64Array(width);
    this.#image = new Float64Array(width);
    this.#scaledVector = new Float64Array(width);
    this.#targets = new Float64Array(this.#panelLength);
    this.#products = new Float64Array(this.#panelLength);
  }

  /** out[r] ← own[r] moved, for the rows from…to−1. With `g`, also g[r] ← ∇L at own[r], which is the first residual. */
  solve(
    half: HalfProblem,
    basis: DualBasis,
    from: number,
    to: number,
    own: Float32Array,
    out: Float32Array,
    g: Float32Array | null,
  ): void {
    const [k, chunk, gradients] = [this.#k, this.#chunk, this.#gradients];
    const isRotated = basis.q !== null;
    for (let first = from; first < to; first += this.#width) {
      const n = Math.min(this.#width, to - first);
      if (isRotated) this.#rotation.forward(own, first, n, chunk, 0);
      else chunk.set(own.subarray(first * k, (first + n) * k));
      for (let i = 0; i < n; i++) this.#solveRow(half, basis, first + i, i * k);
      if (isRotated) this.#rotation.back(chunk, 0, n, chunk, 0);
      if (g !== null && isRotated) this.#rotation.back(gradients, 0, n, g, first);
      else if (g !== null) g.set(gradients.subarray(0, n * k), first * k);
      for (let i = 0, at = first * k; i < n * k; i++, at++) out[at] = own[at]! + chunk[i]!;
      for (let r = first; r < first + n; r++) if (rowLength(half.csr, r) === 0) out.fill(0, r * k, (r + 1) * k);
    }
  }

  /** The chunk's row at `at`, in the dual basis, becomes its change; its gradient stands at `at` of the gradients. */
  #solveRow(half: HalfProblem, { rotated, eigenvalues, accuracy }: DualBasis, r: number, at: number): void {
    const [k, chunk, gradients, scales] = [this.#k, this.#chunk, this.#gradients, this.#scales];
    const [w, step, residual, p, image] = [this.#w, this.#step, this.#residual, this.#direction, this.#image];
    const ridge = half.ridges[r]!;
    const smallest = Math.max(accuracy, SMALLEST_RIDGE);
    for (let f = 0; f < k; f++) {
      const d = Math.max(eigenvalues[f]! + ridge, smallest);
      const root = Math.sqrt(d);
      scales[f] = 1 / root;
      w[f] = root * chunk[at + f]!;
      step[f] = 0;
    }
    this.#applyErrors(half, rotated, r, w, residual);
    let rr = 0;
    for (let f = 0; f < k; f++) {
      const x = scales[f]! * residual[f]! - w[f]!;
      residual[f] = x;
      p[f] = x;
      gradients[at + f] = (-2 * x) / scales[f]!;
      rr += x * x;
    }
    const smallEnough = SMALL_ENOUGH * rr;
    for (let s = 0; s < N_CG_STEPS && rr > 0; s++) {
      const isLast = s + 1 === N_CG_STEPS;
      let curvature = this.#applyGram(half, rotated, r, p, isLast ? null : image);
      for (let f = 0; f < k; f++) curvature += p[f]! * p[f]!;
      const alpha = rr / curvature;
      for (let f = 0; f < k; f++) step[f]! += alpha * p[f]!;
      if (isLast) break;
      let next = 0;
      for (let f = 0; f < k; f++) {
        const x = residual[f]! - alpha * (p[f]! + scales[f]! * image[f]!);
        residual[f] = x;
        next += x * x;
      }
      if (next <= smallEnough) break;
      const beta = next / rr;
      for (let f = 0; f < k; f++) p[f] = residual[f]! + beta * p[f]!;
      rr = next;
    }
    for (let f = 0; f < k; f++) chunk[at + f] = scales[f]! * step[f]!;
  }

  /** residual ← D^½ Bᵀ(ρ − B w): the panel holds the factors as they are, which spares every rating the scales. */
  #applyErrors(half: HalfProblem, rotated: Float32Array, r: number, w: Float64Array, residual: Float64Array): void {
    const [width, targets, products] = [this.#width, this.#targets, this.#products];
    const scaled = this.#scaled(w);
    residual.fill(0);
    const end = half.csr.rowPtr[r + 1]!;
    for (let from = half.csr.rowPtr[r]!; from < end; from += this.#panelLength) {
      const length = Math.min(this.#panelLength, end - from);
      this.#pack(half, rotated, from, length);
      transposedPanelTimes(length, width, scaled, products);
      for (let t = 0; t < length; t++) products[t] = targets[t]! - products[t]!;
      addPanelTimes(length, width, products, residual);
    }
  }

  /** image ← D^½ BᵀB p, where it is wanted. @returns ‖B p‖² */
  #applyGram(half: HalfProblem, rotated: Float32Array, r: number, p: Float64Array, image: Float64Array | null): number {
    const [width, products] = [this.#width, this.#products];
    const scaled = this.#scaled(p);
    image?.fill(0);
    const from = half.csr.rowPtr[r]!;
    const end = half.csr.rowPtr[r + 1]!;
    const isPacked = end - from <= this.#panelLength;
    let squares = 0;
    for (let at = from; at < end; at += this.#panelLength) {
      const length = Math.min(this.#panelLength, end - at);
      if (!isPacked) this.#pack(half, rotated, at, length);
      transposedPanelTimes(length, width, scaled, products);
      for (let t = 0; t < length; t++) squares += products[t]! * products[t]!;
      if (image !== null) addPanelTimes(length, width, products, image);
    }
    return squares;
  }

  /** D^−½ x */
  #scaled(x: Float64Array): Float64Array {
    const [k, scales, scaled] = [this.#k, this.#scales, this.#scaledVector];
    for (let f = 0; f < k; f++) scaled[f] = scales[f]! * x[f]!;
    return scaled;
  }

  /** Packs B D^½ as the columns of a panel whose rows are the factors. */
  #pack({ csr: { cols, values, weights } }: HalfProblem, rotated: Float32Array, from: number, length: number): void {
    const [k, targets] = [this.#k, this.#targets];
    for (let t = 0; t < length; t++) {
      const root = weights === null ? 1 : Math.sqrt(weights[from + t]!);
      targets[t] = root * values[from + t]!;
      packColumn(rotated, cols[from + t]! * k, k, root, 4 * t, 4 * length);
    }
  }
}
