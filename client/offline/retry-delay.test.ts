import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test('it doubles up to five minutes', () => {
  expect([1, 2, 3, 20, 5000].map((nFailures) => retryDelayMs(nFailures, null))).toEqual([
    5_000, 10_000, 20_000, 300_000, 300_000,
  ]);
});

test('it obeys the server, up to an hour: no timer overflows', () => {
  expect(retryDelayMs(1, 30_000)).toBe(30_000);
  expect(retryDelayMs(3, 1_000)).toBe(20_000);
  for (const seconds of [3_000_000, 1e12, Number.MAX_VALUE]) {
    expect(retryDelayMs(1, seconds * 1000)).toBe(3_600_000);
  }
});
