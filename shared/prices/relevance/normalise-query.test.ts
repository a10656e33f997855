import { expect, test } from 'vitest';
import { normaliseQuery } from './normalise-query.ts';

test.each([
  ['  Head   Phones ', 'head phones'],
  ['“Wasserkocher”, 1,7 l!', 'wasserkocher 1,7 l'],
  ['C++ & C#', 'c++ c#'],
  ['WH‑1000XM5', 'wh-1000xm5'],
])('%s is asked for as %s', (query, normalised) => {
  expect(normaliseQuery(query)).toBe(normalised);
});

test.each(['!', '"', '.', ' '])('text of any length is cut before it is looked at: %s', (filler) => {
  expect(normaliseQuery(`ash${filler.repeat(500_000)}x`)).toBe('ash');
});
