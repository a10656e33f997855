import type { DemoProduct } from '../catalogue/product.ts';
import { unit } from '../random.ts';
import { demoShops } from './all.ts';
import type { ShopItem, ShopProfile } from './profile.ts';
import { DAY_MS, pricePeriod, type Quote, quoteOn } from './quote.ts';
import { openShopCatalogue } from './shop-catalogue.ts';

/** Shops are visited in the morning, and not all at the same minute. */
const MORNING_MS = 6 * 3_600_000;

/** What one shop asked for one product at times in the past: the first day's price, and then every change. */
export interface OfferHistory {
  profile: ShopProfile;
  item: ShopItem;
  /** Oldest first. */
  quotes: { at: Date; quote: Quote }[];
}

/**
 * The past prices of every product in up to `shopsPerProduct` of the shops that sell it. Not invented: prices in the demo world
 * are a function of product, shop and day ({@link quoteOn}), and this is what the shops' pages said on those days.
 */
export function* priceHistories(
  products: readonly DemoProduct[],
  { until, days, shopsPerProduct }: { until: Date; days: number; shopsPerProduct: number },
): Generator<OfferHistory> {
  const shops = demoShops.map(({ profile }) => ({ profile, catalogue: openShopCatalogue(profile) }));
  for (const product of products) {
    const sellers = shops.flatMap(({ profile, catalogue }) => {
      const item = catalogue.ofProduct(product.id);
      return item === null ? [] : [{ profile, item, rank: unit(`history/${profile.id}/${product.id}`) }];
    });
    sellers.sort((a, b) => a.rank - b.rank);
    for (const { profile, item } of sellers.slice(0, shopsPerProduct)) {
      yield { profile, item, quotes: quotesOf(profile, item, until, days) };
    }
  }
}

function quotesOf(profile: ShopProfile, { product }: ShopItem, until: Date, days: number): OfferHistory['quotes'] {
  const quotes: OfferHistory['quotes'] = [];
  const minuteMs = 60_000 * Math.floor(180 * unit(`visit/${profile.id}/${product.id}`));
  const lastDay = Math.floor(until.getTime() / DAY_MS);
  for (let day = lastDay - days; day <= lastDay; day = pricePeriod(profile, product, day).nextStart) {
    const at = new Date(day * DAY_MS + MORNING_MS + minuteMs);
    if (at > until) break;
    const quote = quoteOn(profile, product, at);
    if (quotes.at(-1)?.quote.priceMinor !== quote.priceMinor) quotes.push({ at, quote });
  }
  return quotes;
}
