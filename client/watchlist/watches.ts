import { queryOptions } from '@tanstack/react-query';
import type { Product } from '../../shared/api/products.ts';
import { announceChange } from '../offline/changes.ts';
import { database, type Watch } from '../offline/database.ts';

/** Newest first. Kept on this device only. */
export const watchesQuery = queryOptions({
  queryKey: ['watches'],
  queryFn: async (): Promise<Watch[]> =>
    (await (await database()).getAll('watches')).sort((a, b) => (a.added_at < b.added_at ? 1 : -1)),
  staleTime: Number.POSITIVE_INFINITY,
});

export async function watch({ product_id, title, brand, category, description, gtin, image, list_price }: Product) {
  const product = { product_id, title, brand, category, description, gtin, image, list_price };
  await (await database()).put('watches', { product_id, product, added_at: new Date().toISOString() });
  announceChange('watches');
  // Asks the browser not to evict the watchlist. Some browsers ask the shopper, others decide by how much the site is used.
  await navigator.storage?.persist?.();
}

export async function unwatch(productId: string): Promise<void> {
  await (await database()).delete('watches', productId);
  announceChange('watches');
}
