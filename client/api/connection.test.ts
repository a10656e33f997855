import { afterEach, expect, test } from 'vitest';
import { connection, reportServer } from './connection.ts';

afterEach(() => reportServer(true));

test('the device counts as online until a request says otherwise', () => {
  expect(connection()).toBe('online');
});

test('a request without an answer makes the server unreachable, and the next answer ends that', () => {
  reportServer(false);
  expect(connection()).toBe('unreachable');
  reportServer(true);
  expect(connection()).toBe('online');
});
