import type { Comparison } from '../../shared/api/comparison.ts';
import type { ComparisonRequest } from './comparison-request.ts';
import { unknownShop } from './recognise-product.ts';
import { failureReason } from './shop-failure.ts';

/** The answer where the page that was to be compared could not be read: no shop has been asked. */
export function unrecognised(request: ComparisonRequest, address: string, error: unknown, atMs: number): Comparison {
  const { id, name } = unknownShop(address).declaration;
  return {
    query: request.query,
    recognised: null,
    currency: request.currency,
    ship_to: request.shipTo,
    cache: 'miss',
    complete: true,
    best: null,
    offers: [],
    failures: [{ shop: id, shop_name: name, ...failureReason(error) }],
    next_step: 'The page of that address could not be read, so no shop was asked: compare by the name of the product.',
    shops_asked: 0,
    checked_at: new Date(atMs).toISOString(),
    rates_date: null,
  };
}
