import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'voltari',
  name: 'Voltari',
  currency: 'EUR',
  perEuro: 1,
  priceLevel: 0.97,
  roundPrice: (minor) => (minor < 10_000 ? endingBelow(100, 1) : endingBelow(1_000, 100))(minor),
  assortment: {
    share: 0.6,
    strongShare: 0.9,
    strong: ['Headphones', 'Laptops', 'Phones', 'Tablets', 'TVs', 'Cameras', 'Smartwatches', 'Speakers', 'Gaming'],
  },
  gtinShare: 1,
  shipping: { amountMinor: 499, freeFromMinor: 5_000 },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions, feature } = titleParts(product);
    const name = words(lead, noun, tail);
    const detail = [feature.startsWith('with ') ? '' : feature, ...versions].filter((part) => part !== '');
    return detail.length === 0 ? name : `${name} – ${detail.join(', ')}`;
  },
  path: (item) => `/p/${item.number}/${slugOf(item.title)}`,
};
