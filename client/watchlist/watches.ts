import { queryOptions } from '@tanstack/react-query';
import type { Product } from '../../shared/api/products.ts';
import { CURRENCY } from '../comparison/currency.ts';
import { database } from '../offline/database.ts';
import { recordWatch } from '../offline/record.ts';
import type { Watch } from '../offline/schema.ts';

/** Newest first. */
export const watchesQuery = queryOptions({
  queryKey: ['watches'],
  queryFn: async (): Promise<Watch[]> =>
    (await (await database()).getAll('watches'))
      .filter(({ is_watched }) => is_watched)
      .sort((a, b) => (a.added_at < b.added_at ? 1 : -1)),
  staleTime: Number.POSITIVE_INFINITY,
});

export async function watch(product: Product): Promise<void> {
  await recordWatch(cardOf(product), true, CURRENCY);
  // Asks the browser not to evict the watchlist. Some browsers ask the shopper, others decide by how much the site is used.
  await navigator.storage?.persist?.();
}

export async function unwatch(product: Product): Promise<void> {
  await recordWatch(cardOf(product), false, CURRENCY);
}

/** What the watchlist shows of a product, which may come with more. */
function cardOf({ product_id, title, brand, category, description, gtin, image, list_price }: Product): Product {
  return { product_id, title, brand, category, description, gtin, image, list_price };
}
