import { expect, test } from 'vitest';
import { nextCheckAt } from './check-times.ts';

const HOUR_MS = 3_600_000;
const subject = (n: number) => ({ kind: 'query', subject: `query ${n}`, currency: 'EUR' }) as const;

test('a subject has its own moment of every hour, ten minutes away at least', () => {
  const now = Date.UTC(2026, 10, 22, 12, 7);
  const first = nextCheckAt(subject(1), now).getTime();
  expect(first - now).toBeGreaterThanOrEqual(600_000);
  expect(first - now).toBeLessThan(HOUR_MS + 600_000);
  expect(nextCheckAt(subject(1), first).getTime()).toBe(first + HOUR_MS);
});

test('a thousand subjects are spread over the hour', () => {
  const perMinute = new Array<number>(60).fill(0);
  for (let n = 0; n < 1000; n += 1) {
    const minute = Math.floor((nextCheckAt(subject(n), 0).getTime() % HOUR_MS) / 60_000);
    perMinute[minute] = (perMinute[minute] ?? 0) + 1;
  }
  // 1,000 balls in 60 bins: 16.7 on average; beyond 40 in one is a chance of about one in a million.
  expect(Math.max(...perMinute)).toBeLessThan(40);
});
