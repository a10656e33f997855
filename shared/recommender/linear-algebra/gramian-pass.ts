import { addCrossGram, addGram, packColumn, SECOND_PANEL, stripWidth } from './strips.ts';

/** Rows packed at a time: see row-solver.ts. */
const PANEL_ROWS = 64;

/** Gramians of factor rows in strips (strips.ts). */
export class GramianPass {
  readonly #k: number;
  readonly #width: number;

  constructor(nFactors: number) {
    this.#k = nFactors;
    this.#width = stripWidth(nFactors);
  }

  /** out ← Σ x_r x_rᵀ over the rows from…to−1, lower triangle, [width × width] from outAt. */
  gramian(x: Float32Array, from: number, to: number, out: Float64Array, outAt: number): void {
    const width = this.#width;
    out.fill(0, outAt, outAt + width * width);
    for (let first = from; first < to; first += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, to - first);
      this.#pack(x, first, length, 0);
      addGram(length, width, out, outAt);
    }
  }

  /** out ← XᵀX and PᵀP (lower triangles) and XᵀP (all of it), one after the other, over the rows from…to−1. */
  rayGramians(x: Float32Array, p: Float32Array, from: number, to: number, out: Float64Array, outAt: number): void {
    const width = this.#width;
    const size = width * width;
    out.fill(0, outAt, outAt + 3 * size);
    for (let first = from; first < to; first += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, to - first);
      this.#pack(p, first, length, 0);
      addGram(length, width, out, outAt + size);
      this.#pack(p, first, length, SECOND_PANEL);
      this.#pack(x, first, length, 0);
      addGram(length, width, out, outAt);
      addCrossGram(length, width, width, out, outAt + 2 * size);
    }
  }

  /** Packs rows as the columns of a panel whose rows are the factors. */
  #pack(x: Float32Array, first: number, length: number, panelAt: number): void {
    const k = this.#k;
    for (let t = 0; t < length; t++) packColumn(x, (first + t) * k, k, 1, panelAt + 4 * t, 4 * length);
  }
}
