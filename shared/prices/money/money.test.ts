import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMoney, compareMoney, decimalAmount, fromWireMoney, moneyFromDecimal, toWireMoney } from './money.ts';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });

describe('money', () => {
  test.each([
    ['12.34', 'EUR', 1234],
    ['12', 'EUR', 1200],
    ['12.3', 'EUR', 1230],
    ['12.345', 'EUR', 1235],
    ['12.344', 'EUR', 1234],
    ['-12.345', 'EUR', -1235],
    ['1200', 'JPY', 1200],
    ['1199.5', 'JPY', 1200],
    ['1.2345', 'KWD', 1235],
    ['-0.001', 'EUR', 0],
  ])('%s %s is %i minor units', (amount, currency, minor) => {
    expect(moneyFromDecimal(amount, currency)).toEqual({ minor, currency });
  });

  test.each([
    [1234, 'EUR', '12.34'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [1200, 'JPY', '1200'],
    [1235, 'KWD', '1.235'],
  ])('%i minor units of %s are written %s', (minor, currency, amount) => {
    expect(decimalAmount({ minor, currency })).toBe(amount);
  });

  test('is refused where it makes no sense', () => {
    expect(() => moneyFromDecimal('12,34', 'EUR')).toThrow(RangeError);
    expect(() => moneyFromDecimal('12.34', 'euro')).toThrow(RangeError);
    expect(() => addMoney(EUR(1), { minor: 1, currency: 'USD' })).toThrow(RangeError);
    expect(() => compareMoney(EUR(1), { minor: 1, currency: 'USD' })).toThrow(RangeError);
    expect(() => addMoney(EUR(Number.MAX_SAFE_INTEGER), EUR(1))).toThrow(RangeError);
    expect(moneyFromDecimal('99999999999999999', 'EUR')).toBeNull();
  });

  test('adds and compares exactly', () => {
    expect(addMoney(EUR(10), EUR(20))).toEqual(EUR(30));
    expect([EUR(3), EUR(1), EUR(2)].toSorted(compareMoney)).toEqual([EUR(1), EUR(2), EUR(3)]);
  });

  test('survives the wire', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF');
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (minor, code) => {
        const money = { minor, currency: code };
        expect(fromWireMoney(toWireMoney(money))).toEqual(money);
      }),
    );
  });
});
