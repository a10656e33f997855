import { describe, expect, test } from 'vitest';
import { buildInteractions } from '../interactions/build-interactions.ts';
import { parseConfidence, withConfidence } from './confidence.ts';

describe('a confidence', () => {
  test.for<[string, number, number]>([
    ['1', 7, 1],
    ['2.5', 7, 2.5],
    ['linear:40', 3, 121],
    ['linear:0', 3, 1],
    ['log:10,2', 3, 1 + 10 * Math.log(1 + 3 / 2)],
    [' log: 10 , 1 ', 0, 1],
  ])('"%s" makes of %f the confidence %f', ([spec, value, expected]) => {
    expect(parseConfidence(spec)(value)).toBeCloseTo(expected, 12);
  });

  test.for([
    '',
    '0',
    '-1',
    'NaN',
    'Infinity',
    'linear',
    'linear:',
    'linear:-1',
    'linear:1,2',
    'log:1',
    'log:1,0',
    'square:2',
    '1e',
    'log:1,2,3',
  ])('"%s" is refused, with the grammar', (spec) => {
    expect(() => parseConfidence(spec)).toThrow(/linear:A/);
  });
});

describe('withConfidence', () => {
  const interactions = (...values: number[]) =>
    buildInteractions(
      {
        users: Uint32Array.from(values, () => 0),
        items: Uint32Array.from(values, (_, item) => item),
        values: Float32Array.from(values),
        timestamps: null,
      },
      { nUsers: 1, nItems: values.length },
      'last',
    );

  test('turns values into weights, and makes every target 1', () => {
    const { byUser, byItem } = withConfidence(interactions(1, 3), parseConfidence('linear:2'));
    expect([...byUser.weights!]).toEqual([3, 7]);
    expect([...byItem.weights!]).toEqual([3, 7]);
    expect([...byUser.values]).toEqual([1, 1]);
  });

  test('has no weights where all are 1', () => {
    expect(withConfidence(interactions(1, 3), parseConfidence('1')).byUser.weights).toBeNull();
  });

  test('refuses a value that would count for nothing or less, and says which', () => {
    expect(() => withConfidence(interactions(1, -3), parseConfidence('linear:2'))).toThrow(
      /-3 would have the confidence -5/,
    );
  });
});
