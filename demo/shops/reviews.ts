import { createRandom, shuffled } from '../random.ts';

export interface Review {
  author: string;
  stars: number;
  /** ISO 8601. */
  date: string;
  text: string;
}

const AUTHORS = [
  'M. Larsen',
  'Ines',
  'Tom W.',
  'kaffee_kalle',
  'Bea',
  'J. Okafor',
  'Sven',
  'Priya',
  'grandad62',
  'Nora',
  'L. Dupont',
  'Emil',
];

/** Two or three opinions on a product, the same at every call; `sentences` from harsh to glad. */
export function reviewsOf(
  key: string,
  sentences: readonly string[],
): { reviews: Review[]; average: number; nReviews: number } {
  const random = createRandom(`reviews/${key}`);
  const authors = shuffled(random, AUTHORS);
  const good = 0.4 + 0.6 * random();
  // Of the sentences around the product's mood each is said once.
  const centre = good * (sentences.length - 1);
  const nearest = sentences.map((text, mood) => ({ text, mood, distance: Math.abs(mood - centre) + random() }));
  const said = nearest.sort((a, b) => a.distance - b.distance).slice(0, 2 + Math.floor(2 * random()));
  const reviews = said.map(({ text, mood }, i) => ({
    author: authors[i] as string,
    stars: 1 + Math.round((4 * mood) / Math.max(sentences.length - 1, 1)),
    date: `2026-0${1 + Math.floor(9 * random())}-${10 + Math.floor(18 * random())}`,
    text,
  }));
  return { reviews, average: Math.round((1.5 + 3.4 * good) * 10) / 10, nReviews: 3 + Math.floor(180 * random()) };
}
