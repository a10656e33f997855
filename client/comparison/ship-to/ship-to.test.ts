import { expect, test } from 'vitest';
import { countryOf } from './ship-to.ts';

test.each([
  ['de-AT', 'AT'],
  ['zh-Hant-TW', 'TW'],
  ['pt-BR-u-nu-latn', 'BR'],
  ['en', null],
  ['es-419', null],
  ['en-ZZ', null],
  ['', null],
  ['not a tag', null],
])('%s names the country %s', (tag, country) => {
  expect(countryOf(tag)).toBe(country);
});
