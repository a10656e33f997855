import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { lastSentence } from './last-words.ts';

test('the last sentence for people is what the process said, without its name', () => {
  expect(lastSentence(['reading events 100 %', 'magpie: there are no events to train on', '  at all'])).toBe(
    'there are no events to train on',
  );
  expect(lastSentence(["error: option '--confidence <spec>' argument 'lots' is invalid."])).toContain('lots');
});

test('an error that is printed with its stack says nothing to people', () => {
  const dump = inspect(Object.assign(new Error('relation events does not exist'), { code: '42P01', table: undefined }));
  expect(dump.split('\n').at(-1)).toBe('}');
  expect(lastSentence(dump.split('\n'))).toBeNull();
  expect(lastSentence(`magpie: something went wrong that should not: ${dump}`.split('\n'))).toBeNull();
  expect(
    lastSentence(['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']),
  ).toBeNull();
  expect(lastSentence([])).toBeNull();
});
