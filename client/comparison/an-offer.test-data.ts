import type { ComparedOffer, Comparison } from '../../shared/api/comparison.ts';

/** An offer with defaults and free shipping, for tests. */
export function anOffer(shop: string, total: string, more: Partial<ComparedOffer> = {}): ComparedOffer {
  const money = { amount: total, currency: 'EUR' };
  return {
    shop,
    shop_name: shop.toUpperCase(),
    title: 'Kettle',
    url: `https://${shop}.example/kettle/${total}`,
    image: null,
    price: money,
    unconfirmed: false,
    original_price: null,
    list_price: null,
    shipping: { amount: '0.00', currency: 'EUR' },
    total: money,
    unit_price: null,
    availability: null,
    condition: null,
    brand: null,
    gtin: null,
    sku: null,
    product_id: null,
    checked_at: '2026-11-22T12:00:00Z',
    ...more,
  };
}

export function aComparison(offers: ComparedOffer[], more: Partial<Comparison> = {}): Comparison {
  return {
    query: 'kettle',
    recognised: null,
    currency: 'EUR',
    cache: 'miss',
    complete: true,
    best: null,
    offers,
    failures: [],
    next_step: null,
    shops_asked: 2,
    checked_at: '2026-11-22T12:00:00Z',
    rates_date: null,
    ...more,
  };
}
