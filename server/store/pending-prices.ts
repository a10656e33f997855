import type { Database } from '../database/database.ts';
import { toObservation, toObservationRow } from './prices.ts';
import type { Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function pendingPriceStore({ read, write }: Database<StoreTables>): Store['pendingPrices'] {
  return {
    async of(shop, urls) {
      if (urls.length === 0) return [];
      const rows = await read
        .selectFrom('pending_prices')
        .selectAll()
        .where('shop', '=', shop)
        .where('url', 'in', urls)
        .execute();
      return rows.map(toObservation);
    },

    async put(observation) {
      const row = toObservationRow(observation);
      await write((transaction) =>
        transaction
          .insertInto('pending_prices')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['shop', 'url']).doUpdateSet((columns) => ({
              price_minor: columns.ref('excluded.price_minor'),
              price_currency: columns.ref('excluded.price_currency'),
              availability: columns.ref('excluded.availability'),
              observed_at: columns.ref('excluded.observed_at'),
            })),
          )
          .execute(),
      );
    },

    async remove(shop, url) {
      await write((transaction) =>
        transaction.deleteFrom('pending_prices').where('shop', '=', shop).where('url', '=', url).execute(),
      );
    },
  };
}
