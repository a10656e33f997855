import type { ScoredModel } from './personal-picks.ts';

/** Neighbours that are looked at for each one that is wanted: those of the same category come first. */
const CANDIDATES_PER_ITEM = 4;

/**
 * What the same shoppers like, the item's own category first: what the same people like is not yet alike.
 * @param category of the item itself; null leaves the order by nearness
 * @param read what there is to show of items, by id; items without anything are left out
 * @returns at most `limit`; null where the model does not know the item
 * @throws what the scorer and `read` throw
 */
export async function similarItems<T extends { category: string | null }>(
  { model, scorer }: ScoredModel,
  { itemId, category, limit }: { itemId: string; category: string | null; limit: number },
  read: (itemIds: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<T[] | null> {
  const index = model.items.indexOf(itemId);
  if (index === undefined) return null;
  const near = await scorer.similar(index, CANDIDATES_PER_ITEM * limit);
  const ids = near.map(({ item }) => model.items.idOf(item));
  const shown = await read(ids);
  return sameCategoryFirst(
    ids.flatMap((id) => shown.get(id) ?? []),
    category,
  ).slice(0, limit);
}

/** Those of this category, then the others, each in their order. */
function sameCategoryFirst<T extends { category: string | null }>(items: readonly T[], category: string | null): T[] {
  if (category === null) return [...items];
  const isSame = (item: T): boolean => item.category === category;
  return [...items.filter(isSame), ...items.filter((item) => !isSame(item))];
}
