/** Cholesky factorization and solution on symmetric matrices in strips (strips.ts), 4 × 4 blocks in registers. */

/**
 * Overwrites the lower triangle of A [width × width] with L, A = LLᵀ, and `inverses` [width] with 1/L_ii. Left-looking
 * by blocks. False, with A spoilt, when a pivot is not above `smallestPivot`.
 */
export function factorizeStrips(
  a: Float64Array,
  width: number,
  smallestPivot: number,
  inverses: Float64Array,
): boolean {
  for (let j = 0; j < width; j += 4) {
    if (!factorizeDiagonalBlock(a, width, j, smallestPivot, inverses)) return false;
    for (let i = j + 4; i < width; i += 4) solveBlock(a, width, i, j, inverses);
  }
  return true;
}

/** x ← L⁻ᵀ L⁻¹ x. */
export function substituteStrips(l: Float64Array, width: number, inverses: Float64Array, x: Float64Array): void {
  for (let i = 0; i < width; i += 4) {
    let s = i * width;
    let x0 = x[i]!;
    let x1 = x[i + 1]!;
    let x2 = x[i + 2]!;
    let x3 = x[i + 3]!;
    for (let t = 0; t < i; t++, s += 4) {
      const y = x[t]!;
      x0 -= l[s]! * y;
      x1 -= l[s + 1]! * y;
      x2 -= l[s + 2]! * y;
      x3 -= l[s + 3]! * y;
    }
    x0 *= inverses[i]!;
    x1 = (x1 - l[s + 1]! * x0) * inverses[i + 1]!;
    x2 = (x2 - l[s + 2]! * x0 - l[s + 6]! * x1) * inverses[i + 2]!;
    x3 = (x3 - l[s + 3]! * x0 - l[s + 7]! * x1 - l[s + 11]! * x2) * inverses[i + 3]!;
    x[i] = x0;
    x[i + 1] = x1;
    x[i + 2] = x2;
    x[i + 3] = x3;
  }
  for (let i = width - 4; i >= 0; i -= 4) {
    const d = i * width + 4 * i;
    const x3 = x[i + 3]! * inverses[i + 3]!;
    const x2 = (x[i + 2]! - l[d + 11]! * x3) * inverses[i + 2]!;
    const x1 = (x[i + 1]! - l[d + 6]! * x2 - l[d + 7]! * x3) * inverses[i + 1]!;
    const x0 = (x[i]! - l[d + 1]! * x1 - l[d + 2]! * x2 - l[d + 3]! * x3) * inverses[i]!;
    x[i] = x0;
    x[i + 1] = x1;
    x[i + 2] = x2;
    x[i + 3] = x3;
    for (let t = 0, s = i * width; t < i; t++, s += 4) {
      x[t]! -= l[s]! * x0 + l[s + 1]! * x1 + l[s + 2]! * x2 + l[s + 3]! * x3;
    }
  }
}

function factorizeDiagonalBlock(
  a: Float64Array,
  width: number,
  j: number,
  smallestPivot: number,
  inverses: Float64Array,
): boolean {
  const at = j * width;
  const d = at + 4 * j;
  let a00 = a[d]!;
  let a10 = a[d + 1]!;
  let a20 = a[d + 2]!;
  let a30 = a[d + 3]!;
  let a11 = a[d + 5]!;
  let a21 = a[d + 6]!;
  let a31 = a[d + 7]!;
  let a22 = a[d + 10]!;
  let a32 = a[d + 11]!;
  let a33 = a[d + 15]!;
  for (let s = at; s < d; s += 4) {
    const x0 = a[s]!;
    const x1 = a[s + 1]!;
    const x2 = a[s + 2]!;
    const x3 = a[s + 3]!;
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
  a[d + 1] = a10;
  a[d + 2] = a20;
  a[d + 3] = a30;
  a[d + 6] = a21;
  a[d + 7] = a31;
  a[d + 11] = a32;
  return true;
}

/** The block (i, j) of L, i > j: X L_jjᵀ = A_ij − Σ_t L_it L_jtᵀ. */
function solveBlock(a: Float64Array, width: number, i: number, j: number, inverses: Float64Array): void {
  const o = i * width + 4 * j;
  let a00 = a[o]!;
  let a10 = a[o + 1]!;
  let a20 = a[o + 2]!;
  let a30 = a[o + 3]!;
  let a01 = a[o + 4]!;
  let a11 = a[o + 5]!;
  let a21 = a[o + 6]!;
  let a31 = a[o + 7]!;
  let a02 = a[o + 8]!;
  let a12 = a[o + 9]!;
  let a22 = a[o + 10]!;
  let a32 = a[o + 11]!;
  let a03 = a[o + 12]!;
  let a13 = a[o + 13]!;
  let a23 = a[o + 14]!;
  let a33 = a[o + 15]!;
  for (let s = i * width, t = j * width; s < o; s += 4, t += 4) {
    const b0 = a[t]!;
    const b1 = a[t + 1]!;
    const b2 = a[t + 2]!;
    const b3 = a[t + 3]!;
    let x = a[s]!;
    a00 -= x * b0;
    a01 -= x * b1;
    a02 -= x * b2;
    a03 -= x * b3;
    x = a[s + 1]!;
    a10 -= x * b0;
    a11 -= x * b1;
    a12 -= x * b2;
    a13 -= x * b3;
    x = a[s + 2]!;
    a20 -= x * b0;
    a21 -= x * b1;
    a22 -= x * b2;
    a23 -= x * b3;
    x = a[s + 3]!;
    a30 -= x * b0;
    a31 -= x * b1;
    a32 -= x * b2;
    a33 -= x * b3;
  }
  const d = j * width + 4 * j;
  let inverse = inverses[j]!;
  a00 *= inverse;
  a10 *= inverse;
  a20 *= inverse;
  a30 *= inverse;
  let l0 = a[d + 1]!;
  inverse = inverses[j + 1]!;
  a01 = (a01 - a00 * l0) * inverse;
  a11 = (a11 - a10 * l0) * inverse;
  a21 = (a21 - a20 * l0) * inverse;
  a31 = (a31 - a30 * l0) * inverse;
  l0 = a[d + 2]!;
  let l1 = a[d + 6]!;
  inverse = inverses[j + 2]!;
  a02 = (a02 - a00 * l0 - a01 * l1) * inverse;
  a12 = (a12 - a10 * l0 - a11 * l1) * inverse;
  a22 = (a22 - a20 * l0 - a21 * l1) * inverse;
  a32 = (a32 - a30 * l0 - a31 * l1) * inverse;
  l0 = a[d + 3]!;
  l1 = a[d + 7]!;
  const l2 = a[d + 11]!;
  inverse = inverses[j + 3]!;
  a03 = (a03 - a00 * l0 - a01 * l1 - a02 * l2) * inverse;
  a13 = (a13 - a10 * l0 - a11 * l1 - a12 * l2) * inverse;
  a23 = (a23 - a20 * l0 - a21 * l1 - a22 * l2) * inverse;
  a33 = (a33 - a30 * l0 - a31 * l1 - a32 * l2) * inverse;
  a[o] = a00;
  a[o + 1] = a10;
  a[o + 2] = a20;
  a[o + 3] = a30;
  a[o + 4] = a01;
  a[o + 5] = a11;
  a[o + 6] = a21;
  a[o + 7] = a31;
  a[o + 8] = a02;
  a[o + 9] = a12;
  a[o + 10] = a22;
  a[o + 11] = a32;
  a[o + 12] = a03;
  a[o + 13] = a13;
  a[o + 14] = a23;
  a[o + 15] = a33;
}
