import type { FactorModel } from '../model/factor-model.ts';
import { FoldIn } from './fold-in.ts';
import type { ScoredItem, Scorer } from './scorer.ts';
import { checkItem } from './seen-row.ts';
import { indexItems } from './top-k/indexed-items.ts';
import { ItemSearch, type SearchedUsers } from './top-k/item-search.ts';
import { nearestItems } from './top-k/nearest-items.ts';

/** Scores in plain JavaScript, in the caller's thread. Preparing costs one pass over the item factors. */
export function openScorer(model: FactorModel): Scorer {
  const { nFactors: k, itemFactors } = model;
  const foldIn = new FoldIn(model);
  const search = new ItemSearch(indexItems(itemFactors, k));
  const best = (users: SearchedUsers, n: number): ScoredItem[][] => {
    const lists: ScoredItem[][] = [];
    search.search(users, 0, users.factors.length / k, n, (_user, heap) => lists.push(heap.take()));
    return lists;
  };
  return {
    foldIn: async (seen) => foldIn.factors(seen),
    topK: async (user, { k: n, exclude = [] }) => {
      const excluded = new Set(exclude);
      return best({ factors: Float64Array.from(user), excluded: () => excluded }, n)[0] ?? [];
    },
    topKBatch: async (users, { k: n, exclude }) => best({ factors: users, excluded: exclude }, n),
    similar: async (item, n) => {
      checkItem(model, item);
      return nearestItems(itemFactors, k, item, n);
    },
    explain: async (items, seen, n) => foldIn.reasons(items, seen, n),
  };
}
