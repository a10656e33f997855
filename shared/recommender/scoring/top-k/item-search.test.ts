import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../training/random-start.ts';
import type { ScoredItem } from '../scorer.ts';
import { bestByBruteForce } from './brute-force-top-k.ts';
import { indexItems } from './indexed-items.ts';
import { ItemSearch } from './item-search.ts';

function search(
  users: Float32Array,
  items: Float32Array,
  k: number,
  n: number,
  excluded: readonly ReadonlySet<number>[],
): ScoredItem[][] {
  const lists: ScoredItem[][] = [];
  const of = { factors: users, excluded: (user: number) => excluded[user]! };
  new ItemSearch(indexItems(items, k)).search(of, 0, users.length / k, n, (user, best) => {
    lists[user] = best.take();
  });
  return lists;
}

/** Whole numbers, so that every order of summation gives the same score and ties are many. */
function wholeNumbers(nRows: number, k: number, largest: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: nRows * k }, () => Math.round(largest * (2 * random() - 1)));
}

describe('the search', () => {
  test('finds what sorting all scores gives, ties by item index, without what is excluded', () => {
    fc.assert(
      fc.property(
        fc.record({
          nUsers: fc.integer({ min: 0, max: 9 }),
          nItems: fc.integer({ min: 0, max: 700 }),
          k: fc.constantFrom(1, 2, 3, 4, 5, 17, 64, 127, 128),
          n: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(1000)),
          largest: fc.constantFrom(0, 1, 3, 1000),
          seenShare: fc.constantFrom(0, 0.1, 0.9, 1),
          seed: fc.nat(),
        }),
        ({ nUsers, nItems, k, n, largest, seenShare, seed }) => {
          const users = wholeNumbers(nUsers, k, largest, seed);
          const items = wholeNumbers(nItems, k, largest, seed + 1);
          const random = seededRandom(seed + 2);
          const excluded = Array.from({ length: nUsers }, () => {
            return new Set(Array.from({ length: nItems }, (_, i) => i).filter(() => random() < seenShare));
          });
          expect(search(users, items, k, n, excluded)).toEqual(
            excluded.map((seen, user) => bestByBruteForce(users.subarray(user * k, (user + 1) * k), items, n, seen)),
          );
        },
      ),
    );
  });

  test('is exact where one factor is most of every score, and where norms differ by many orders of magnitude', () => {
    const [k, nItems] = [16, 3000];
    for (const [lead, spread] of [
      [100, 0],
      [0, 12],
      [-5, 6],
    ] as const) {
      const random = seededRandom(lead + 17);
      const vectors = (n: number): Float32Array =>
        Float32Array.from({ length: n * k }, (_, i) => {
          const size = 2 ** (Math.floor(i / k) % (spread + 1));
          return i % k === 3 ? lead + random() : (2 * random() - 1) / size;
        });
      const [users, items] = [vectors(40), vectors(nItems)];
      const nothing = new Set<number>();
      const found = search(users, items, k, 25, new Array(40).fill(nothing));
      found.forEach((list, user) => {
        const expected = bestByBruteForce(users.subarray(user * k, (user + 1) * k), items, 25, nothing);
        expect(list.map(({ item }) => item)).toEqual(expected.map(({ item }) => item));
      });
    }
  });

  test('is exact at the ends of what single precision can hold', () => {
    const tiny = Float32Array.of(1e-45, 0, 2e-45, 0, 0, 3e-45);
    const huge = Float32Array.of(3e38, 1e38, -3e38, 3e38, 3e38, 3e38);
    for (const [users, items] of [
      [tiny, tiny],
      [tiny, huge],
      [huge, tiny],
      [huge, huge],
    ] as const) {
      const found = search(users, items, 2, 3, new Array(3).fill(new Set()));
      expect(found).toEqual([0, 2, 4].map((at) => bestByBruteForce(users.subarray(at, at + 2), items, 3, new Set())));
    }
  });

  test('refuses factors that are not finite, and says whose', () => {
    const good = Float32Array.of(1, 2, 3, 4);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const bad = Float32Array.of(1, 2, 3, value);
      expect(() => search(good, bad, 2, 1, [])).toThrow(/the factors of item 1 are not finite/);
      expect(() => search(bad, good, 2, 1, [new Set(), new Set()])).toThrow(/the factors of user 1 are not finite/);
    }
  });
});
