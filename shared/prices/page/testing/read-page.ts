import type { QuotedPrice } from '../../offer.ts';
import { extractOffer } from '../extract-offer.ts';
import type { ShopPage } from './shop-page.ts';

/** What the reader makes of a page: the fields that are asked for, in the short form of the expectations. */
export function readPage({ html, url, expected }: ShopPage): ShopPage['expected'] {
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
