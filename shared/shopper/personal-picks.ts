/** What one model recommends to one shopper, and why: the same on the server and on a device. */
import type { EventType } from '../api/events.ts';
import type { FactorModel } from '../recommender/model/factor-model.ts';
import { mainReasons, N_REASONS } from '../recommender/scoring/main-reasons.ts';
import type { ScoredItem, Scorer } from '../recommender/scoring/scorer.ts';
import type { Taste } from './taste.ts';

/** A model, and what scores its items. */
export interface ScoredModel {
  model: FactorModel;
  scorer: Scorer;
}

/** An item of the shopper's own that speaks for another. */
export interface PickReason {
  itemId: string;
  /** The strongest thing that the shopper did with it. */
  event: EventType;
  /** Part of the score that it explains, see `mainReasons`. */
  share: number;
}

export interface Pick {
  itemId: string;
  score: number;
  /** Greatest share first. */
  reasons: PickReason[];
}

/** The items of the model among these ids. */
export function knownItems({ items }: FactorModel, itemIds: Iterable<string>): number[] {
  return Array.from(itemIds).flatMap((itemId) => items.indexOf(itemId) ?? []);
}

/**
 * At most `limit` items, scores descending: the shopper is folded in from their taste as it stands now, so that a rating
 * counts at once and not only after the next training. Empty for a shopper of whom the model knows nothing.
 * @param exclude items of the model that must not be recommended
 * @throws what the scorer throws
 */
export async function personalPicks(
  { model, scorer }: ScoredModel,
  taste: Taste,
  { limit, exclude }: { limit: number; exclude: Iterable<number> },
): Promise<Pick[]> {
  if (taste.seen.length === 0) return [];
  const best = await scorer.topK(await scorer.foldIn(taste.seen), { k: limit, exclude });
  const reasons = await reasonsOf({ model, scorer }, taste, best);
  return best.map(({ item, score }, i) => ({ itemId: model.items.idOf(item), score, reasons: reasons[i]! }));
}

/**
 * For each of `scored`, the shopper's own items that explain most of its score; none for a score of 0 or less.
 * @throws what the scorer throws
 */
export async function reasonsOf(
  { model, scorer }: ScoredModel,
  { preferences, seen }: Taste,
  scored: readonly ScoredItem[],
): Promise<PickReason[][]> {
  const items = scored.map(({ item }) => item);
  const explained = await scorer.explain(items, seen, N_REASONS);
  return scored.map(({ score }, i) =>
    mainReasons(score, explained[i]!).map(({ item, share }) => {
      const itemId = model.items.idOf(item);
      return { itemId, event: preferences.get(itemId)!.strongest, share };
    }),
  );
}
