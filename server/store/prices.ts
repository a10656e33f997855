import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { PriceObservation, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

/** A price that stays is noted again after so long, so that the history tells "still so" from "not looked at". */
const REPEAT_AFTER_MS = 24 * 60 * 60 * 1_000;

type ObservationRow = Selectable<StoreTables['price_observations']>;

export function priceStore({ read, write }: Database<StoreTables>): Store['prices'] {
  return {
    async record(observations) {
      if (observations.length === 0) return;
      await write(async (transaction) => {
        for (const observation of observations) {
          const row = toObservationRow(observation);
          if (!tellsNothingNew(row, await lastBefore(transaction, row))) {
            await transaction
              .insertInto('price_observations')
              .values(row)
              .onConflict((conflict) => conflict.columns(['shop', 'url', 'observed_at']).doNothing())
              .execute();
          }
        }
      });
    },

    async history(productId, since) {
      const rows = await read
        .selectFrom('price_observations as observed')
        .innerJoin('offers', (join) =>
          join.onRef('offers.shop', '=', 'observed.shop').onRef('offers.url', '=', 'observed.url'),
        )
        .selectAll('observed')
        .where('offers.product_id', '=', productId)
        .$if(since !== undefined, (rows) => rows.where('observed.observed_at', '>=', since?.getTime() ?? 0))
        .orderBy('observed.observed_at')
        .orderBy('observed.shop')
        .orderBy('observed.url')
        .execute();
      return rows.map(toObservation);
    },

    async ofOffers(shop, urls, since) {
      if (urls.length === 0) return [];
      const rows = await read
        .selectFrom('price_observations')
        .selectAll()
        .where('shop', '=', shop)
        .where('url', 'in', urls)
        .where('observed_at', '>=', since.getTime())
        .orderBy('observed_at')
        .orderBy('url')
        .execute();
      return rows.map(toObservation);
    },
  };
}

async function lastBefore(
  transaction: Transaction<StoreTables>,
  row: ObservationRow,
): Promise<ObservationRow | undefined> {
  return transaction
    .selectFrom('price_observations')
    .selectAll()
    .where('shop', '=', row.shop)
    .where('url', '=', row.url)
    .where('observed_at', '<=', row.observed_at)
    .orderBy('observed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function tellsNothingNew(row: ObservationRow, last: ObservationRow | undefined): boolean {
  return (
    last !== undefined &&
    last.price_minor === row.price_minor &&
    last.price_currency === row.price_currency &&
    last.availability === row.availability &&
    row.observed_at - last.observed_at <= REPEAT_AFTER_MS
  );
}

export function toObservationRow(observation: PriceObservation): ObservationRow {
  return {
    shop: observation.shop,
    url: observation.url,
    price_minor: observation.price.minor,
    price_currency: observation.price.currency,
    availability: observation.availability,
    observed_at: observation.observedAt.getTime(),
  };
}

export function toObservation(row: ObservationRow): PriceObservation {
  return {
    shop: row.shop,
    url: row.url,
    price: { minor: row.price_minor, currency: row.price_currency },
    availability: row.availability,
    observedAt: new Date(row.observed_at),
  };
}
