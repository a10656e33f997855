import { expect, test } from 'vitest';
import { countryOfShop, currencyOfCountry } from './countries.ts';
import { isCurrencyCode } from './iso-4217.ts';

test.each([
  ['the domain', { host: 'www.example.se' }, 'SE'],
  ['the domain before the locale', { host: 'shop.example.co.uk', locale: 'de' }, 'GB'],
  ['the locale’s region', { host: 'example.com', locale: 'en-AU' }, 'AU'],
  ['the locale with an underscore', { locale: 'pt_BR' }, 'BR'],
  ['a language of one country', { locale: 'sv' }, 'SE'],
  ['not a language of many', { locale: 'en' }, null],
  ['not a domain sold to all', { host: 'example.co' }, null],
  ['but a second level below it', { host: 'example.com.co' }, 'CO'],
  ['nothing', { host: 'example.com', locale: 'not a locale' }, null],
])('the country of a shop is told by %s', (_by, hints, country) => {
  expect(countryOfShop(hints)).toBe(country);
});

test('countries have a currency of ISO 4217', () => {
  const countries = ['DE', 'HR', 'US', 'GB', 'JP', 'CH', 'CI', 'BR', 'ZA', 'KW'];
  expect(countries.map(currencyOfCountry)).toEqual('EUR EUR USD GBP JPY CHF XOF BRL ZAR KWD'.split(' '));
  expect(countries.map(currencyOfCountry).every((code) => code !== null && isCurrencyCode(code))).toBe(true);
  expect(currencyOfCountry('XX')).toBeNull();
});
