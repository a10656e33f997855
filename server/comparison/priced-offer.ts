import type { ComparedOffer } from '../../shared/api/comparison.ts';
import type { RateTable } from '../../shared/prices/money/currency/rates.ts';
import { addMoney, type Money, toWireMoney } from '../../shared/prices/money/money.ts';
import { unitPrice } from '../../shared/prices/money/unit-price/unit-price.ts';
import type { ShopDeclaration } from '../shops/declaration.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import { type ShippingDeclaration, shippingOf } from './shipping.ts';

/** What of a shop an offer needs: a declared shop, or one that is known by a page alone. */
export interface OfferingShop {
  readonly declaration: Pick<ShopDeclaration, 'id' | 'name'> & ShippingDeclaration;
}

/** A shop's offer in the currency that was asked for. */
export interface PricedOffer {
  shop: OfferingShop;
  candidate: CandidateOffer;
  price: Money;
  /** The price has jumped beyond reason, and waits for a second look. */
  unconfirmed: boolean;
  listPrice: Money | null;
  /** null: not told. */
  shipping: Money | null;
  total: Money;
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
    unconfirmed: false,
    listPrice: convert(candidate.listPrice),
    shipping,
    total: totalOf(price, shipping),
    checkedAt,
  };
}

/** What the buyer pays as far as it is known: the price alone where shipping is not told. */
function totalOf(price: Money, shipping: Money | null): Money {
  return shipping === null ? price : addMoney(price, shipping);
}

export function toWireOffer(offer: PricedOffer, productId: string | null): ComparedOffer {
  const { candidate, shop, price } = offer;
  const converted = candidate.price.currency !== price.currency;
  return {
    shop: shop.declaration.id,
    shop_name: shop.declaration.name,
    title: candidate.title,
    url: candidate.url,
    image: candidate.image,
    price: toWireMoney(price),
    unconfirmed: offer.unconfirmed,
    original_price: converted ? toWireMoney(candidate.price) : null,
    list_price: offer.listPrice === null ? null : toWireMoney(offer.listPrice),
    shipping: offer.shipping === null ? null : toWireMoney(offer.shipping),
    total: toWireMoney(offer.total),
    unit_price: unitPrice(candidate.title, price),
    availability: candidate.availability,
    condition: candidate.condition,
    brand: candidate.brand,
    gtin: candidate.gtin,
    sku: candidate.sku,
    product_id: productId,
    checked_at: offer.checkedAt,
  };
}
