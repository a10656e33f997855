import { endingBelow, type ShopProfile } from '../profile.ts';
import { slugOf, titleParts, words } from '../wording.ts';

export const profile: ShopProfile = {
  id: 'hearth-and-mill',
  name: 'Hearth & Mill',
  currency: 'GBP',
  perEuro: 0.85,
  priceLevel: 0.985,
  // Whole pounds above fifty, x.95 below.
  roundPrice: (minor) => (minor < 5_000 ? endingBelow(100, 5) : endingBelow(100, 0))(minor),
  assortment: {
    share: 0.42,
    strongShare: 0.92,
    strong: ['Coffee machines', 'Kitchen', 'Vacuum cleaners', 'Books', 'Garden', 'Furniture', 'Groceries', 'Toys'],
  },
  gtinShare: 0.8,
  shipping: { amountMinor: 395, freeFromMinor: null },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions } = titleParts(product);
    const colour = product.version.find(({ name }) => name === 'Colour')?.value ?? '';
    const others = versions.filter((version) => version !== colour);
    const name = words(lead, colour, noun, tail);
    return others.length === 0 ? name : `${name}, ${others.join(' / ')}`;
  },
  path: (item) => `/shop/${slugOf(item.product.category)}/${slugOf(item.product.model)}-${item.number}.html`,
};
