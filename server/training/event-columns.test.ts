import { expect, test } from 'vitest';
import { EventColumns } from './event-columns.ts';

test('events come back by user, in the order in which they were added', () => {
  const columns = new EventColumns();
  expect([...columns.byUser()]).toEqual([]);
  const types = ['view', 'rating', 'purchase'] as const;
  const added = Array.from({ length: 5000 }, (_, n) => ({
    userId: `u${(n * 7) % 13}`,
    event: { itemId: `i${(n * 5) % 17}`, type: types[n % 3]!, value: n / 10, at: 1.7e12 - n },
  }));
  for (const { userId, event } of added) columns.add(userId, event);
  const expected = Map.groupBy(added, ({ userId }) => userId);
  expect([...columns.byUser()]).toEqual(
    Array.from(expected, ([userId, own]) => [userId, own.map(({ event }) => event)]),
  );
});
