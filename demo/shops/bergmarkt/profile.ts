import { unit } from '../../random.ts';
import { endingBelow, type ShopItem, type ShopProfile } from '../profile.ts';
import { titleParts, words } from '../wording.ts';

/** So much of the assortment is sold off under `/clearance/`, where robots.txt wants no visits. */
const CLEARANCE_SHARE = 0.08;

export const isClearance = (item: ShopItem): boolean =>
  unit(`bergmarkt/clearance/${item.product.id}`) < CLEARANCE_SHARE;

export const profile: ShopProfile = {
  id: 'bergmarkt',
  name: 'Bergmarkt',
  currency: 'CHF',
  perEuro: 0.95,
  priceLevel: 1,
  // x.90 below a hundred francs, whole francs beyond.
  roundPrice: (minor) => (minor < 10_000 ? endingBelow(100, 10) : endingBelow(100, 0))(minor),
  assortment: {
    share: 0.5,
    strongShare: 0.8,
    strong: [
      'Outdoor',
      'Cycling',
      'Running shoes',
      'Coffee machines',
      'Smartwatches',
      'Laptops',
      'Phones',
      'Headphones',
    ],
  },
  gtinShare: 0.5,
  shipping: { amountMinor: 790, freeFromMinor: 9_900 },
  withoutFullMatch: 'nothing',
  title(product) {
    const { lead, noun, tail, versions } = titleParts(product);
    return words(lead, noun, tail, ...versions);
  },
  path: (item) => `${isClearance(item) ? '/clearance/' : '/cgi-bin/'}artikel.cgi?nr=${item.number}`,
};
