import { expect, test } from 'vitest';
import { IdMap } from '../../../shared/recommender/interactions/id-map.ts';
import { withOwnRow } from './train-on-device.ts';

const publicOnes = {
  items: IdMap.of(['kettle', 'cup']),
  nUsers: 2,
  triples: {
    users: Uint32Array.of(0, 1, 1),
    items: Uint32Array.of(0, 0, 1),
    values: Float32Array.of(1, 2, 3),
    timestamps: null,
  },
};

test('the shopper is one more row, and may know items that the others do not', () => {
  const own = new Map([
    ['cup', { value: 4 }],
    ['lamp', { value: 5 }],
  ]);
  const { users, items, interactions } = withOwnRow(publicOnes, own);
  expect(users.size).toBe(3);
  expect(items.ids).toEqual(['kettle', 'cup', 'lamp']);
  const { rowPtr, cols, values } = interactions.byUser;
  expect([...rowPtr]).toEqual([0, 1, 3, 5]);
  expect([...cols.subarray(3)]).toEqual([1, 2]);
  expect([...values.subarray(3)]).toEqual([4, 5]);
});

test('without own events the others are trained on alone', () => {
  const { interactions } = withOwnRow(publicOnes, new Map());
  expect(interactions.byUser.cols).toHaveLength(3);
});
