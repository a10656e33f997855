/**
 * Every stage of ALS-NCG in double precision, one plain function each: the oracle that other backends, and each GPU
 * kernel, are compared with. Clear before fast. Matrices are row-major Float64Arrays; k is the number of factors.
 */
import type { Csr } from '../../interactions/interactions.ts';

/** Σ_r x_r y_rᵀ [k × k] over the n rows of x and y [n × k]. */
export function gramian(x: Float32Array | Float64Array, y: Float32Array | Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let at = 0; at < x.length; at += k) {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) out[i * k + j]! += x[at + i]! * y[at + j]!;
    }
  }
  return out;
}

/** A [k × k] and b [k] of one row's least squares problem, A u = b. */
export interface NormalEquations {
  a: Float64Array;
  b: Float64Array;
}

/**
 * A = α₀G + Σ_S c v vᵀ + ridge·I and b = Σ_S c r v over the observed pairs S of row r.
 * @param other factors of the other side [nCols × k]
 * @param ridge λ·w of the row
 * @param allPairs α₀G, G the Gramian of the other side; null without an all-pairs term
 */
export function normalEquations(
  csr: Csr,
  r: number,
  other: Float32Array | Float64Array,
  k: number,
  ridge: number,
  allPairs: Float64Array | null,
): NormalEquations {
  const a = allPairs === null ? new Float64Array(k * k) : allPairs.slice();
  const b = new Float64Array(k);
  for (let e = csr.rowPtr[r]!; e < csr.rowPtr[r + 1]!; e++) {
    const v = csr.cols[e]! * k;
    const c = csr.weights === null ? 1 : csr.weights[e]!;
    const rating = csr.values[e]!;
    for (let i = 0; i < k; i++) {
      b[i]! += c * rating * other[v + i]!;
      for (let j = 0; j < k; j++) a[i * k + j]! += c * other[v + i]! * other[v + j]!;
    }
  }
  for (let i = 0; i < k; i++) a[i * k + i]! += ridge;
  return { a, b };
}

/** 2(A u − b), the gradient of the loss with respect to the row u that stands at `own[at…]`. */
export function gradientFromNormalEquations({ a, b }: NormalEquations, own: Float64Array, at: number): Float64Array {
  const k = b.length;
  const g = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    let product = 0;
    for (let j = 0; j < k; j++) product += a[i * k + j]! * own[at + j]!;
    g[i] = 2 * (product - b[i]!);
  }
  return g;
}

/**
 * The same gradient without A: 2[Σ_S c (u·v − r) v + α₀G u + ridge·u], O(k) per observed pair.
 */
export function gradientOfRow(
  csr: Csr,
  r: number,
  own: Float64Array,
  other: Float64Array,
  k: number,
  ridge: number,
  allPairs: Float64Array | null,
): Float64Array {
  const u = own.subarray(r * k, (r + 1) * k);
  const g = new Float64Array(k);
  for (let e = csr.rowPtr[r]!; e < csr.rowPtr[r + 1]!; e++) {
    const v = other.subarray(csr.cols[e]! * k, (csr.cols[e]! + 1) * k);
    const c = csr.weights === null ? 1 : csr.weights[e]!;
    const error = dot(u, v) - csr.values[e]!;
    for (let i = 0; i < k; i++) g[i]! += 2 * c * error * v[i]!;
  }
  for (let i = 0; i < k; i++) {
    g[i]! += 2 * ridge * u[i]!;
    if (allPairs !== null) g[i]! += 2 * dot(allPairs.subarray(i * k, (i + 1) * k), u);
  }
  return g;
}

/** Σ x_i y_i. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** out ← a·x + b·y; `out` may be x or y. */
export function combine(out: Float64Array, a: number, x: Float64Array, b: number, y: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]!;
}
