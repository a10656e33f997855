import type { ScoredItem } from '../scorer.ts';

/** The n best items by their definition, over all of them: what tests compare with. */
export function bestByBruteForce(
  user: Float32Array,
  items: Float32Array,
  n: number,
  excluded: ReadonlySet<number>,
): ScoredItem[] {
  const k = user.length;
  return Array.from({ length: items.length / k }, (_, item) => ({
    item,
    score: user.reduce((sum, u, f) => sum + u * items[item * k + f]!, 0),
  }))
    .filter(({ item }) => !excluded.has(item))
    .sort((a, b) => b.score - a.score || a.item - b.item)
    .slice(0, n);
}
