import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import { addMoney, type Money } from '../../shared/prices/money/money.ts';
import type { ShopDeclaration } from '../shops/declaration.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import { type ShippingDeclaration, shippingOf } from './shipping.ts';

/** What of a shop an offer needs: a declared shop, or one that is known by a page alone. */
export interface OfferingShop {
  readonly declaration: Pick<ShopDeclaration, 'id' | 'name'> &
    Partial<Pick<ShopDeclaration, 'adapter'>> &
    ShippingDeclaration;
}

/** A shop's offer in the currency that was asked for. */
export interface PricedOffer {
  shop: OfferingShop;
  candidate: CandidateOffer;
  price: Money;
  /** The price was read uncertainly, or has jumped beyond reason, and waits for a second look. */
  unconfirmed: boolean;
  listPrice: Money | null;
  /** null: not known. */
  shipping: Money | null;
  /** null: shipping is not known. */
  total: Money | null;
  checkedAt: string;
}

/** Null where there is no exchange rate for the shop's currency. */
export function priceOffer(
  shop: OfferingShop,
  candidate: CandidateOffer,
  {
    currency,
    shipTo,
    rates,
    checkedAt,
  }: { currency: string; shipTo: string | null; rates: RateTable; checkedAt: string },
): PricedOffer | null {
  const convert = (money: Money | null) => (money === null ? null : rates.convert(money, currency));
  const price = convert(candidate.price);
  if (price === null) return null;
  const shipping = convert(shippingOf(candidate, shop.declaration, shipTo));
  return {
    shop,
    candidate,
    price,
    unconfirmed: candidate.uncertain === true,
    listPrice: convert(candidate.listPrice),
    shipping,
    total: shipping && addMoney(price, shipping),
    checkedAt,
  };
}
