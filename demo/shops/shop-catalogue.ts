import { modelAppeal } from '../catalogue/appeal.ts';
import { demoProducts } from '../catalogue/catalogue.ts';
import type { DemoProduct } from '../catalogue/product.ts';
import { unit } from '../random.ts';
import type { ShopItem, ShopProfile } from './profile.ts';
import { createSiteSearch, type SiteSearch } from './site-search.ts';

/** What one shop sells. */
export interface ShopCatalogue extends SiteSearch {
  readonly items: readonly ShopItem[];
  byNumber(number: number): ShopItem | null;
  ofProduct(productId: string): ShopItem | null;
  /** Others of the same category, for "you may also like". */
  related(item: ShopItem, count: number): ShopItem[];
  /** Categories with their items, in the catalogue's order. */
  readonly categories: ReadonlyMap<string, readonly ShopItem[]>;
}

export function openShopCatalogue(profile: ShopProfile): ShopCatalogue {
  const items: ShopItem[] = [];
  const categories = new Map<string, ShopItem[]>();
  // Numbers are by place in the whole catalogue, so that they stay when the assortment changes.
  const firstNumber = 10_000 + 1_000 * Math.floor(80 * unit(`${profile.id}/numbers`));
  demoProducts().forEach((product, index) => {
    if (!sells(profile, product)) return;
    const tellsGtin = unit(`${profile.id}/gtin/${product.id}`) < profile.gtinShare;
    const item = {
      product,
      number: firstNumber + 3 * index,
      title: profile.title(product),
      gtin: tellsGtin ? product.gtin13 : null,
    };
    items.push(item);
    const shelf = categories.get(product.category);
    if (shelf) shelf.push(item);
    else categories.set(product.category, [item]);
  });
  // Best sellers first; these are much the same everywhere, but not quite.
  const order = ({ product: { modelKey, fitsModel } }: ShopItem) =>
    (fitsModel ? 1 : 0) - modelAppeal(modelKey) + 0.3 * unit(`${profile.id}/order/${modelKey}`);
  const keyed = items.map((item) => ({ item, key: order(item) })).sort((a, b) => a.key - b.key);
  const ordered = keyed.map(({ item }) => item);
  const byNumber = new Map(items.map((item) => [item.number, item]));
  const byProduct = new Map(items.map((item) => [item.product.id, item]));
  let search: SiteSearch | null = null;
  return {
    items: ordered,
    categories,
    byNumber: (number) => byNumber.get(number) ?? null,
    ofProduct: (productId) => byProduct.get(productId) ?? null,
    related(item, count) {
      const shelf = categories.get(item.product.category) ?? [];
      const start = shelf.indexOf(item) + 1;
      return Array.from(
        { length: Math.min(count, shelf.length - 1) },
        (_, i) => shelf[(start + i * 7) % shelf.length]!,
      ).filter((other, i, all) => other !== item && all.indexOf(other) === i);
    },
    find(query) {
      // Made at the first search: a shop without searches costs nothing.
      search ??= createSiteSearch(ordered, profile.withoutFullMatch);
      return search.find(query);
    },
  };
}

function sells({ id, assortment }: ShopProfile, product: DemoProduct): boolean {
  const share = assortment.strong.includes(product.category) ? assortment.strongShare : assortment.share;
  return unit(`${id}/sells/${product.id}`) < share;
}
