import { endingBelow, type ShopProfile } from '../profile.ts';
import { titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'fjallbod',
  name: 'Fjällbod',
  currency: 'SEK',
  perEuro: 11.2,
  priceLevel: 0.99,
  // Whole kronor that end in 9.
  roundPrice: endingBelow(1_000, 100),
  assortment: {
    share: 0.38,
    strongShare: 0.9,
    strong: ['Running shoes', 'Outdoor', 'Cycling', 'Smartwatches', 'Cameras', 'Headphones', 'Garden', 'Toys'],
  },
  gtinShare: 0.9,
  shipping: { amountMinor: 4_900, freeFromMinor: 49_900 },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions } = titleParts(product);
    return [`${lead}, ${words(noun, tail)}`, ...versions].join(' - ');
  },
  path: (item) => `/vara/${item.number}`,
};
