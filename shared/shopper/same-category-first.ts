/** Those of this category, then the others, each in their order: what the same people like is not yet alike. */
export function sameCategoryFirst<T extends { category: string | null }>(
  items: readonly T[],
  category: string | null,
): T[] {
  if (category === null) return [...items];
  const isSame = (item: T): boolean => item.category === category;
  return [...items.filter(isSame), ...items.filter((item) => !isSame(item))];
}
