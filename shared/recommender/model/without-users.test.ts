import { expect, test } from 'vitest';
import { IdMap } from '../interactions/id-map.ts';
import { defaultParameters } from '../training/parameters.ts';
import { withoutUsers } from './without-users.ts';

test('a model without some users keeps the rows of the others, and all items', () => {
  const model = {
    nFactors: 2,
    users: IdMap.of(['ada', 'bob', 'eve']),
    items: IdMap.of(['tea']),
    userFactors: Float32Array.of(1, 2, 3, 4, 5, 6),
    itemFactors: Float32Array.of(7, 8),
    parameters: { ...defaultParameters('implicit'), nFactors: 2 },
  };
  const without = withoutUsers(model, (id) => id === 'bob');
  expect(without.users.ids).toEqual(['ada', 'eve']);
  expect(without.userFactors).toEqual(Float32Array.of(1, 2, 5, 6));
  expect(without.itemFactors).toBe(model.itemFactors);
  expect(withoutUsers(model, () => false)).toBe(model);
});
