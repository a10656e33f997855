import { expect, test } from 'vitest';
import { isLater, nextInstantMs } from './clock.ts';

test('what is recorded comes after all that was known, also by a clock that is a day slow', () => {
  expect(nextInstantMs(0, 5_000)).toBe(5_000);
  expect(nextInstantMs(5_000, 5_000)).toBe(5_001);
  expect(nextInstantMs(86_400_000, 5_000)).toBe(86_400_001);
});

test('of two changes at the same instant that of the greater id is the later one', () => {
  const [noon, later] = ['2026-12-01T12:00:00.000Z', '2026-12-01T12:00:00.001Z'];
  expect(isLater({ at: later, id: 'a' }, { at: noon, id: 'b' })).toBe(true);
  expect(isLater({ at: noon, id: 'b' }, { at: noon, id: 'a' })).toBe(true);
  expect(isLater({ at: noon, id: 'a' }, { at: noon, id: 'a' })).toBe(false);
});
