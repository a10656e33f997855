import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'pricebarn',
  name: 'Pricebarn',
  currency: 'USD',
  perEuro: 1.09,
  priceLevel: 0.95,
  roundPrice: endingBelow(100, 1),
  assortment: { share: 0.72, strongShare: 0.85, strong: ['TVs', 'Gaming', 'Toys', 'Groceries'] },
  gtinShare: 0,
  shipping: null,
  withoutFullMatch: 'any-word',
  title(product) {
    const { lead, noun, tail, versions, feature } = titleParts(product);
    const extra = feature === '' || feature.startsWith('with ') ? feature.replace('with ', 'w/ ') : `w/ ${feature}`;
    return [
      'NEW',
      words(lead, noun, tail, extra),
      ...versions.map((version) => `- ${version}`),
      `(${product.mpn})`,
    ].join(' ');
  },
  path: (item) => `/item/${slugOf(item.title).slice(0, 48).replace(/-$/, '')}?id=${item.number}`,
};
