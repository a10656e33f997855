import type { FactorModel } from './factor-model.ts';
import { FoldIn } from './fold-in.ts';
import { ItemIndex } from './item-index.ts';
import type { Scorer } from './scorer.ts';

/** Scores in plain JavaScript, in the caller's thread. Preparing costs one pass over the item factors. */
export function openScorer(model: FactorModel): Scorer {
  const { nFactors: k, itemFactors, items } = model;
  const foldIn = new FoldIn(model);
  const index = new ItemIndex(itemFactors, k);
  return {
    foldIn: async (seen) => foldIn.factors(seen),
    topK: async (user, { k: count, exclude = [] }) => {
      const excluded = new Set(exclude);
      const [best = []] = index.search(Float64Array.from(user), count, () => excluded);
      return best;
    },
    topKBatch: async (users, { k: count, exclude }) => index.search(users, count, exclude),
    similar: async (item, count) => {
      if (!(Number.isInteger(item) && item >= 0 && item < items.size)) {
        throw new RangeError(`item ${item} is not one of the model's ${items.size} items`);
      }
      return index.nearest(Float64Array.from(itemFactors.subarray(item * k, (item + 1) * k)), count, new Set([item]));
    },
    explain: async (item, seen) => foldIn.reasons(item, seen),
  };
}
