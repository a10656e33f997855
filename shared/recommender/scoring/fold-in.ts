import type { Csr } from '../interactions/interactions.ts';
import { dot, factorizePositive, substitute } from '../linear-algebra/cholesky.ts';
import { GramianPass } from '../linear-algebra/gramian-pass.ts';
import { addGram, addPanelTimes, packColumn, stripWidth, unpackSymmetric } from '../linear-algebra/strips.ts';
import type { FactorModel } from '../model/factor-model.ts';
import { type Confidence, parseConfidence } from '../training/confidence.ts';
import { objectiveOf } from '../training/parameters.ts';
import { allPairsWeight, ridgeOf } from '../training/regularization.ts';
import type { Reason, SeenItem } from './scorer.ts';
import { checkItem, seenRow } from './seen-row.ts';

/** The equations A u = b of one user. */
interface Equations {
  row: Csr;
  /** L [k × k] with A = LLᵀ, in its lower triangle; null for a zero A. */
  factor: Float64Array | null;
  /** [k] */
  b: Float64Array;
}

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
  /** By what was seen: items are scored and then explained by the same equations. */
  readonly #known = new WeakMap<readonly SeenItem[], Equations>();

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

  /**
   * The factors u = A⁻¹b [k]; zero for a user who has seen nothing.
   * @param seen is not changed afterwards: its equations are kept as long as it is.
   * @throws RangeError for an item outside the model.
   */
  factors(seen: readonly SeenItem[]): Float64Array {
    const { factor, b } = this.#equationsOf(seen);
    const u = new Float64Array(b.length);
    if (factor !== null) substitute(factor, b, u);
    return u;
  }

  /**
   * u·v_i = Σ_j c_j r_j (v_jᵀ A⁻¹ v_i): the score of an item is a sum over the seen items j, each term what that one
   * item adds. For each item, the `n` largest terms, the largest first.
   */
  reasons(items: readonly number[], seen: readonly SeenItem[], n: number): Reason[][] {
    const { nFactors: k, itemFactors } = this.#model;
    for (const item of items) checkItem(this.#model, item);
    const { row, factor } = this.#equationsOf(seen);
    const vector = new Float64Array(k);
    const z = new Float64Array(k);
    return items.map((item) => {
      vector.set(itemFactors.subarray(item * k, (item + 1) * k));
      if (factor !== null) substitute(factor, vector, z);
      const termOf = (e: number) =>
        (row.weights?.[e] ?? 1) * row.values[e]! * dot(itemFactors, row.cols[e]! * k, z, 0, k);
      return largestOf(row.cols, termOf, n);
    });
  }

  #equationsOf(seen: readonly SeenItem[]): Equations {
    const known = this.#known.get(seen);
    if (known !== undefined) return known;
    const equations = this.#equations(seen);
    this.#known.set(seen, equations);
    return equations;
  }

  #equations(seen: readonly SeenItem[]): Equations {
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
    const hasFactor = row.cols.length > 0 && factorizePositive(a, k);
    return { row, factor: hasFactor ? a : null, b: b.subarray(0, k) };
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

/** The `n` largest contributions, the largest first; of equal ones, the lower item first. */
function largestOf(seen: ArrayLike<number>, contributionOf: (e: number) => number, n: number): Reason[] {
  const largest: Reason[] = [];
  for (let e = 0; e < seen.length; e++) {
    const reason = { item: seen[e]!, contribution: contributionOf(e) };
    if (largest.length === n && !isBefore(reason, largest[n - 1]!)) continue;
    if (largest.length === n) largest.pop();
    const at = largest.findIndex((other) => isBefore(reason, other));
    largest.splice(at < 0 ? largest.length : at, 0, reason);
  }
  return largest;
}

function isBefore(x: Reason, y: Reason): boolean {
  return x.contribution > y.contribution || (x.contribution === y.contribution && x.item < y.item);
}
