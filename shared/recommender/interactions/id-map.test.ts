import { expect, test } from 'vitest';
import { IdMap } from './id-map.ts';

test('ids get indices in the order of their first appearance', () => {
  const map = new IdMap();
  expect(['b', 'a', 'b', 'c'].map((id) => map.intern(id))).toEqual([0, 1, 0, 2]);
  expect([map.indexOf('c'), map.indexOf('x'), map.idOf(1), map.size]).toEqual([2, undefined, 'a', 3]);
});

test('an id that appears twice in a list, and an index that nobody has, are errors that name it', () => {
  expect(() => IdMap.of(['a', 'b', 'a'])).toThrow(/"a" appears twice/);
  expect(() => IdMap.of(['a']).idOf(1)).toThrow(/index 1 is outside 0…0/);
});
