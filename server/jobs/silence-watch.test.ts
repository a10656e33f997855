import { beforeEach, expect, test } from 'vitest';
import { SilenceWatch } from './silence-watch.ts';

let nowMs: number;
let watch: SilenceWatch;
beforeEach(() => {
  nowMs = 5_000;
  watch = new SilenceWatch(3_000, () => nowMs);
});

function lookAfter(ms: number, signs: Record<string, string>): Record<string, number> {
  nowMs += ms;
  return Object.fromEntries(watch.look(Object.entries(signs)));
}

test('a sign that changes is none of silence, one that stays adds up from when it was first seen', () => {
  expect(lookAfter(1_000, { a: '1', b: '1' })).toEqual({ a: 0, b: 0 });
  expect(lookAfter(1_000, { a: '1', b: '2' })).toEqual({ a: 1_000, b: 0 });
  expect(lookAfter(2_000, { a: '1', b: '2' })).toEqual({ a: 3_000, b: 2_000 });
  expect(lookAfter(1_000, { a: '2', b: '2' })).toEqual({ a: 0, b: 3_000 });
});

test('a pause in which this process did not look counts for little', () => {
  lookAfter(0, { a: '1' });
  expect(lookAfter(3_600_000, { a: '1' })).toEqual({ a: 3_000 });
});

test('what was away in between begins anew', () => {
  lookAfter(0, { a: '1' });
  lookAfter(1_000, {});
  expect(lookAfter(1_000, { a: '1' })).toEqual({ a: 0 });
});
