import { type Csr, rowLength } from '../../interactions/interactions.ts';
import { SINGULAR_PIVOT } from '../../linear-algebra/cholesky.ts';
import { unpackSymmetric } from '../../linear-algebra/strips.ts';
import { diagonalize } from '../../linear-algebra/symmetric-eigen.ts';
import type { DualBasis } from './half-problem.ts';
import type { Rotation } from './rotation.ts';

/** Multiplications of a diagonalization over k³, about. */
const DIAGONALIZATION = 9;

/**
 * Whether a dual form of the short rows saves more than the change of basis costs, which rotates every row of the other
 * side. In multiplications: n k²/2 + k³/6 for a row as it is, n² k/2 + n³/6 + 2 k² for its dual.
 */
export function isDualWorthwhile(csr: Csr, nFactors: number): boolean {
  const k = nFactors;
  let saved = 0;
  for (let r = 0; r < csr.nRows; r++) {
    const n = rowLength(csr, r);
    if (n > 0 && n < k) saved += (n * k * (k - n)) / 2 + (k ** 3 - n ** 3) / 6 - 2 * k * k;
  }
  return saved > csr.nCols * k * k + DIAGONALIZATION * k ** 3;
}

/** Makes the dual basis of α₀G, in buffers that are allocated once. */
export class DualBasisMaker {
  readonly #k: number;
  readonly #basis: DualBasis & { q: Float64Array };
  readonly #a: Float64Array;
  readonly #work: Float64Array;
  readonly #rotation: Rotation;

  /** @param rotated [most rows of a side × k], shared by all lanes */
  constructor(nFactors: number, rotated: Float32Array, rotation: Rotation) {
    const k = nFactors;
    this.#k = k;
    this.#basis = { rotated, eigenvalues: new Float64Array(k), accuracy: 0, q: new Float64Array(k * k) };
    this.#a = new Float64Array(k * k);
    this.#work = new Float64Array(2 * k);
    this.#rotation = rotation;
  }

  /** Returns the basis in which α₀G, given in strips, is diagonal, and loads it into the rotation; `rotate` then rotates the factors. */
  diagonalize(allPairs: Float64Array): DualBasis {
    const k = this.#k;
    const { q, eigenvalues } = this.#basis;
    unpackSymmetric(allPairs, k, this.#a);
    diagonalize(this.#a, q, eigenvalues, this.#work, k);
    this.#basis.accuracy = SINGULAR_PIVOT * eigenvalues.reduce((largest, value) => Math.max(largest, value), 0);
    this.#rotation.load(q);
    return this.#basis;
  }

  /** rotated[r] ← Q v_r for the rows from…to−1. */
  rotate(factors: Float32Array, from: number, to: number): void {
    this.#rotation.forward(factors, from, to - from, this.#basis.rotated, from);
  }
}
