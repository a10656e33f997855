import type { Csr } from '../../interactions/interactions.ts';

/** Sums that a line search takes over users and their ratings: five of the observed pairs, three of the regularisation. */
export const N_LINE_SEARCH_SUMS = 8;

/** A point and a direction, of one side: [n × k] each. */
export interface Ray {
  x: Float32Array;
  p: Float32Array;
}

/**
 * sums ← sums + what the rows from…to−1 add to Σ c (e + αs + α²t)², in the order Σce², Σces, Σc(s² + 2et), Σcst, Σct²
 * with e = u·v − r, s = u·q + p·v, t = p·q. Four products of k numbers per rating, in double precision.
 */
export class LineSearchPass {
  readonly #k: number;
  readonly #u: Float64Array;
  readonly #p: Float64Array;

  constructor(nFactors: number) {
    this.#k = nFactors;
    this.#u = new Float64Array(nFactors);
    this.#p = new Float64Array(nFactors);
  }

  addObserved(csr: Csr, users: Ray, items: Ray, from: number, to: number, sums: Float64Array, at: number): void {
    const { rowPtr, cols, values, weights } = csr;
    const [k, u, p] = [this.#k, this.#u, this.#p];
    const [itemX, itemP] = [items.x, items.p];
    let [ee, es, sset, st, tt] = [0, 0, 0, 0, 0];
    for (let r = from; r < to; r++) {
      for (let f = 0; f < k; f++) {
        u[f] = users.x[r * k + f]!;
        p[f] = users.p[r * k + f]!;
      }
      for (let entry = rowPtr[r]!; entry < rowPtr[r + 1]!; entry++) {
        const v = cols[entry]! * k;
        let e = -values[entry]!;
        let uq = 0;
        let pv = 0;
        let t = 0;
        for (let f = 0; f < k; f++) {
          const x = u[f]!;
          const y = p[f]!;
          const itemFactor = itemX[v + f]!;
          const itemDirection = itemP[v + f]!;
          e += x * itemFactor;
          uq += x * itemDirection;
          pv += y * itemFactor;
          t += y * itemDirection;
        }
        const s = uq + pv;
        const c = weights === null ? 1 : weights[entry]!;
        ee += c * e * e;
        es += c * e * s;
        sset += c * (s * s + 2 * e * t);
        st += c * s * t;
        tt += c * t * t;
      }
    }
    sums[at]! += ee;
    sums[at + 1]! += es;
    sums[at + 2]! += sset;
    sums[at + 3]! += st;
    sums[at + 4]! += tt;
  }

  /** sums ← sums + what the rows from…to−1 add to the regularisation: Σ ridge·xᵀx, Σ ridge·xᵀp, Σ ridge·pᵀp, at 5…7. */
  addRidges(ridges: Float64Array, { x, p }: Ray, from: number, to: number, sums: Float64Array, at: number): void {
    const k = this.#k;
    let [xx, xp, pp] = [0, 0, 0];
    for (let r = from; r < to; r++) {
      let [rowXx, rowXp, rowPp] = [0, 0, 0];
      for (let f = r * k; f < (r + 1) * k; f++) {
        rowXx += x[f]! * x[f]!;
        rowXp += x[f]! * p[f]!;
        rowPp += p[f]! * p[f]!;
      }
      xx += ridges[r]! * rowXx;
      xp += ridges[r]! * rowXp;
      pp += ridges[r]! * rowPp;
    }
    sums[at + 5]! += xx;
    sums[at + 6]! += xp;
    sums[at + 7]! += pp;
  }
}
