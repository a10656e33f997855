/** Σ u_f·v_f over k numbers of v from `at`; four sums, which the processor keeps under way at once. */
export function innerProduct(u: Float64Array, v: Float32Array, at: number, k: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let f = 0;
  for (; f + 4 <= k; f += 4) {
    s0 += u[f]! * v[at + f]!;
    s1 += u[f + 1]! * v[at + f + 1]!;
    s2 += u[f + 2]! * v[at + f + 2]!;
    s3 += u[f + 3]! * v[at + f + 3]!;
  }
  for (; f < k; f++) s0 += u[f]! * v[at + f]!;
  return s0 + s1 + (s2 + s3);
}
