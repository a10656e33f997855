import { expect, test } from 'vitest';
import { currencyOfCountry } from './countries.ts';
import { isCurrencyCode } from './iso-4217.ts';

test('countries have a currency of ISO 4217', () => {
  const countries = ['DE', 'HR', 'US', 'GB', 'JP', 'CH', 'CI', 'BR', 'ZA', 'KW'];
  const currencies = countries.map(currencyOfCountry);
  expect(currencies).toEqual('EUR EUR USD GBP JPY CHF XOF BRL ZAR KWD'.split(' '));
  expect(currencies.every((code) => code !== null && isCurrencyCode(code))).toBe(true);
  expect(currencyOfCountry('XX')).toBeNull();
});
