import { gramian, normalEquations } from './backends/reference/stages.ts';
import { solvePositive } from './cholesky.ts';
import { type Confidence, parseConfidence } from './confidence.ts';
import type { FactorModel } from './factor-model.ts';
import type { Csr } from './interactions.ts';
import { objectiveOf } from './parameters.ts';
import { allPairsWeight, ridgeOf } from './regularization.ts';
import type { Reason, SeenItem } from './scorer.ts';
import { checkItem, seenRow } from './seen-row.ts';

/**
 * Users that training never saw, or who have changed since: one row of ALS, solved in double precision against the
 * model's item factors. Whatever the rest of the model does, A u = b with A = α₀VᵀV + Σ_S c v vᵀ + ridge·I.
 */
export class FoldIn {
  readonly #model: FactorModel;
  readonly #confidence: Confidence;
  /** α₀VᵀV, the same for everybody; null without an all-pairs term. */
  readonly #allPairs: Float64Array | null;

  constructor(model: FactorModel) {
    this.#model = model;
    this.#confidence = parseConfidence(model.parameters.confidence);
    const alpha0 = allPairsWeight(objectiveOf(model.parameters));
    this.#allPairs =
      alpha0 > 0 ? gramian(model.itemFactors, model.itemFactors, model.nFactors).map((g) => alpha0 * g) : null;
  }

  /** The factors u = A⁻¹b [k]; zero for someone who has seen nothing. @throws RangeError for an item outside the model. */
  factors(seen: readonly SeenItem[]): Float64Array {
    const { row, a, b } = this.#equations(seen);
    if (row.cols.length > 0) solvePositive(a, b, b);
    return b;
  }

  /**
   * u·v_i = Σ_j c_j r_j (v_jᵀ A⁻¹ v_i): the score of `item` is a sum over the seen items j, each term what that one
   * thing adds. Largest first.
   */
  reasons(item: number, seen: readonly SeenItem[]): Reason[] {
    const { nFactors: k, itemFactors } = this.#model;
    const { row, a } = this.#equations(seen);
    checkItem(this.#model, item);
    if (row.cols.length === 0) return [];
    const z = Float64Array.from(itemFactors.subarray(item * k, (item + 1) * k));
    solvePositive(a, z, z);
    const reasons = Array.from(row.cols, (j, e): Reason => {
      let similarity = 0;
      for (let f = 0; f < k; f++) similarity += itemFactors[j * k + f]! * z[f]!;
      return { item: j, contribution: (row.weights?.[e] ?? 1) * row.values[e]! * similarity };
    });
    return reasons.sort((x, y) => y.contribution - x.contribution || x.item - y.item);
  }

  #equations(seen: readonly SeenItem[]): { row: Csr; a: Float64Array; b: Float64Array } {
    const { nFactors, itemFactors, items, parameters } = this.#model;
    const row = seenRow(this.#model, this.#confidence, seen);
    const ridge = ridgeOf(row.cols.length, items.size, objectiveOf(parameters));
    return { row, ...normalEquations(row, 0, itemFactors, nFactors, ridge, this.#allPairs) };
  }
}
