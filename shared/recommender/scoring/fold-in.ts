import type { Csr } from '../interactions/interactions.ts';
import { factorizePositive, solvePositive, substitute } from '../linear-algebra/cholesky.ts';
import { GramianPass } from '../linear-algebra/gramian-pass.ts';
import { addGram, addPanelTimes, packColumn, stripWidth, unpackSymmetric } from '../linear-algebra/strips.ts';
import type { FactorModel } from '../model/factor-model.ts';
import { type Confidence, parseConfidence } from '../training/confidence.ts';
import { objectiveOf } from '../training/parameters.ts';
import { allPairsWeight, ridgeOf } from '../training/regularization.ts';
import type { Reason, SeenItem } from './scorer.ts';
import { checkItem, seenRow } from './seen-row.ts';

/** Seen items packed at a time: with 64 factors 32 KiB, which stays in the first-level cache. */
const PANEL_ROWS = 64;

/**
 * Factors of users that training never saw, or who have changed since: one row of ALS, solved in double precision against the
 * model's item factors: A u = b with A = α₀VᵀV + Σ_S c v vᵀ + ridge·I.
 */
export class FoldIn {
  readonly #model: FactorModel;
  readonly #confidence: Confidence;
  /** α₀VᵀV in strips (strips.ts), the same for all users; zeros without an all-pairs term. */
  readonly #allPairs: Float64Array;
  /** [width × width] in strips: A without its ridge */
  readonly #strips: Float64Array;
  readonly #targets = new Float64Array(PANEL_ROWS);

  constructor(model: FactorModel) {
    this.#model = model;
    this.#confidence = parseConfidence(model.parameters.confidence);
    const width = stripWidth(model.nFactors);
    const alpha0 = allPairsWeight(objectiveOf(model.parameters));
    this.#strips = new Float64Array(width * width);
    this.#allPairs = new Float64Array(width * width);
    if (alpha0 > 0) {
      new GramianPass(model.nFactors).gramian(model.itemFactors, 0, model.items.size, this.#allPairs, 0);
      for (let i = 0; i < this.#allPairs.length; i++) this.#allPairs[i]! *= alpha0;
    }
  }

  /** The factors u = A⁻¹b [k]; zero for a user who has seen nothing. @throws RangeError for an item outside the model. */
  factors(seen: readonly SeenItem[]): Float64Array {
    const { row, a, b } = this.#equations(seen);
    if (row.cols.length > 0) solvePositive(a, b, b);
    return b;
  }

  /**
   * u·v_i = Σ_j c_j r_j (v_jᵀ A⁻¹ v_i): the score of an item is a sum over the seen items j, each term what that one
   * item adds. For each item, the largest first. A is made and factorized once for all items.
   */
  reasons(items: readonly number[], seen: readonly SeenItem[]): Reason[][] {
    const { nFactors: k, itemFactors } = this.#model;
    for (const item of items) checkItem(this.#model, item);
    const { row, a } = this.#equations(seen);
    if (row.cols.length === 0) return items.map(() => []);
    const isZero = !factorizePositive(a, k);
    const z = new Float64Array(k);
    return items.map((item) => {
      if (!isZero) substitute(a, Float64Array.from(itemFactors.subarray(item * k, (item + 1) * k)), z);
      const reasons = Array.from(row.cols, (j, e): Reason => {
        let similarity = 0;
        for (let f = 0; f < k; f++) similarity += itemFactors[j * k + f]! * z[f]!;
        return { item: j, contribution: (row.weights?.[e] ?? 1) * row.values[e]! * similarity };
      });
      return reasons.sort((x, y) => y.contribution - x.contribution || x.item - y.item);
    });
  }

  #equations(seen: readonly SeenItem[]): { row: Csr; a: Float64Array; b: Float64Array } {
    const { nFactors: k, items, parameters } = this.#model;
    const row = seenRow(this.#model, this.#confidence, seen);
    const width = stripWidth(k);
    const b = new Float64Array(width);
    this.#strips.set(this.#allPairs);
    for (let from = 0; from < row.cols.length; from += PANEL_ROWS) {
      const length = Math.min(PANEL_ROWS, row.cols.length - from);
      this.#pack(row, from, length);
      addGram(length, width, this.#strips, 0);
      addPanelTimes(length, width, this.#targets, b);
    }
    const a = new Float64Array(k * k);
    unpackSymmetric(this.#strips, k, a);
    const ridge = ridgeOf(row.cols.length, items.size, objectiveOf(parameters));
    for (let i = 0; i < k; i++) a[i * k + i]! += ridge;
    return { row, a, b: b.subarray(0, k) };
  }

  /** Packs seen items, each times √c, as the columns of a panel whose rows are the factors. */
  #pack({ cols, values, weights }: Csr, from: number, length: number): void {
    const { nFactors: k, itemFactors } = this.#model;
    for (let t = 0; t < length; t++) {
      const root = Math.sqrt(weights?.[from + t] ?? 1);
      this.#targets[t] = root * values[from + t]!;
      packColumn(itemFactors, cols[from + t]! * k, k, root, 4 * t, 4 * length);
    }
  }
}
