import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'maison-clic',
  name: 'Maison Clic',
  currency: 'EUR',
  perEuro: 1,
  priceLevel: 0.975,
  roundPrice: (minor) => (minor < 20_000 ? endingBelow(100, 10) : endingBelow(100, 0))(minor),
  assortment: {
    share: 0.5,
    strongShare: 0.85,
    strong: ['Tablets', 'Phones', 'Speakers', 'Kitchen', 'Books', 'Gaming', 'Furniture'],
  },
  gtinShare: 0.95,
  shipping: { amountMinor: 590, freeFromMinor: null },
  withoutFullMatch: 'any-word',
  title(product) {
    const { lead, noun, tail, versions } = titleParts(product);
    return [words(noun, tail), lead, ...versions].join(' - ');
  },
  path: (item) => `/produit/${slugOf(item.title)}/${item.number}`,
};
