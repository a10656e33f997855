/**
 * Dense kernels on matrices stored in strips of four rows: `stripIndex` says where an element stands. A 4 × 4 block is
 * 16 neighbouring numbers, and every inner loop walks two strips from front to back. All in double precision; widths are
 * multiples of four. Symmetric matrices hold their lower triangle, with full 4 × 4 blocks on the diagonal.
 *
 * What the innermost loops read lies in one constant array of this module, and its indices are masked. V8 then knows
 * the array's length and the range of every index, and drops the bounds and overflow checks, which otherwise are most of
 * the instructions: 6.4 instead of 5.0 GFLOP/s for P Pᵀ with 64 factors (Node 24, Xeon 2.6 GHz). Nothing is left in the
 * array from one row of a problem to the next, so that all lanes of a thread share it.
 */

/** Room for two panels of 128 factors and 128 ratings. A power of two, for the mask. */
const PANELS_SIZE = 2 * 128 * 128;
/** Numbers that a panel can have where no second one is wanted. */
export const PANEL_ELEMENTS = PANELS_SIZE;
const MASK = PANELS_SIZE - 1;
const PANELS = new Float64Array(PANELS_SIZE + 4);
/** Where the second panel begins. */
export const SECOND_PANEL = PANELS_SIZE / 2;

/** The panel that `addGram` and the others read, for packing into; the second one from SECOND_PANEL on. */
export function panelMemory(): Float64Array {
  return PANELS;
}

/** n rounded up to whole strips. */
export function stripWidth(n: number): number {
  return (n + 3) & ~3;
}

/** Where element (i, j) of a matrix with `nCols` columns stands: strip by strip, within one column by column. */
export function stripIndex(i: number, j: number, nCols: number): number {
  return ((i >> 2) * nCols + j) * 4 + (i & 3);
}

/** out [k × k] row-major ← the first k rows and columns of a symmetric matrix [width × width] in strips. */
export function unpackSymmetric(strips: Float64Array, k: number, out: Float64Array): void {
  const width = stripWidth(k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      const element = strips[stripIndex(i, j, width)]!;
      out[i * k + j] = element;
      out[j * k + i] = element;
    }
  }
}

/** The same for a matrix of which both triangles are there. */
export function unpackStrips(strips: Float64Array, k: number, out: Float64Array): void {
  const width = stripWidth(k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) out[i * k + j] = strips[stripIndex(i, j, width)]!;
  }
}

/**
 * Writes scale·x[from…from + k − 1], and zeros up to a whole strip, as one column of a panel, its first element at
 * `at`; `stride` is four times the panel's number of columns.
 */
export function packColumn(x: Float32Array, from: number, k: number, scale: number, at: number, stride: number): void {
  const end = (from + k) | 0;
  let f = from;
  let to = at;
  for (; f + 4 <= end; f = (f + 4) | 0, to = (to + stride) | 0) {
    const o = to & MASK;
    PANELS[o] = scale * x[f]!;
    PANELS[o + 1] = scale * x[f + 1]!;
    PANELS[o + 2] = scale * x[f + 2]!;
    PANELS[o + 3] = scale * x[f + 3]!;
  }
  if (f === end) return;
  for (let i = 0; i < 4; i++, f++) PANELS[(to & MASK) + i] = f < end ? scale * x[f]! : 0;
}

/** As `packRow`, each element times its own scale too. */
export function packScaledRow(
  x: Float32Array,
  from: number,
  k: number,
  scale: number,
  scales: Float64Array,
  row: number,
): void {
  let to = stripIndex(row, 0, k);
  for (let f = 0; f < k; f++, to = (to + 4) | 0) PANELS[to & MASK] = scale * scales[f]! * x[from + f]!;
}

/** Writes scale·x[from…from + k − 1] as row `row` of a panel with k columns. */
export function packRow(x: Float32Array, from: number, k: number, scale: number, row: number): void {
  let to = stripIndex(row, 0, k);
  for (let f = from; f < from + k; f++, to = (to + 4) | 0) PANELS[to & MASK] = scale * x[f]!;
}

/** out ← out + P Pᵀ (lower triangle, [width × width] from outAt), for the panel P of `width` rows and `length` columns. */
export function addGram(length: number, width: number, out: Float64Array, outAt: number): void {
  for (let i = 0; i < width; i += 4) {
    for (let j = 0; j <= i; j += 4) addBlock(i * length, j * length, 4 * length, out, outAt + i * width + 4 * j);
  }
}

/** out ← out + P Qᵀ ([height × width] from outAt), for the panels P of `height` rows, Q of `width`, and both of `length` columns. */
export function addCrossGram(length: number, height: number, width: number, out: Float64Array, outAt: number): void {
  for (let i = 0; i < height; i += 4) {
    for (let j = 0; j < width; j += 4) {
      addBlock(i * length, SECOND_PANEL + j * length, 4 * length, out, outAt + i * width + 4 * j);
    }
  }
}

/** One 4 × 4 block of out + P Qᵀ from two strips of `stride` numbers, in two halves: eight sums stay in registers, 16 do not. */
function addBlock(p: number, q: number, stride: number, out: Float64Array, o: number): void {
  addHalfBlock(p, q, stride, out, o);
  addHalfBlock(p + 2, q, stride, out, o + 2);
}

function addHalfBlock(p: number, q: number, stride: number, out: Float64Array, o: number): void {
  let a00 = 0;
  let a10 = 0;
  let a01 = 0;
  let a11 = 0;
  let a02 = 0;
  let a12 = 0;
  let a03 = 0;
  let a13 = 0;
  for (let s = p, t = q, end = (p + stride) | 0; s < end; s = (s + 4) | 0, t = (t + 4) | 0) {
    const si = s & MASK;
    const ti = t & MASK;
    const x0 = PANELS[si]!;
    const x1 = PANELS[si + 1]!;
    const y0 = PANELS[ti]!;
    const y1 = PANELS[ti + 1]!;
    const y2 = PANELS[ti + 2]!;
    const y3 = PANELS[ti + 3]!;
    a00 += x0 * y0;
    a10 += x1 * y0;
    a01 += x0 * y1;
    a11 += x1 * y1;
    a02 += x0 * y2;
    a12 += x1 * y2;
    a03 += x0 * y3;
    a13 += x1 * y3;
  }
  out[o]! += a00;
  out[o + 1]! += a10;
  out[o + 4]! += a01;
  out[o + 5]! += a11;
  out[o + 8]! += a02;
  out[o + 9]! += a12;
  out[o + 12]! += a03;
  out[o + 13]! += a13;
}

/** out[i] ← out[i] + Σ_t P[i][t]·v[t], for the panel P of `width` rows and `length` columns. */
export function addPanelTimes(length: number, width: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0, s = 0; i < width; i += 4) {
    let s0 = out[i]!;
    let s1 = out[i + 1]!;
    let s2 = out[i + 2]!;
    let s3 = out[i + 3]!;
    for (let t = 0; t < length; t++, s = (s + 4) | 0) {
      const x = v[t]!;
      const a = s & MASK;
      s0 += PANELS[a]! * x;
      s1 += PANELS[a + 1]! * x;
      s2 += PANELS[a + 2]! * x;
      s3 += PANELS[a + 3]! * x;
    }
    out[i] = s0;
    out[i + 1] = s1;
    out[i + 2] = s2;
    out[i + 3] = s3;
  }
}

/** out[t] ← Σ_i P[i][t]·v[i], for the panel P of `width` rows and `length` columns. */
export function transposedPanelTimes(length: number, width: number, v: Float64Array, out: Float64Array): void {
  for (let t = 0; t < length; t++) out[t] = 0;
  for (let i = 0, s = 0; i < width; i += 4) {
    const v0 = v[i]!;
    const v1 = v[i + 1]!;
    const v2 = v[i + 2]!;
    const v3 = v[i + 3]!;
    for (let t = 0; t < length; t++, s = (s + 4) | 0) {
      const a = s & MASK;
      out[t]! += PANELS[a]! * v0 + PANELS[a + 1]! * v1 + (PANELS[a + 2]! * v2 + PANELS[a + 3]! * v3);
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
