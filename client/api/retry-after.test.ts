import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 11, 1, 12, 0, 0);

test.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['0', 0],
  // The three forms of RFC 9110, 5.6.7.
  ['Tue, 01 Dec 2026 12:00:30 GMT', 30_000],
  ['Tuesday, 01-Dec-26 12:00:30 GMT', 30_000],
  ['Tue Dec  1 12:00:30 2026', 30_000],
  // By a clock that is behind the server's, it is over.
  ['Tue, 01 Dec 2026 11:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['', null],
  [null, null],
])('%s is %s', (header, waitMs) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(waitMs);
});
