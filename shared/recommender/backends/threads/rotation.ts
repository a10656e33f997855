import {
  addCrossGram,
  packRow,
  panelMemory,
  SECOND_PANEL,
  stripIndex,
  stripWidth,
} from '../../linear-algebra/strips.ts';

/** Takes factor rows into an orthonormal basis and back, as matrix products in strips, in buffers that are allocated once. */
export class Rotation {
  readonly #k: number;
  readonly #width: number;
  /** Q and Qᵀ in strips, zeros added up to whole ones. */
  readonly #forward: Float64Array;
  readonly #back: Float64Array;
  readonly #product: Float64Array;

  constructor(nFactors: number) {
    this.#k = nFactors;
    this.#width = stripWidth(nFactors);
    this.#forward = new Float64Array(this.#width * nFactors);
    this.#back = new Float64Array(this.#width * nFactors);
    this.#product = new Float64Array(this.#width ** 2);
  }

  /** @param q [k × k] row-major Q, a basis vector per row */
  load(q: Float64Array): void {
    const k = this.#k;
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        this.#forward[stripIndex(i, j, k)] = q[i * k + j]!;
        this.#back[stripIndex(i, j, k)] = q[j * k + i]!;
      }
    }
  }

  /** Row outFirst + i of `out` ← Q x for row first + i of `x`, for i < n. `out` may be `x`. */
  forward(x: Float32Array, first: number, n: number, out: Float32Array, outFirst: number): void {
    this.#rotate(this.#forward, x, first, n, out, outFirst);
  }

  /** The same with Qᵀ. */
  back(x: Float32Array, first: number, n: number, out: Float32Array, outFirst: number): void {
    this.#rotate(this.#back, x, first, n, out, outFirst);
  }

  #rotate(basis: Float64Array, x: Float32Array, first: number, n: number, out: Float32Array, outFirst: number): void {
    const [k, width, product] = [this.#k, this.#width, this.#product];
    panelMemory().set(basis, SECOND_PANEL);
    for (let done = 0; done < n; done += width) {
      const rows = Math.min(width, n - done);
      const height = stripWidth(rows);
      for (let i = 0; i < rows; i++) packRow(x, (first + done + i) * k, k, 1, i);
      for (let i = rows; i < height; i++) packRow(x, 0, k, 0, i);
      product.fill(0, 0, height * width);
      addCrossGram(k, height, width, product, 0);
      for (let i = 0; i < rows; i++) {
        const to = (outFirst + done + i) * k;
        for (let f = 0; f < k; f++) out[to + f] = product[stripIndex(i, f, width)]!;
      }
    }
  }
}
