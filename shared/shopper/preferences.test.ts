import { expect, test } from 'vitest';
import { explicitPreferences, implicitPreferences } from './preferences.ts';

test('an item counts once per event, with the strongest kind of event as its reason', () => {
  const preferences = implicitPreferences([
    { itemId: 'a', type: 'view', value: 1 },
    { itemId: 'a', type: 'purchase', value: 6 },
    { itemId: 'b', type: 'view', value: 1 },
  ]);
  expect(preferences).toEqual(
    new Map([
      ['a', { value: 2, strongest: 'purchase' }],
      ['b', { value: 1, strongest: 'view' }],
    ]),
  );
});

test('a disliked item is no positive example, until it is rated better', () => {
  const dislike = { itemId: 'a', type: 'rating', value: 1 } as const;
  expect(implicitPreferences([{ itemId: 'a', type: 'purchase', value: 1 }, dislike]).has('a')).toBe(false);
  expect(implicitPreferences([dislike, { ...dislike, value: 5 }]).has('a')).toBe(true);
});

test('explicit feedback keeps the last rating and nothing else', () => {
  const preferences = explicitPreferences([
    { itemId: 'a', type: 'rating', value: 2 },
    { itemId: 'b', type: 'purchase', value: 1 },
    { itemId: 'a', type: 'rating', value: 4 },
  ]);
  expect([...preferences]).toEqual([['a', { value: 4, strongest: 'rating' }]]);
});
