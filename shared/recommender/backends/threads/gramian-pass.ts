import { addCrossGram, addGram, stripWidth } from './strips.ts';

/** Rows packed at a time: see row-solver.ts. */
const PANEL_ROWS = 64;

/** Gramians of factor rows in strips (strips.ts), in buffers that are allocated once. */
export class GramianPass {
  readonly #k: number;
  readonly #width: number;
  readonly #xPanel: Float64Array;
  readonly #pPanel: Float64Array;

  constructor(nFactors: number) {
    this.#k = nFactors;
    this.#width = stripWidth(nFactors);
    this.#xPanel = new Float64Array(this.#width * PANEL_ROWS);
    this.#pPanel = new Float64Array(this.#width * PANEL_ROWS);
  }

  /** out ← Σ x_r x_rᵀ over the rows from…to−1, lower triangle, [width × width] from outAt. */
  gramian(x: Float32Array, from: number, to: number, out: Float64Array, outAt: number): void {
    const width = this.#width;
    out.fill(0, outAt, outAt + width * width);
    for (let first = from; first < to; first += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, to - first);
      this.#pack(x, first, length, this.#xPanel);
      addGram(this.#xPanel, length, width, out, outAt);
    }
  }

  /** out ← XᵀX and PᵀP (lower triangles) and XᵀP (all of it), one after the other, over the rows from…to−1. */
  rayGramians(x: Float32Array, p: Float32Array, from: number, to: number, out: Float64Array, outAt: number): void {
    const width = this.#width;
    const size = width * width;
    out.fill(0, outAt, outAt + 3 * size);
    for (let first = from; first < to; first += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, to - first);
      this.#pack(x, first, length, this.#xPanel);
      this.#pack(p, first, length, this.#pPanel);
      addGram(this.#xPanel, length, width, out, outAt);
      addGram(this.#pPanel, length, width, out, outAt + size);
      addCrossGram(this.#xPanel, this.#pPanel, length, width, out, outAt + 2 * size);
    }
  }

  #pack(x: Float32Array, first: number, length: number, panel: Float64Array): void {
    const k = this.#k;
    const stride = 4 * length;
    for (let t = 0; t < length; t++) {
      const row = (first + t) * k;
      for (let f = 0; f < this.#width; f++) {
        panel[(f >> 2) * stride + 4 * t + (f & 3)] = f < k ? x[row + f]! : 0;
      }
    }
  }
}
