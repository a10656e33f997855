import { describe, expect, test } from 'vitest';
import { formatMoney, formatUnitPrice } from './format-money.ts';

/** Intl separates with non-breaking spaces; they are part of what is right, and hard to read in a test. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  test("writes money as the reader's language does", () => {
    expect(formatMoney({ amount: '1234.50', currency: 'EUR' }, 'en-GB')).toBe('€1,234.50');
    expect(plain(formatMoney({ amount: '1234.50', currency: 'EUR' }, 'de-DE'))).toBe('1.234,50 €');
    expect(plain(formatMoney({ amount: '1234.50', currency: 'EUR' }, 'fr-FR'))).toBe('1 234,50 €');
  });

  test("uses the currency's own number of digits", () => {
    expect(formatMoney({ amount: '1980', currency: 'JPY' }, 'en-GB')).toBe('JP¥1,980');
    expect(plain(formatMoney({ amount: '1.250', currency: 'KWD' }, 'en-GB'))).toBe('KWD 1.250');
  });

  test('formats the decimal string itself: an amount beyond the floats keeps every digit', () => {
    expect(formatMoney({ amount: '9007199254740993.07', currency: 'EUR' }, 'en-GB')).toBe('€9,007,199,254,740,993.07');
  });
});

describe('formatUnitPrice', () => {
  test('keeps digits that minor units cannot hold', () => {
    expect(formatUnitPrice({ amount: '0.0125', currency: 'EUR', per: 'sheet' }, 'en-GB')).toBe('€0.0125 / sheet');
    expect(formatUnitPrice({ amount: '3.98', currency: 'EUR', per: 'kg' }, 'en-GB')).toBe('€3.98 / kg');
  });
});
