import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'tiny-harbour',
  name: 'Tiny Harbour Goods',
  currency: 'USD',
  perEuro: 1.08,
  priceLevel: 0.98,
  roundPrice: (minor) => (minor < 4_000 ? endingBelow(50, 0) : endingBelow(100, 0))(minor),
  assortment: {
    share: 0.4,
    strongShare: 0.8,
    strong: ['Books', 'Toys', 'Coffee machines', 'Kitchen', 'Headphones', 'Outdoor', 'Groceries', 'Furniture'],
  },
  gtinShare: 0,
  shipping: { amountMinor: 595, freeFromMinor: 7_500 },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions } = titleParts(product);
    const plain = product.fitsModel !== null || product.category === 'Books';
    const name = plain ? words(lead, noun, tail) : `${product.model} ${noun} by ${product.brand}`;
    return versions.length === 0 ? name : `${name} – ${versions.join(' / ')}`;
  },
  path: (item) => `/product/${slugOf(item.title)}/`,
};
