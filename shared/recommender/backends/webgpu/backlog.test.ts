import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

function after(latenciesMs: readonly number[]): number {
  const backlog = new Backlog();
  for (const ms of latenciesMs) backlog.finished(ms);
  return backlog.limit;
}

test('begins with one submission that computes and one that waits', () => {
  expect(new Backlog().limit).toBe(2);
});

test('a fast GPU gets more, up to eight', () => {
  expect(after([1, 1])).toBe(4);
  expect(after(Array(100).fill(5))).toBe(8);
});

test('a GPU that keeps submissions waiting gets fewer, but never less than two', () => {
  expect(after([...Array(100).fill(5), 200, 200])).toBe(6);
  expect(after(Array(100).fill(200))).toBe(2);
});
