import { describe, expect, test } from 'vitest';
import { extractList } from '../../extract-list.ts';
import { extractOffer } from '../../extract-offer.ts';
import { Page } from '../../page.ts';
import { readPage } from '../read-page.ts';
import { BEFORE_THE_PRICE } from './before-the-price.ts';
import { CENTS_APART } from './cents-apart.ts';
import { CURRENCY_WORDS } from './currency-words.ts';
import { FREE_SHIPPING } from './free-shipping.ts';
import { HELD_PAGES } from './held-pages.ts';
import { LIST_PAGES } from './lists.ts';
import { NAMES } from './names.ts';
import { NUMBERS } from './numbers.ts';
import { OTHER_AMOUNTS } from './other-amounts.ts';
import { SHOWN_AGAINST_STRUCTURED } from './shown-against-structured.ts';
import { STOCK_PHRASES } from './stock-phrases.ts';

/* The kinds of faults that people met in the field, five pages each. */

describe.each([
  ['stock phrases about another thing', STOCK_PHRASES],
  ['currency words', CURRENCY_WORDS],
  ['free shipping beside the price', FREE_SHIPPING],
  ['what is shown against structured data', SHOWN_AGAINST_STRUCTURED],
  ['cents in an element of their own', CENTS_APART],
  ['other amounts of the page', OTHER_AMOUNTS],
  ['names that are none', NAMES],
  ['numbers', NUMBERS],
  ['stock, numbers and prices told in passing', HELD_PAGES],
  ['before the price, and counts and currencies apart', BEFORE_THE_PRICE],
])('%s', (_, pages) => {
  test.each(pages.map((page) => [page.name, page] as const))('%s', (_name, page) => {
    expect(readPage(page)).toEqual(page.expected);
  });
});

describe('lists', () => {
  test.each(LIST_PAGES.map((page) => [page.name, page] as const))('%s', (_name, { html, url, items }) => {
    expect(extractOffer(html, url).kind).toBe('list');
    expect(
      extractList(new Page(html, url)).map(({ title, price }) => `${title} ${price?.amount} ${price?.currency}`),
    ).toEqual(items);
  });
});
