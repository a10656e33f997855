import type { ShopItem } from './profile.ts';
import { titleParts } from './wording.ts';

/** Words that say nothing of a product. */
const STOP_WORDS = new Set(['a', 'and', 'by', 'for', 'of', 'the', 'with']);

/* How much a word counts, by where it stands. */

/** `Headphones` in `Kids Headphones`; in `Headphone Stand` it is the stand that is meant. */
const HEAD_NOUN_WEIGHT = 6;
const NOUN_WEIGHT = 3.5;
const LEAD_WEIGHT = 3;
const VERSION_WEIGHT = 2;
const TAIL_WEIGHT = 1.5;
const CATEGORY_WEIGHT = 1;

/** A shop's own search: finds what has all the words, in names, versions, categories and numbers. */
export interface SiteSearch {
  find(query: string): ShopItem[];
}

export function createSiteSearch(items: readonly ShopItem[], withoutFullMatch: 'nothing' | 'any-word'): SiteSearch {
  const postings = new Map<string, Map<number, number>>();
  items.forEach((item, index) => {
    for (const [word, weight] of weightedWords(item)) {
      const entry = postings.get(word) ?? new Map<number, number>();
      postings.set(word, entry);
      entry.set(index, Math.max(entry.get(index) ?? 0, weight));
    }
  });

  return {
    find(query) {
      const wanted = [...new Set(wordsOf(query))];
      const matches = new Map<number, { words: number; score: number }>();
      for (const word of wanted) {
        for (const [index, weight] of postings.get(word) ?? []) {
          const match = matches.get(index) ?? { words: 0, score: 0 };
          match.words += 1;
          match.score += weight;
          matches.set(index, match);
        }
      }
      let found = [...matches].filter(([, { words }]) => words === wanted.length);
      if (found.length === 0 && withoutFullMatch === 'any-word') found = [...matches];
      // The sort is stable: equal ones stay in the order of the shop.
      return found.sort(([, a], [, b]) => b.words - a.words || b.score - a.score).map(([index]) => items[index]!);
    },
  };
}

function weightedWords({ product, gtin }: ShopItem): [string, number][] {
  const { lead, noun, tail, versions, feature } = titleParts(product);
  const parts: [string, number][] = [
    [product.category, CATEGORY_WEIGHT],
    [tail, TAIL_WEIGHT],
    [feature, VERSION_WEIGHT],
    [versions.join(' '), VERSION_WEIGHT],
    [lead, LEAD_WEIGHT],
    [noun, NOUN_WEIGHT],
    [noun.replace(/,.*$/, '').split(' ').at(-1) ?? '', HEAD_NOUN_WEIGHT],
    [product.mpn, LEAD_WEIGHT],
    [gtin ?? '', LEAD_WEIGHT],
  ];
  return parts.flatMap(([text, weight]) => wordsOf(text).map((word): [string, number] => [word, weight]));
}

/** Lower-case words without accents and plural endings. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => !STOP_WORDS.has(word)).map(singular);
}

const singular = (word: string) =>
  word.length > 3 && /[^s]s$/.test(word) ? word.replace(/(?<=[xz]|ch|sh)es$|s$/, '') : word;
