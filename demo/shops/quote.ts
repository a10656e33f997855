import type { DemoProduct } from '../catalogue/product.ts';
import { unit } from '../random.ts';
import type { ShopProfile } from './profile.ts';

export type Stock = 'in-stock' | 'few-left' | 'sold-out' | 'back-order' | 'pre-order';

/** What a shop asks for a product on one day, in minor units of the shop's currency. */
export interface Quote {
  priceMinor: number;
  /** The price before the sale; null when there is none. */
  regularMinor: number | null;
  stock: Stock;
  /** null: not shown. */
  shippingMinor: number | null;
}

export const DAY_MS = 86_400_000;
/** A price holds for so many days, depending on product and shop. */
const SHORTEST_PRICE_DAYS = 6;
const LONGEST_PRICE_DAYS = 16;
const STOCK_DAYS = 5;
const SALE_SHARE = 0.16;

/**
 * Price and stock as a function of product, shop and day (UTC), and of nothing else: so what a demo shop asked on an
 * earlier day can be computed by itself.
 */
export function quoteOn(profile: ShopProfile, product: DemoProduct, at: Date): Quote {
  const key = `${profile.id}/${product.id}`;
  const day = Math.floor(at.getTime() / DAY_MS);
  const { period } = pricePeriod(profile, product, day);

  // The spread between shops for one product is wider than that between shops in general: the cheapest differs by product.
  const position = 0.91 + 0.16 * unit(`${key}/position`);
  // Every other period at most, so that some prices hold for a month.
  const drift = 1 + 0.06 * (unit(`${key}/drift/${Math.floor(period / 2)}`) - 0.5);
  const listMinor = product.listPriceCents * profile.perEuro;
  const regular = profile.roundPrice(listMinor * profile.priceLevel * position * drift);
  const onSale = unit(`${key}/sale/${period}`) < SALE_SHARE;
  const price = onSale ? profile.roundPrice(regular * (0.72 + 0.18 * unit(`${key}/cut/${period}`))) : regular;
  return {
    priceMinor: price,
    regularMinor: price < regular ? regular : null,
    stock: stockAt(unit(`${key}/stock/${Math.floor(day / STOCK_DAYS)}`)),
    shippingMinor: shippingFor(profile, price),
  };
}

/** The period of days in which a price holds. @param day days since 1970-01-01, as the period's own bounds. */
export function pricePeriod(profile: ShopProfile, product: DemoProduct, day: number) {
  const key = `${profile.id}/${product.id}`;
  const days = SHORTEST_PRICE_DAYS + Math.floor(unit(`${key}/days`) * (LONGEST_PRICE_DAYS - SHORTEST_PRICE_DAYS + 1));
  const phase = Math.floor(unit(`${key}/phase`) * days);
  const period = Math.floor((day + phase) / days);
  return { period, nextStart: (period + 1) * days - phase };
}

function shippingFor({ shipping }: ShopProfile, priceMinor: number): number | null {
  if (shipping === null) return null;
  return shipping.freeFromMinor !== null && priceMinor >= shipping.freeFromMinor ? 0 : shipping.amountMinor;
}

function stockAt(share: number): Stock {
  if (share < 0.84) return 'in-stock';
  if (share < 0.91) return 'few-left';
  if (share < 0.96) return 'sold-out';
  return share < 0.985 ? 'back-order' : 'pre-order';
}
