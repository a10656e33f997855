/** Share of the words of `text` that `other` has too, 0…1. */
export function wordOverlap(text: string, other: string): number {
  const words = wordsOf(text);
  if (words.size === 0) return 0;
  const others = wordsOf(other);
  let shared = 0;
  for (const word of words) if (others.has(word)) shared += 1;
  return shared / words.size;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
