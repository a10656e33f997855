import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'kaufgut24',
  name: 'Kaufgut24',
  currency: 'EUR',
  perEuro: 1,
  priceLevel: 0.96,
  // x.90 up to a hundred euros, whole euros beyond.
  roundPrice: (minor) => (minor < 10_000 ? endingBelow(50, 10) : endingBelow(100, 0))(minor),
  assortment: {
    share: 0.66,
    strongShare: 0.88,
    strong: ['Coffee machines', 'Kitchen', 'Vacuum cleaners', 'Garden', 'TVs', 'Furniture'],
  },
  gtinShare: 0.9,
  shipping: { amountMinor: 395, freeFromMinor: 4_900 },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions, feature } = titleParts(product);
    const details = [...versions, feature].filter((part) => part !== '');
    return details.length === 0 ? words(lead, noun, tail) : `${words(lead, noun, tail)} (${details.join(', ')})`;
  },
  path: (item) => `/${slugOf(item.title)}-p${item.number}`,
};
