/**
 * A pivot this small against the largest diagonal element is rounding noise: the matrix is singular to working precision.
 */
export const SINGULAR_PIVOT = 1e-13;
/** What is then added to the diagonal, against its mean: far above rounding, far below what a solution shows. */
export const JITTER = 1e-9;

/**
 * Solves A x = b for a symmetric positive semidefinite A [k × k], by Cholesky factorization A = LLᵀ.
 *
 * A singular A (λ = 0 with fewer ratings than factors) gets JITTER × its mean diagonal added, so that the solution is
 * that of least norm, nearly; a zero A gives zero. The lower triangle of `a` is overwritten with L; `x`, which may be b,
 * receives the solution.
 * @throws RangeError when A is not finite, or is indefinite by more than rounding.
 */
export function solvePositive(a: Float64Array, b: Float64Array, x: Float64Array): void {
  if (factorizePositive(a, b.length)) substitute(a, b, x);
  else x.fill(0);
}

/**
 * The factorization of `solvePositive` alone, for several right-hand sides, see `substitute`. False for a zero A,
 * which has no factor.
 * @throws RangeError as solvePositive
 */
export function factorizePositive(a: Float64Array, k: number): boolean {
  const diagonal = Float64Array.from({ length: k }, (_, i) => a[i * k + i]!);
  const largest = Math.max(...diagonal);
  if (largest === 0) return false;
  if (!factorize(a, k, diagonal, 0, SINGULAR_PIVOT * largest)) {
    const mean = diagonal.reduce((sum, value) => sum + value, 0) / k;
    if (!factorize(a, k, diagonal, JITTER * mean, 0)) {
      throw new RangeError('the normal equations are not positive definite: the factors have grown beyond all numbers');
    }
  }
  return true;
}

/**
 * Overwrites the lower triangle with the factor L of A + jitter·I. A is read from its strict upper triangle and from
 * `diagonal`, so that a second attempt is possible. False when a pivot is not above `smallestPivot`.
 */
function factorize(a: Float64Array, k: number, diagonal: Float64Array, jitter: number, smallestPivot: number): boolean {
  for (let j = 0; j < k; j++) {
    let pivot = diagonal[j]! + jitter;
    for (let t = 0; t < j; t++) pivot -= a[j * k + t]! ** 2;
    if (!(pivot > smallestPivot)) return false;
    const root = Math.sqrt(pivot);
    a[j * k + j] = root;
    for (let i = j + 1; i < k; i++) {
      a[i * k + j] = (a[j * k + i]! - dot(a, i * k, a, j * k, j)) / root;
    }
  }
  return true;
}

/** x ← L⁻ᵀ L⁻¹ b for the lower triangle L [k × k] that factorizePositive left; `x` may be b. */
export function substitute(l: Float64Array, b: Float64Array, x: Float64Array): void {
  const k = b.length;
  for (let i = 0; i < k; i++) x[i] = (b[i]! - dot(l, i * k, x, 0, i)) / l[i * k + i]!;
  // By the rows of L, which lie together in memory: what x_i takes from each x_t before it.
  for (let i = k - 1; i >= 0; i--) {
    const xi = x[i]! / l[i * k + i]!;
    x[i] = xi;
    for (let t = 0; t < i; t++) x[t]! -= l[i * k + t]! * xi;
  }
}

/** Σ_t a[i + t] b[j + t] of n terms, in four sums that do not wait for each other. */
export function dot(a: Float64Array | Float32Array, i: number, b: Float64Array, j: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < n; t += 4) {
    s0 += a[i + t]! * b[j + t]!;
    s1 += a[i + t + 1]! * b[j + t + 1]!;
    s2 += a[i + t + 2]! * b[j + t + 2]!;
    s3 += a[i + t + 3]! * b[j + t + 3]!;
  }
  for (; t < n; t++) s0 += a[i + t]! * b[j + t]!;
  return s0 + s1 + (s2 + s3);
}
