import { describe, expect, test } from 'vitest';
import { extractList } from '../../extract-list.ts';
import { extractOffer } from '../../extract-offer.ts';
import { Page } from '../../page.ts';
import { readPage } from '../read-page.ts';
import { REPORTED_AMOUNTS } from './amounts.ts';
import { REPORTED_LISTS } from './lists.ts';
import { REPORTED_NAMES_AND_KINDS } from './names-and-kinds.ts';
import type { Report } from './reported-page.ts';
import { REPORTED_STOCK } from './stock.ts';

/* Twenty public reports of faults of other trackers, each rebuilt as a small page. */

/** Addresses of the reports whose pages are not read right yet. */
const NOT_YET: ReadonlySet<string> = new Set([
  'https://github.com/dylants/price-finder/issues/113',
  'https://github.com/topmonks/hlidac-shopu/issues/2598',
  'https://github.com/jef/streetmerchant/issues/2476',
  'https://github.com/dgtlmoon/changedetection.io/pull/4262',
]);

const isRead = ({ address }: Report): boolean => !NOT_YET.has(address);
const isNotYet = ({ address }: Report): boolean => NOT_YET.has(address);

describe.each([
  ['reported amounts', REPORTED_AMOUNTS],
  ['reported stock', REPORTED_STOCK],
  ['reported names and kinds of page', REPORTED_NAMES_AND_KINDS],
])('%s', (_, pages) => {
  test.for(pages.filter(isRead))('$name', (page) => {
    expect(readPage(page)).toEqual(page.expected);
  });
  test.fails.for(pages.filter(isNotYet))('$name', (page) => {
    expect(readPage(page)).toEqual(page.expected);
  });
});

test.each(REPORTED_LISTS)('$name', ({ html, url, items }) => {
  expect(extractOffer(html, url).kind).toBe('list');
  expect(
    extractList(new Page(html, url)).map(({ title, price }) => `${title} ${price?.amount} ${price?.currency}`),
  ).toEqual(items);
});
