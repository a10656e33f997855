import { expect, test } from 'vitest';
import { mainReasons } from './main-reasons.ts';

test('the two that explain most of the score are given, with their shares', () => {
  const contributions = [
    { item: 7, contribution: 1 },
    { item: 3, contribution: 0.6 },
    { item: 9, contribution: 0.4 },
  ];
  expect(mainReasons(2, contributions)).toEqual([
    { item: 7, share: 0.5 },
    { item: 3, share: 0.3 },
  ]);
});

test('what explains less than a twentieth of the score, or speaks against it, is no reason', () => {
  const contributions = [
    { item: 7, contribution: 1 },
    { item: 3, contribution: 0.04 },
    { item: 9, contribution: -0.04 },
  ];
  expect(mainReasons(1, contributions)).toEqual([{ item: 7, share: 1 }]);
});

test.each([0, -1])('a score of %d has no reasons, though a negative share of it looks like one', (score) => {
  expect(mainReasons(score, [{ item: 7, contribution: -0.5 }])).toEqual([]);
  expect(mainReasons(score, [{ item: 7, contribution: 0.5 }])).toEqual([]);
});
