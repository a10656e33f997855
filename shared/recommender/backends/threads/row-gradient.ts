import { stripWidth, symmetricTimes } from '../../linear-algebra/strips.ts';
import type { HalfProblem } from './half-problem.ts';

/** The gradient of single rows without their normal equations, O(k) per rating, in buffers that are allocated once. */
export class RowGradient {
  readonly #k: number;
  readonly #width: number;
  readonly #own: Float64Array;
  readonly #sum: Float64Array;

  constructor(nFactors: number) {
    this.#k = nFactors;
    this.#width = stripWidth(nFactors);
    this.#own = new Float64Array(this.#width);
    this.#sum = new Float64Array(this.#width);
  }

  /** g[r] ← 2[Σ_S c (u·v − r) v + α₀G u + ridge·u] at u = own[r]. */
  compute(half: HalfProblem, r: number, own: Float32Array, g: Float32Array): void {
    const k = this.#k;
    const u = this.#own;
    const sum = this.#sum;
    for (let f = 0; f < k; f++) u[f] = own[r * k + f]!;
    if (half.allPairs === null) sum.fill(0);
    else symmetricTimes(half.allPairs, this.#width, u, sum);
    const ridge = half.ridges[r]!;
    for (let f = 0; f < k; f++) sum[f]! += ridge * u[f]!;
    addErrors(half, r, k, u, sum);
    for (let f = 0; f < k; f++) g[r * k + f] = 2 * sum[f]!;
  }
}

/** sum ← sum + Σ_S c (u·v − r) v; four ratings at a time, so that four sums are under way in the processor. */
function addErrors({ csr, other }: HalfProblem, r: number, k: number, u: Float64Array, sum: Float64Array): void {
  const { cols, values, weights } = csr;
  const end = csr.rowPtr[r + 1]!;
  let entry = csr.rowPtr[r]!;
  for (; entry + 4 <= end; entry += 4) {
    const a = cols[entry]! * k;
    const b = cols[entry + 1]! * k;
    const c = cols[entry + 2]! * k;
    const d = cols[entry + 3]! * k;
    let ea = -values[entry]!;
    let eb = -values[entry + 1]!;
    let ec = -values[entry + 2]!;
    let ed = -values[entry + 3]!;
    for (let f = 0; f < k; f++) {
      const x = u[f]!;
      ea += x * other[a + f]!;
      eb += x * other[b + f]!;
      ec += x * other[c + f]!;
      ed += x * other[d + f]!;
    }
    if (weights !== null) {
      ea *= weights[entry]!;
      eb *= weights[entry + 1]!;
      ec *= weights[entry + 2]!;
      ed *= weights[entry + 3]!;
    }
    for (let f = 0; f < k; f++) {
      sum[f]! += ea * other[a + f]! + eb * other[b + f]! + ec * other[c + f]! + ed * other[d + f]!;
    }
  }
  for (; entry < end; entry++) {
    const a = cols[entry]! * k;
    let e = -values[entry]!;
    for (let f = 0; f < k; f++) e += u[f]! * other[a + f]!;
    if (weights !== null) e *= weights[entry]!;
    for (let f = 0; f < k; f++) sum[f]! += e * other[a + f]!;
  }
}
