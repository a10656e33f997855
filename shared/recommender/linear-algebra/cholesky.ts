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
 * The factorization of `solvePositive` alone, for several right-hand sides: `substitute` solves each. False for a zero A,
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
      let sum = a[j * k + i]!;
      for (let t = 0; t < j; t++) sum -= a[i * k + t]! * a[j * k + t]!;
      a[i * k + j] = sum / root;
    }
  }
  return true;
}

/** x ← L⁻ᵀ L⁻¹ b for the lower triangle L [k × k] that factorizePositive left; `x` may be b. */
export function substitute(l: Float64Array, b: Float64Array, x: Float64Array): void {
  const k = b.length;
  for (let i = 0; i < k; i++) {
    let sum = b[i]!;
    for (let t = 0; t < i; t++) sum -= l[i * k + t]! * x[t]!;
    x[i] = sum / l[i * k + i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let t = i + 1; t < k; t++) sum -= l[t * k + i]! * x[t]!;
    x[i] = sum / l[i * k + i]!;
  }
}
