import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssue } from './describe-issue.ts';

const sentencesOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(describeIssue);

test.each([
  ['another type', z.object({}), true, 'is not an object'],
  ['another type', z.array(z.string()), true, 'is not an array'],
  ['another type', z.string(), 7, 'is not a string'],
  ['nothing', z.string(), undefined, 'is missing'],
  ['empty text', z.string().min(1), '', 'is empty'],
  ['short text', z.string().min(16), 'short', 'has fewer than 16 characters'],
  ['long text', z.string().max(3), 'longer', 'has more than 3 characters'],
  ['an empty list', z.array(z.string()).min(1), [], 'is empty'],
  ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'has more than 1 entries'],
  ['a small number', z.number().min(1), 0, 'is below 1'],
  ['a bound itself', z.number().gt(0), 0, 'is not above 0'],
  ['a large number', z.number().max(5), 6, 'is above 5'],
  ['a bound itself', z.number().lt(1), 1, 'is not below 1'],
  ['another word', z.enum(['view', 'rating']), 'look', 'is none of view, rating'],
  ['no UUID', z.uuid(), 'x', 'is not a UUID'],
  ['no instant', z.iso.datetime(), 'x', 'is not an ISO 8601 date and time in UTC'],
])('%s is described in plain words', (_, schema, value, sentence) => {
  expect(sentencesOf(schema, value)).toEqual([sentence]);
});

test('the words of a schema stay', () => {
  expect(sentencesOf(z.string().max(3, { error: 'is too long to be a code' }), 'longer')).toEqual([
    'is too long to be a code',
  ]);
  expect(sentencesOf(z.enum(['a'], { error: 'is no letter of ours' }), 'b')).toEqual(['is no letter of ours']);
});
