import { describe, expect, test } from 'vitest';
import type { QuotedPrice } from '../../offer.ts';
import { extractOffer } from '../extract-offer.ts';
import { CART_PLATFORMS } from './carts.ts';
import { LANGUAGE_PAGES } from './languages.ts';
import { LAYOUTS } from './layouts.ts';
import { MARKETPLACES } from './marketplaces.ts';
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
  ['languages', LANGUAGE_PAGES],
] as [string, readonly ShopPage[]][])('%s', (_, pages) => {
  test.each(pages.map((page) => [page.name, page] as const))('%s', (_name, { html, url, expected }) => {
    expect(read(html, url, expected)).toEqual(expected);
  });
});

/** The fields that are asked for, in the short form of the expectations. */
function read(html: string, url: string, expected: ShopPage['expected']): ShopPage['expected'] {
  const { kind, offer } = extractOffer(html, url);
  const all: Required<ShopPage['expected']> = {
    kind,
    title: offer.title ?? '',
    price: quote(offer.price),
    listPrice: quote(offer.listPrice),
    shipping: quote(offer.shipping),
    availability: offer.availability,
    condition: offer.condition,
    sku: offer.sku,
    mpn: offer.mpn,
    gtin: offer.gtin,
    brand: offer.brand,
    rating: offer.rating,
    nVariants: offer.variants.length,
  };
  return Object.fromEntries(Object.entries(all).filter(([field]) => field in expected));
}

function quote(price: QuotedPrice | null): string | null {
  return price && `${price.amount} ${price.currency ?? '-'}`;
}
