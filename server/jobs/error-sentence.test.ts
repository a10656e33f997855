import { expect, test } from 'vitest';
import { errorSentence } from './error-sentence.ts';

test.each(['the shop is closed', 'Redis at 127.0.0.1:6379 (REDIS_URL) is away', '商店 已关闭, 请稍后再试 吧'])(
  'a sentence stays as it is: %s',
  (message) => {
    expect(errorSentence('compare', new Error(message))).toBe(message);
  },
);

test.each([
  new Error('}'),
  new Error(''),
  new Error('   '),
  new Error('Error'),
  new Error('UnhandledRejectionError:'),
  new Error('{"message":"it has two words"}'),
  new Error('    at Socket.emit (node:events:1)'),
  new Error('<html>bad gateway here</html>'),
  new SyntaxError('Unexpected token in JSON at position 3'),
  new TypeError("Cannot read properties of undefined (reading 'x')"),
  'no',
  undefined,
  42,
])('what is none becomes one that names the job and says what to do: %s', (error) => {
  expect(errorSentence('train', error)).toBe(
    'the job "train" failed in a way that was not foreseen: try it again; if it stays, give its id to the operator, whose log has the reason',
  );
});
