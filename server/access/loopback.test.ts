import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each(['127.0.0.1', '127.0.0.2', 'localhost', 'LocalHost', '[::1]', '::1'])('%s is this machine alone', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(['0.0.0.0', '::', '', '127.0.0.1.evil.example', 'localhost.evil.example', '128.0.0.1'])(
  '%s is not',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
