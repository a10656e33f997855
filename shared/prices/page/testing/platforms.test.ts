import { describe, expect, test } from 'vitest';
import { CART_PLATFORMS } from './carts.ts';
import { LAYOUTS } from './layouts.ts';
import { MARKETPLACES } from './marketplaces.ts';
import { readPage } from './read-page.ts';
import type { ShopPage } from './shop-page.ts';
import { STRUCTURED } from './structured.ts';
import { TRAPS } from './traps.ts';

/* Pages written for these tests, in the manner of the web's shops. */

describe.each([
  ['shop systems', CART_PLATFORMS],
  ['marketplaces', MARKETPLACES],
  ['ways to write a price', TRAPS],
  ['layouts', LAYOUTS],
  ['structured data', STRUCTURED],
] as [string, readonly ShopPage[]][])('%s', (_, pages) => {
  test.each(pages.map((page) => [page.name, page] as const))('%s', (_name, page) => {
    expect(readPage(page)).toEqual(page.expected);
  });
});
