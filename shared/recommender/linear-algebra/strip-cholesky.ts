/**
 * Cholesky factorization and solution of a symmetric system in strips. The matrix lies in one constant array of this
 * module, for the reason that strips.ts gives.
 */

/** Most elements of a matrix: 128 × 128. A power of two, for the mask. */
const MATRIX_SIZE = 128 * 128;
const MASK = MATRIX_SIZE - 1;
const MATRIX = new Float64Array(MATRIX_SIZE + 16);

/** The matrix that the functions of this module work on, [width × width] from its start. */
export function matrixMemory(): Float64Array {
  return MATRIX;
}

/**
 * Overwrites the lower triangle of the matrix A with L, A = LLᵀ, except for its diagonal, which `inverses` [width] gets
 * as 1/L_ii. Left-looking by blocks. False, with A spoilt, when a pivot is not above `smallestPivot`.
 */
export function factorizeStrips(width: number, smallestPivot: number, inverses: Float64Array): boolean {
  for (let j = 0; j < width; j += 4) {
    if (!factorizeDiagonalBlock(width, j, smallestPivot, inverses)) return false;
    for (let i = j + 4; i < width; i += 4) solveBlock(width, i, j, inverses);
  }
  return true;
}

/** x ← L⁻ᵀ L⁻¹ x. */
export function substituteStrips(width: number, inverses: Float64Array, x: Float64Array): void {
  for (let i = 0; i < width; i += 4) {
    let s = i * width;
    let x0 = x[i]!;
    let x1 = x[i + 1]!;
    let x2 = x[i + 2]!;
    let x3 = x[i + 3]!;
    for (let t = 0; t < i; t++, s += 4) {
      const y = x[t]!;
      x0 -= MATRIX[s]! * y;
      x1 -= MATRIX[s + 1]! * y;
      x2 -= MATRIX[s + 2]! * y;
      x3 -= MATRIX[s + 3]! * y;
    }
    x0 *= inverses[i]!;
    x1 = (x1 - MATRIX[s + 1]! * x0) * inverses[i + 1]!;
    x2 = (x2 - MATRIX[s + 2]! * x0 - MATRIX[s + 6]! * x1) * inverses[i + 2]!;
    x3 = (x3 - MATRIX[s + 3]! * x0 - MATRIX[s + 7]! * x1 - MATRIX[s + 11]! * x2) * inverses[i + 3]!;
    x[i] = x0;
    x[i + 1] = x1;
    x[i + 2] = x2;
    x[i + 3] = x3;
  }
  for (let i = width - 4; i >= 0; i -= 4) {
    const d = i * width + 4 * i;
    const x3 = x[i + 3]! * inverses[i + 3]!;
    const x2 = (x[i + 2]! - MATRIX[d + 11]! * x3) * inverses[i + 2]!;
    const x1 = (x[i + 1]! - MATRIX[d + 6]! * x2 - MATRIX[d + 7]! * x3) * inverses[i + 1]!;
    const x0 = (x[i]! - MATRIX[d + 1]! * x1 - MATRIX[d + 2]! * x2 - MATRIX[d + 3]! * x3) * inverses[i]!;
    x[i] = x0;
    x[i + 1] = x1;
    x[i + 2] = x2;
    x[i + 3] = x3;
    for (let t = 0, s = i * width; t < i; t++, s += 4) {
      x[t]! -= MATRIX[s]! * x0 + MATRIX[s + 1]! * x1 + MATRIX[s + 2]! * x2 + MATRIX[s + 3]! * x3;
    }
  }
}

function factorizeDiagonalBlock(width: number, j: number, smallestPivot: number, inverses: Float64Array): boolean {
  const at = j * width;
  const d = at + 4 * j;
  let a00 = MATRIX[d]!;
  let a10 = MATRIX[d + 1]!;
  let a20 = MATRIX[d + 2]!;
  let a30 = MATRIX[d + 3]!;
  let a11 = MATRIX[d + 5]!;
  let a21 = MATRIX[d + 6]!;
  let a31 = MATRIX[d + 7]!;
  let a22 = MATRIX[d + 10]!;
  let a32 = MATRIX[d + 11]!;
  let a33 = MATRIX[d + 15]!;
  for (let s = at; s < d; s += 4) {
    const x0 = MATRIX[s]!;
    const x1 = MATRIX[s + 1]!;
    const x2 = MATRIX[s + 2]!;
    const x3 = MATRIX[s + 3]!;
    a00 -= x0 * x0;
    a10 -= x1 * x0;
    a20 -= x2 * x0;
    a30 -= x3 * x0;
    a11 -= x1 * x1;
    a21 -= x2 * x1;
    a31 -= x3 * x1;
    a22 -= x2 * x2;
    a32 -= x3 * x2;
    a33 -= x3 * x3;
  }
  if (!(a00 > smallestPivot)) return false;
  const i0 = 1 / Math.sqrt(a00);
  a10 *= i0;
  a20 *= i0;
  a30 *= i0;
  a11 -= a10 * a10;
  if (!(a11 > smallestPivot)) return false;
  const i1 = 1 / Math.sqrt(a11);
  a21 = (a21 - a20 * a10) * i1;
  a31 = (a31 - a30 * a10) * i1;
  a22 -= a20 * a20 + a21 * a21;
  if (!(a22 > smallestPivot)) return false;
  const i2 = 1 / Math.sqrt(a22);
  a32 = (a32 - a30 * a20 - a31 * a21) * i2;
  a33 -= a30 * a30 + a31 * a31 + a32 * a32;
  if (!(a33 > smallestPivot)) return false;
  inverses[j] = i0;
  inverses[j + 1] = i1;
  inverses[j + 2] = i2;
  inverses[j + 3] = 1 / Math.sqrt(a33);
  MATRIX[d + 1] = a10;
  MATRIX[d + 2] = a20;
  MATRIX[d + 3] = a30;
  MATRIX[d + 6] = a21;
  MATRIX[d + 7] = a31;
  MATRIX[d + 11] = a32;
  return true;
}

/** The block (i, j) of L, i > j: X L_jjᵀ = A_ij − Σ_t L_it L_jtᵀ. In two halves, as in strips.ts. */
function solveBlock(width: number, i: number, j: number, inverses: Float64Array): void {
  solveHalfBlock(i * width, j * width, 4 * j, inverses, j);
  solveHalfBlock(i * width + 2, j * width, 4 * j, inverses, j);
}

function solveHalfBlock(row: number, column: number, length: number, inverses: Float64Array, j: number): void {
  const o = (row + length) & MASK;
  let a00 = MATRIX[o]!;
  let a10 = MATRIX[o + 1]!;
  let a01 = MATRIX[o + 4]!;
  let a11 = MATRIX[o + 5]!;
  let a02 = MATRIX[o + 8]!;
  let a12 = MATRIX[o + 9]!;
  let a03 = MATRIX[o + 12]!;
  let a13 = MATRIX[o + 13]!;
  for (let s = row, t = column, end = (row + length) | 0; s < end; s = (s + 4) | 0, t = (t + 4) | 0) {
    const si = s & MASK;
    const ti = t & MASK;
    const x0 = MATRIX[si]!;
    const x1 = MATRIX[si + 1]!;
    const y0 = MATRIX[ti]!;
    const y1 = MATRIX[ti + 1]!;
    const y2 = MATRIX[ti + 2]!;
    const y3 = MATRIX[ti + 3]!;
    a00 -= x0 * y0;
    a10 -= x1 * y0;
    a01 -= x0 * y1;
    a11 -= x1 * y1;
    a02 -= x0 * y2;
    a12 -= x1 * y2;
    a03 -= x0 * y3;
    a13 -= x1 * y3;
  }
  const d = (column + length) & MASK;
  const [i0, i1, i2, i3] = [inverses[j]!, inverses[j + 1]!, inverses[j + 2]!, inverses[j + 3]!];
  a00 *= i0;
  a10 *= i0;
  const l10 = MATRIX[d + 1]!;
  a01 = (a01 - a00 * l10) * i1;
  a11 = (a11 - a10 * l10) * i1;
  const l20 = MATRIX[d + 2]!;
  const l21 = MATRIX[d + 6]!;
  a02 = (a02 - a00 * l20 - a01 * l21) * i2;
  a12 = (a12 - a10 * l20 - a11 * l21) * i2;
  const l30 = MATRIX[d + 3]!;
  const l31 = MATRIX[d + 7]!;
  const l32 = MATRIX[d + 11]!;
  a03 = (a03 - a00 * l30 - a01 * l31 - a02 * l32) * i3;
  a13 = (a13 - a10 * l30 - a11 * l31 - a12 * l32) * i3;
  MATRIX[o] = a00;
  MATRIX[o + 1] = a10;
  MATRIX[o + 4] = a01;
  MATRIX[o + 5] = a11;
  MATRIX[o + 8] = a02;
  MATRIX[o + 9] = a12;
  MATRIX[o + 12] = a03;
  MATRIX[o + 13] = a13;
}
