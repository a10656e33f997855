/**
 * Dense kernels on matrices stored in strips of four rows: element (i, j) of a matrix with `width` columns stands at
 * ((i >> 2)·width + j)·4 + (i & 3). A 4 × 4 block is then 16 neighbouring numbers, every inner loop walks two strips
 * from front to back, and its 16 sums stay in registers. All in double precision; widths are multiples of four unless
 * said otherwise. Symmetric matrices hold their lower triangle, with full 4 × 4 blocks on the diagonal.
 */

/** n rounded up to whole strips. */
export function stripWidth(n: number): number {
  return (n + 3) & ~3;
}

/**
 * out ← out + P Pᵀ (lower triangle, [width × width] from outAt), for a panel P of `width` rows and `length` columns.
 */
export function addGram(panel: Float64Array, length: number, width: number, out: Float64Array, outAt: number): void {
  const stride = 4 * length;
  for (let i = 0; i < width; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      addBlock(panel, (i >> 2) * stride, panel, (j >> 2) * stride, stride, out, outAt + i * width + 4 * j);
    }
  }
}

/** out ← out + P Qᵀ (all of it, [width × width] from outAt), for panels of `width` rows and `length` columns. */
export function addCrossGram(
  p: Float64Array,
  q: Float64Array,
  length: number,
  width: number,
  out: Float64Array,
  outAt: number,
): void {
  const stride = 4 * length;
  for (let i = 0; i < width; i += 4) {
    for (let j = 0; j < width; j += 4) {
      addBlock(p, (i >> 2) * stride, q, (j >> 2) * stride, stride, out, outAt + i * width + 4 * j);
    }
  }
}

/** One 4 × 4 block of out + P Qᵀ from two strips of `stride` numbers. */
function addBlock(
  p: Float64Array,
  pAt: number,
  q: Float64Array,
  qAt: number,
  stride: number,
  out: Float64Array,
  o: number,
): void {
  let a00 = 0;
  let a10 = 0;
  let a20 = 0;
  let a30 = 0;
  let a01 = 0;
  let a11 = 0;
  let a21 = 0;
  let a31 = 0;
  let a02 = 0;
  let a12 = 0;
  let a22 = 0;
  let a32 = 0;
  let a03 = 0;
  let a13 = 0;
  let a23 = 0;
  let a33 = 0;
  for (let s = pAt, t = qAt, end = pAt + stride; s < end; s += 4, t += 4) {
    const b0 = q[t]!;
    const b1 = q[t + 1]!;
    const b2 = q[t + 2]!;
    const b3 = q[t + 3]!;
    let x = p[s]!;
    a00 += x * b0;
    a01 += x * b1;
    a02 += x * b2;
    a03 += x * b3;
    x = p[s + 1]!;
    a10 += x * b0;
    a11 += x * b1;
    a12 += x * b2;
    a13 += x * b3;
    x = p[s + 2]!;
    a20 += x * b0;
    a21 += x * b1;
    a22 += x * b2;
    a23 += x * b3;
    x = p[s + 3]!;
    a30 += x * b0;
    a31 += x * b1;
    a32 += x * b2;
    a33 += x * b3;
  }
  out[o]! += a00;
  out[o + 1]! += a10;
  out[o + 2]! += a20;
  out[o + 3]! += a30;
  out[o + 4]! += a01;
  out[o + 5]! += a11;
  out[o + 6]! += a21;
  out[o + 7]! += a31;
  out[o + 8]! += a02;
  out[o + 9]! += a12;
  out[o + 10]! += a22;
  out[o + 11]! += a32;
  out[o + 12]! += a03;
  out[o + 13]! += a13;
  out[o + 14]! += a23;
  out[o + 15]! += a33;
}

/** out[i] ← out[i] + Σ_t P[i][t]·v[t], for a panel P of `width` rows and `length` columns. */
export function addPanelTimes(
  panel: Float64Array,
  length: number,
  width: number,
  v: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, s = 0; i < width; i += 4) {
    let s0 = out[i]!;
    let s1 = out[i + 1]!;
    let s2 = out[i + 2]!;
    let s3 = out[i + 3]!;
    for (let t = 0; t < length; t++, s += 4) {
      const x = v[t]!;
      s0 += panel[s]! * x;
      s1 += panel[s + 1]! * x;
      s2 += panel[s + 2]! * x;
      s3 += panel[s + 3]! * x;
    }
    out[i] = s0;
    out[i + 1] = s1;
    out[i + 2] = s2;
    out[i + 3] = s3;
  }
}

/** out[t] ← Σ_i P[i][t]·v[i], for a panel P of `width` rows and `length` columns. */
export function transposedPanelTimes(
  panel: Float64Array,
  length: number,
  width: number,
  v: Float64Array,
  out: Float64Array,
): void {
  for (let t = 0; t < length; t++) out[t] = 0;
  for (let i = 0, s = 0; i < width; i += 4) {
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const v2 = v[i + 2]!;
    const v3 = v[i + 3]!;
    for (let t = 0; t < length; t++, s += 4) {
      out[t]! += panel[s]! * v0 + panel[s + 1]! * v1 + panel[s + 2]! * v2 + panel[s + 3]! * v3;
    }
  }
}

/** out ← A v for a symmetric A of the given width. */
export function symmetricTimes(a: Float64Array, width: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < width; i++) out[i] = 0;
  for (let i = 0; i < width; i += 4) {
    let s = i * width;
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const v2 = v[i + 2]!;
    const v3 = v[i + 3]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < i; j++, s += 4) {
      const a0 = a[s]!;
      const a1 = a[s + 1]!;
      const a2 = a[s + 2]!;
      const a3 = a[s + 3]!;
      const x = v[j]!;
      s0 += a0 * x;
      s1 += a1 * x;
      s2 += a2 * x;
      s3 += a3 * x;
      out[j]! += a0 * v0 + a1 * v1 + a2 * v2 + a3 * v3;
    }
    for (let j = i; j < i + 4; j++, s += 4) {
      const x = v[j]!;
      s0 += a[s]! * x;
      s1 += a[s + 1]! * x;
      s2 += a[s + 2]! * x;
      s3 += a[s + 3]! * x;
    }
    out[i]! += s0;
    out[i + 1]! += s1;
    out[i + 2]! += s2;
    out[i + 3]! += s3;
  }
}
