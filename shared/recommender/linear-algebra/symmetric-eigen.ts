/**
 * Eigenvalues and eigenvectors of a symmetric matrix in O(k³): Householder reduction to a tridiagonal matrix, then QL
 * with implicit shifts (Golub & Van Loan, Matrix Computations, §8.3).
 */

/** QL takes one or two steps per eigenvalue. */
const MAX_STEPS = 60;

/**
 * A = QᵀΛQ.
 * @param a [k × k] row-major, symmetric; is spoilt
 * @param q [k × k] row-major; becomes Q, an eigenvector per row
 * @param values [k]; becomes the diagonal of Λ
 * @param work [2 k] scratch
 * @throws RangeError when A is not finite
 */
export function diagonalize(
  a: Float64Array,
  q: Float64Array,
  values: Float64Array,
  work: Float64Array,
  k: number,
): void {
  q.fill(0, 0, k * k);
  for (let i = 0; i < k; i++) q[i * k + i] = 1;
  const off = work.subarray(0, k);
  for (let j = 0; j + 2 < k; j++) off[j] = reflect(a, q, k, j, values, work.subarray(k, 2 * k));
  if (k > 1) off[k - 2] = a[(k - 1) * k + k - 2]!;
  for (let i = 0; i < k; i++) values[i] = a[i * k + i]!;
  off[k - 1] = 0;
  let size = 0;
  for (let i = 0; i < k; i++) size += Math.abs(values[i]!) + Math.abs(off[i]!);
  if (!Number.isFinite(size)) {
    throw new RangeError('a Gramian is not finite: the factors have grown beyond all numbers');
  }
  for (let l = 0; l < k; l++) isolate(values, off, q, k, l, Number.EPSILON * size);
}

/**
 * A ← HAH and Q ← HQ with the reflection H that clears column j below the subdiagonal, whose new element it returns.
 * @param w [k] scratch, for the reflection H = I − β w wᵀ
 * @param p [k] scratch
 */
function reflect(a: Float64Array, q: Float64Array, k: number, j: number, w: Float64Array, p: Float64Array): number {
  let squares = 0;
  for (let i = j + 1; i < k; i++) {
    w[i] = a[i * k + j]!;
    squares += w[i]! ** 2;
  }
  const first = w[j + 1]!;
  if (squares === first * first) return first;
  const element = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  w[j + 1] = first - element;
  const beta = 1 / (squares - first * element);

  // HAH = A − w pᵀ − p wᵀ with p = βAw − (β² wᵀAw / 2) w.
  let projection = 0;
  for (let i = j + 1; i < k; i++) {
    let sum = 0;
    for (let t = j + 1; t < k; t++) sum += a[i * k + t]! * w[t]!;
    p[i] = beta * sum;
    projection += p[i]! * w[i]!;
  }
  for (let i = j + 1; i < k; i++) p[i]! -= 0.5 * beta * projection * w[i]!;
  for (let i = j + 1; i < k; i++) {
    for (let t = j + 1; t < k; t++) a[i * k + t]! -= w[i]! * p[t]! + p[i]! * w[t]!;
  }

  p.fill(0);
  for (let i = j + 1; i < k; i++) {
    for (let t = 0; t < k; t++) p[t]! += w[i]! * q[i * k + t]!;
  }
  for (let i = j + 1; i < k; i++) {
    for (let t = 0; t < k; t++) q[i * k + t]! -= beta * w[i]! * p[t]!;
  }
  return element;
}

/**
 * QL steps on the tridiagonal matrix of `values` and `off` until values[l] stands alone; rotates the rows of Q along.
 * What couples it to the next may be as large as the rounding of the whole matrix, `negligible`: a matrix of low rank has
 * eigenvalues that are nothing but rounding.
 */
function isolate(
  values: Float64Array,
  off: Float64Array,
  q: Float64Array,
  k: number,
  l: number,
  negligible: number,
): void {
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    let m = l;
    while (m < k - 1 && Math.abs(off[m]!) > negligible) m++;
    if (m === l) return;
    stepQl(values, off, q, k, l, m);
  }
  throw new RangeError(`the eigenvalues of a Gramian were not found in ${MAX_STEPS} steps`);
}

/** One implicit QL step on rows l…m. */
function stepQl(values: Float64Array, off: Float64Array, q: Float64Array, k: number, l: number, m: number): void {
  const slope = (values[l + 1]! - values[l]!) / (2 * off[l]!);
  const shiftSize = Math.abs(slope) + Math.sqrt(slope * slope + 1);
  let g = values[m]! - values[l]! + off[l]! / (slope < 0 ? -shiftSize : shiftSize);
  let [sine, cosine, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = sine * off[i]!;
    const b = cosine * off[i]!;
    const r = Math.sqrt(f * f + g * g);
    off[i + 1] = r;
    if (r === 0) {
      values[i + 1]! -= p;
      off[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = values[i + 1]! - p;
    const d = (values[i]! - g) * sine + 2 * cosine * b;
    p = sine * d;
    values[i + 1] = g + p;
    g = cosine * d - b;
    for (let t = i * k; t < (i + 1) * k; t++) {
      const [low, high] = [q[t]!, q[t + k]!];
      q[t + k] = sine * low + cosine * high;
      q[t] = cosine * low - sine * high;
    }
  }
  values[l]! -= p;
  off[l] = g;
  off[m] = 0;
}
