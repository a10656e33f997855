import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareAmounts, isZero, percentBelow } from './decimal.ts';

describe('compareAmounts', () => {
  test('compares by value, whatever the number of digits', () => {
    expect(compareAmounts('9.90', '10')).toBe(-1);
    expect(compareAmounts('10', '9.9')).toBe(1);
    expect(compareAmounts('10.50', '10.5')).toBe(0);
    expect(compareAmounts('-1', '0.5')).toBe(-1);
  });

  test('tells amounts apart that are one float', () => {
    expect(Number('9007199254740993.01') === Number('9007199254740993.02')).toBe(true);
    expect(compareAmounts('9007199254740993.01', '9007199254740993.02')).toBe(-1);
  });

  test('orders like the integers of minor units', () => {
    const minor = fc.integer({ min: 0, max: 10_000_000 });
    const text = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(minor, minor, (a, b) => {
        expect(compareAmounts(text(a), text(b))).toBe(Math.sign(a - b));
      }),
    );
  });
});

describe('percentBelow', () => {
  test('rounds a saving down, so that it is never overstated', () => {
    expect(percentBelow('88.01', '100')).toBe(11);
    expect(percentBelow('88.00', '100')).toBe(12);
    expect(percentBelow('0.00', '100')).toBe(100);
  });

  test('is 0 where nothing is saved or there is nothing to compare with', () => {
    expect(percentBelow('100', '100.00')).toBe(0);
    expect(percentBelow('120', '100')).toBe(0);
    expect(percentBelow('5', '0')).toBe(0);
  });
});

test('isZero is true of nothing but zero, however it is written', () => {
  expect(['0', '0.0', '0.00'].every(isZero)).toBe(true);
  expect(['0.01', '10', '00.1', ''].some(isZero)).toBe(false);
});
