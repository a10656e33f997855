import { describe, expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

describe('relativeTime', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now);

  test('rounds down to the largest whole unit', () => {
    expect(ago(59)).toBe('just now');
    expect(ago(60)).toBe('1 minute ago');
    expect(ago(3_599)).toBe('59 minutes ago');
    expect(ago(7_300)).toBe('2 hours ago');
    expect(ago(3 * 86_400 + 5)).toBe('3 days ago');
  });

  test('a clock that is ahead never gives a time in the future', () => {
    expect(ago(-500)).toBe('just now');
  });
});
