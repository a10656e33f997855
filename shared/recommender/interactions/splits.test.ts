import { describe, expect, test } from 'vitest';
import { holdoutPerUser, leaveLastOut, randomHoldout, splitByTime } from './splits.ts';
import { TripleBuffer, type Triples } from './triples.ts';

function triples(...rows: [user: number, item: number, timestamp?: number][]): Triples {
  const buffer = new TripleBuffer();
  for (const [user, item, timestamp] of rows) buffer.add(user, item, 1, timestamp);
  return buffer.triples();
}

const pairs = ({ users, items }: Triples): number[][] => Array.from(users, (user, t) => [user, items[t]!]);

describe('a random holdout', () => {
  const all = triples(...Array.from({ length: 4000 }, (_, i) => [i % 50, i] as [number, number]));

  test('holds out about the share that is asked for, and loses nothing', () => {
    const { train, test: held } = randomHoldout(all, 0.2, 1);
    expect(held.users.length / 4000).toBeCloseTo(0.2, 1);
    expect([...pairs(train), ...pairs(held)].sort((a, b) => a[1]! - b[1]!)).toEqual(pairs(all));
  });

  test('depends on the seed only', () => {
    expect(pairs(randomHoldout(all, 0.2, 1).test)).toEqual(pairs(randomHoldout(all, 0.2, 1).test));
    expect(pairs(randomHoldout(all, 0.2, 1).test)).not.toEqual(pairs(randomHoldout(all, 0.2, 2).test));
  });
});

describe('a holdout per user', () => {
  const all = triples(...Array.from({ length: 3000 }, (_, i) => [i % 150, i] as [number, number]));
  const heldOutBy = (held: Triples): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const user of held.users) counts.set(user, (counts.get(user) ?? 0) + 1);
    return counts;
  };

  test('takes the same share of everybody, and loses nothing', () => {
    const { train, test: held } = holdoutPerUser(all, 0.15, 1);
    expect([...heldOutBy(held).values()]).toEqual(Array.from({ length: 150 }, () => 3));
    expect([...pairs(train), ...pairs(held)].sort((a, b) => a[1]! - b[1]!)).toEqual(pairs(all));
  });

  test('takes parts of a triple from some users only, so that the share is right on the whole', () => {
    const { test: held } = holdoutPerUser(all, 0.02, 1);
    expect(held.users.length).toBeGreaterThan(35);
    expect(held.users.length).toBeLessThan(85);
    expect(Math.max(...heldOutBy(held).values())).toBe(1);
  });

  test('leaves everybody something', () => {
    const { train, test: held } = holdoutPerUser(triples([0, 1], [0, 2], [1, 1], [2, 1], [2, 2], [2, 3]), 0.99, 1);
    expect(heldOutBy(train)).toEqual(
      new Map([
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
    );
    expect(held.users).toHaveLength(3);
  });

  test('asks only as many users as it may, other ones for another seed', () => {
    const users = (seed: number): number[] => [...heldOutBy(holdoutPerUser(all, 0.1, seed, 10).test).keys()];
    expect(users(1)).toHaveLength(10);
    expect(users(1)).toEqual(users(1));
    expect(users(1)).not.toEqual(users(2));
  });
});

describe('leaving the last out', () => {
  test('takes each user’s latest, by timestamp, and leaves users with a single one alone', () => {
    const split = leaveLastOut(triples([0, 10, 5], [0, 11, 9], [0, 12, 7], [1, 20, 1]));
    expect(pairs(split.test)).toEqual([[0, 11]]);
    expect(pairs(split.train)).toEqual([
      [0, 10],
      [0, 12],
      [1, 20],
    ]);
  });

  test('goes by position where nobody knows the time', () => {
    expect(pairs(leaveLastOut(triples([0, 10], [1, 20], [0, 11], [1, 21])).test)).toEqual([
      [0, 11],
      [1, 21],
    ]);
  });
});

describe('a split by time', () => {
  test('holds out what came last, whoever it came from', () => {
    const split = splitByTime(triples([0, 1, 4], [0, 2, 1], [1, 3, 3], [2, 4, 2]), 0.5);
    expect(pairs(split.test)).toEqual([
      [0, 1],
      [1, 3],
    ]);
    expect(pairs(split.train)).toHaveLength(2);
  });

  test('of no share holds out nothing', () => {
    expect(splitByTime(triples([0, 1, 4], [0, 2, 1]), 0).test.users).toHaveLength(0);
  });
});
