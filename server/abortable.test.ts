import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { orAborted } from './abortable.ts';

test('gives what the promise gives, or fails as it fails, and leaves no listener behind', async () => {
  const { signal } = new AbortController();
  expect(await orAborted(Promise.resolve('tea'), signal)).toBe('tea');
  await expect(orAborted(Promise.reject(new Error('cold')), signal)).rejects.toThrow('cold');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('throws the signal’s reason at once, and a failure that comes later is unheard', async () => {
  const abort = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const waiting = orAborted(promise, abort.signal);
  abort.abort(new Error('closing time'));
  await expect(waiting).rejects.toThrow('closing time');
  await expect(orAborted(promise, abort.signal)).rejects.toThrow('closing time');
  reject(new Error('too late'));
});
