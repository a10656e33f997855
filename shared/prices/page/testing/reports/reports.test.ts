import { describe, expect, test } from 'vitest';
import { extractList } from '../../extract-list.ts';
import { extractOffer } from '../../extract-offer.ts';
import { Page } from '../../page.ts';
import { readPage } from '../read-page.ts';
import { REPORTED_AMOUNTS } from './amounts.ts';
import { REPORTED_LISTS } from './lists.ts';
import { REPORTED_NAMES_AND_KINDS } from './names-and-kinds.ts';
import { REPORTED_STOCK } from './stock.ts';

/* Twenty public reports of faults of other trackers, each rebuilt as a small page; its `address` leads to the report. */

describe.each([
  ['reported amounts', REPORTED_AMOUNTS],
  ['reported stock', REPORTED_STOCK],
  ['reported names and kinds of page', REPORTED_NAMES_AND_KINDS],
])('%s', (_, pages) => {
  test.for(pages)('$name', (page) => {
    expect(readPage(page)).toEqual(page.expected);
  });
});

describe('reported lists', () => {
  test.for(REPORTED_LISTS)('$name', ({ html, url, items }) => {
    expect(extractOffer(html, url).kind).toBe('list');
    expect(
      extractList(new Page(html, url)).map(({ title, price }) => `${title} ${price?.amount} ${price?.currency}`),
    ).toEqual(items);
  });
});
