import { expect, test } from 'vitest';
import { GroupedWrites } from './grouped-writes.ts';

class Outage extends Error {}

/** Writes numbers, each group as one; negative ones cannot be written, and 0 finds the database away. */
function openWrites() {
  const groups: number[][] = [];
  const writes = new GroupedWrites<number, string>({
    async write(items) {
      groups.push([...items]);
      if (items.includes(0)) throw new Outage('away');
      if (items.some((item) => item < 0)) throw new Error('bad');
      return items.map((item) => `kept ${item}`);
    },
    isOutage: (error) => error instanceof Outage,
  });
  return { writes, groups };
}

test('calls of one turn are one write, and each gets its own outcomes', async () => {
  const { writes, groups } = openWrites();
  const outcomes = await Promise.all([writes.add([1, 2]), writes.add([]), writes.add([3])]);
  expect(outcomes).toEqual([['kept 1', 'kept 2'], [], ['kept 3']]);
  expect(groups).toEqual([[1, 2, 3]]);
});

test('calls that come while a group is written are the next one', async () => {
  const { writes, groups } = openWrites();
  const first = writes.add([1]).then(() => writes.add([4]));
  await Promise.all([first, writes.add([2])]);
  await writes.add([5]);
  expect(groups).toEqual([[1, 2], [4], [5]]);
});

test('a call that cannot be written fails alone', async () => {
  const { writes, groups } = openWrites();
  const [good, bad, other] = await Promise.allSettled([writes.add([1]), writes.add([-1]), writes.add([2])]);
  expect([good, other]).toEqual([
    { status: 'fulfilled', value: ['kept 1'] },
    { status: 'fulfilled', value: ['kept 2'] },
  ]);
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad' } });
  expect(groups).toEqual([[1, -1, 2], [1], [-1], [2]]);
  expect(await writes.add([3])).toEqual(['kept 3']);
});

test('in an outage all calls of a group fail at once, and the next group is written', async () => {
  const { writes, groups } = openWrites();
  const outcomes = await Promise.allSettled([writes.add([1]), writes.add([0])]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(groups).toHaveLength(1);
  expect(await writes.add([2])).toEqual(['kept 2']);
});

test('callers that go on at once leave turns to others', async () => {
  const { writes } = openWrites();
  let isGoing = true;
  const caller = async () => {
    while (isGoing) await writes.add([1]);
  };
  const calling = Promise.all([caller(), caller()]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  isGoing = false;
  await calling;
});

test('a group is bounded, but for a call that is larger by itself', async () => {
  const { writes, groups } = openWrites();
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  await Promise.all([writes.add(numbers(1500)), writes.add(numbers(600)), writes.add(numbers(600))]);
  expect(groups.map((group) => group.length)).toEqual([1500, 600, 600]);
});
