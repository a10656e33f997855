import { plainAmount } from '../amount.ts';
import type { ShopItem } from '../profile.ts';
import type { Quote, Stock } from '../quote.ts';
import { profile } from './profile.ts';

const AVAILABILITY: Record<Stock, string> = {
  'in-stock': 'InStock',
  'few-left': 'LimitedAvailability',
  'sold-out': 'OutOfStock',
  'back-order': 'BackOrder',
  'pre-order': 'PreOrder',
};

/** schema.org properties of what versions differ in, where there is one. */
const VARIES_BY: Readonly<Record<string, string>> = {
  Colour: 'color',
  'Screen size': 'size',
  Size: 'size',
  Length: 'size',
};

/**
 * A page of one version among several, as Google asks it of shops with a page for each: the group, the version of this page in
 * full, the others too, since this shop shows their prices.
 * Source: https://developers.google.com/search/docs/appearance/structured-data/product-variants ("multi-page")
 */
export function productGroup(
  item: ShopItem,
  versions: readonly ShopItem[],
  quote: (item: ShopItem) => Quote,
  origin: string,
) {
  const { product } = item;
  const version = (other: ShopItem) => ({
    '@type': 'Product',
    name: other.title,
    sku: String(other.number),
    mpn: other.product.mpn,
    ...(other.gtin !== null && { gtin: other.gtin }),
    image: `${origin}/visuels/${other.product.id}.svg`,
    offers: {
      '@type': 'Offer',
      url: `${origin}${profile.path(other)}`,
      price: Number(plainAmount(quote(other).priceMinor)),
      priceCurrency: 'EUR',
      availability: AVAILABILITY[quote(other).stock],
      itemCondition: 'NewCondition',
    },
  });
  const brand = { '@type': 'Brand', name: product.brand };
  if (versions.length === 1)
    return { '@context': 'https://schema.org/', ...version(item), description: product.description, brand };
  return {
    '@context': 'https://schema.org/',
    '@type': 'ProductGroup',
    name: `${product.kind} - ${product.brand} ${product.model}`,
    description: product.description,
    url: `${origin}${profile.path(item)}`,
    brand,
    productGroupID: product.modelKey,
    variesBy: product.version.map(({ name }) => VARIES_BY[name]).filter((property) => property !== undefined),
    hasVariant: [item, ...versions.filter((other) => other !== item)].map(version),
  };
}
