/** What every way of ranking in batches must do: with any number of threads, in Node and in a browser. */
import { describe, expect, test } from 'vitest';
import { IdMap } from '../interactions/id-map.ts';
import type { FactorModel } from '../model/factor-model.ts';
import type { ScoredItem } from '../scoring/scorer.ts';
import { BatchRanker } from '../scoring/top-k/batch-ranker.ts';
import { bestByBruteForce } from '../scoring/top-k/brute-force-top-k.ts';
import type { Rankings, SeenRows } from '../scoring/top-k/ranking-lane.ts';
import type { ThreadOptions } from '../threads/thread-options.ts';
import { defaultParameters } from '../training/parameters.ts';
import { seededRandom } from '../training/random-start.ts';

const [N_USERS, N_ITEMS, K] = [700, 900, 12];

/** Factors in whole numbers, so that every order of summation gives the same score and ties are many. */
function wholeNumberModel(): FactorModel {
  const random = seededRandom(5);
  const factors = (n: number): Float32Array =>
    Float32Array.from({ length: n * K }, (_, i) => Math.round((i % K === 0 ? 20 : 6) * random() ** 2 - 2));
  const ids = (n: number): IdMap => IdMap.of(Array.from({ length: n }, (_, i) => `${i}`));
  return {
    nFactors: K,
    users: ids(N_USERS),
    items: ids(N_ITEMS),
    userFactors: factors(N_USERS),
    itemFactors: factors(N_ITEMS),
    parameters: { ...defaultParameters('implicit'), nFactors: K },
  };
}

/** User 0 has seen nothing, user 1 everything, the others some. */
function someSeen(): SeenRows {
  const random = seededRandom(6);
  const rows = Array.from({ length: N_USERS }, (_, user) => {
    const all = Array.from({ length: N_ITEMS }, (_, item) => item);
    return user < 2 ? (user === 0 ? [] : all) : all.filter(() => random() < 0.1);
  });
  const rowPtr = Uint32Array.from([0, ...rows.map((row) => row.length)]);
  for (let user = 0; user < N_USERS; user++) rowPtr[user + 1]! += rowPtr[user]!;
  return { rowPtr, cols: Uint32Array.from(rows.flat()) };
}

function listsOf({ users, n, lengths, items, scores }: Rankings): [user: number, list: ScoredItem[]][] {
  return Array.from(users, (user, row) => {
    const list = Array.from({ length: lengths[row]! }, (_, rank) => ({
      item: items[row * n + rank]!,
      score: scores[row * n + rank]!,
    }));
    return [user, list];
  });
}

export function describeBatchRanker(name: string, engine: RegExp, options: ThreadOptions): void {
  describe(`ranking in batches, ${name},`, () => {
    const model = wholeNumberModel();
    const seen = someSeen();

    async function ranked(users: Uint32Array, n: number): Promise<[user: number, list: ScoredItem[]][]> {
      const ranker = await BatchRanker.open(model, seen, options);
      try {
        expect(ranker.engine).toMatch(engine);
        const lists: [user: number, list: ScoredItem[]][] = [];
        for await (const rankings of ranker.rank(users, n)) lists.push(...listsOf(rankings));
        return lists;
      } finally {
        ranker.close();
      }
    }

    function expected(users: Uint32Array, n: number): [user: number, list: ScoredItem[]][] {
      return Array.from(users, (user) => {
        const own = new Set(seen.cols.subarray(seen.rowPtr[user], seen.rowPtr[user + 1]));
        return [
          user,
          bestByBruteForce(model.userFactors.subarray(user * K, (user + 1) * K), model.itemFactors, n, own),
        ];
      });
    }

    test('gives the best unseen items of every user, as brute force does', async () => {
      const everybody = Uint32Array.from({ length: N_USERS }, (_, user) => user);
      expect(await ranked(everybody, 10)).toEqual(expected(everybody, 10));
    });

    test('keeps the order of the users who are asked for, over several batches', async () => {
      const users = Uint32Array.from({ length: 2500 }, (_, i) => (i * 37) % N_USERS);
      // With lists this long a batch holds 1,165 users.
      const lists = await ranked(users, N_ITEMS + 5);
      expect(lists.map(([user]) => user)).toEqual([...users]);
      const some = (_: unknown, i: number): boolean => i % 97 === 0;
      expect(lists.filter(some)).toEqual(expected(users.filter(some), N_ITEMS));
    });

    test('gives nobody anything where nothing is asked', async () => {
      expect(await ranked(new Uint32Array(), 10)).toEqual([]);
      expect(await ranked(Uint32Array.of(3), 0)).toEqual([[3, []]]);
    });

    test('can be left in the middle, and used again', async () => {
      const ranker = await BatchRanker.open(model, seen, options);
      const users = Uint32Array.from({ length: 3000 }, (_, i) => i % N_USERS);
      for await (const _ of ranker.rank(users, N_ITEMS)) break;
      const [first] = await Array.fromAsync(ranker.rank(Uint32Array.of(9), 4));
      expect(listsOf(first!)).toEqual(expected(Uint32Array.of(9), 4));
      ranker.close();
    });

    test('refuses users who are not in the model or whose factors are not finite', async () => {
      await expect(ranked(Uint32Array.of(N_USERS), 3)).rejects.toThrow(/user 700 is not one of the model's 700 users/);
      const broken = { ...model, userFactors: model.userFactors.slice().fill(Number.NaN, 5 * K, 5 * K + 1) };
      const ranker = await BatchRanker.open(broken, seen, options);
      await expect(Array.fromAsync(ranker.rank(Uint32Array.of(4, 5), 3))).rejects.toThrow(
        /the factors of user 5 are not finite/,
      );
      ranker.close();
    });
  });
}
