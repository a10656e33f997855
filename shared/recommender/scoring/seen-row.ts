import type { Csr } from '../interactions/interactions.ts';
import type { FactorModel } from '../model/factor-model.ts';
import type { Confidence } from '../training/confidence.ts';
import type { SeenItem } from './scorer.ts';

/**
 * The one row of a CSR that training would have made of these: of repeated ratings the last counts, counts add up.
 * @throws RangeError for an item outside the model
 */
export function seenRow(model: FactorModel, confidence: Confidence, seen: readonly SeenItem[]): Csr {
  const isImplicit = model.parameters.feedback === 'implicit';
  const values = new Map<number, number>();
  for (const { item, value } of seen) {
    checkItem(model, item);
    values.set(item, isImplicit ? (values.get(item) ?? 0) + value : value);
  }
  const cols = Uint32Array.from(values.keys()).sort();
  const observed = Float32Array.from(cols, (item) => values.get(item)!);
  return {
    nRows: 1,
    nCols: model.items.size,
    rowPtr: Uint32Array.of(0, cols.length),
    cols,
    values: isImplicit ? new Float32Array(cols.length).fill(1) : observed,
    weights: isImplicit ? observed.map(confidence) : null,
  };
}

/** @throws RangeError for an item outside the model */
export function checkItem({ items }: FactorModel, item: number): void {
  if (!(Number.isInteger(item) && item >= 0 && item < items.size)) {
    throw new RangeError(`item ${item} is not one of the model's ${items.size} items`);
  }
}
