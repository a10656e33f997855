import { expect, test } from 'vitest';
import { misfit, shape } from './shape.ts';

interface Answer {
  user_id: string;
  model: string | null;
  items: unknown[];
  note?: string;
}
const answer = shape<Answer>({ user_id: 'string', model: 'string?', items: 'array', note: 'string?' });

test('an answer with its fields fits, whatever else it has', () => {
  expect(misfit(answer, { user_id: '7', model: null, items: [], more: 1 })).toBeNull();
});

test('the first field that is missing or of another kind is named', () => {
  expect(misfit(answer, { user_id: '7', model: null })).toBe('items');
  expect(misfit(answer, { user_id: 7, model: null, items: [] })).toBe('user_id');
  expect(misfit(answer, { user_id: '7', model: 3, items: {} })).toBe('model');
});

test('what is no object at all fits nothing', () => {
  for (const value of [null, undefined, 'text', []]) expect(misfit(answer, value)).toBe('');
});
