import type { Selectable } from 'kysely';
import { visibleLine } from '../../shared/text/visible-text.ts';
import { type Database, statementsOf } from '../database/database.ts';
import { toMoney } from './money-columns.ts';
import type { OfferRecord, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

type OfferRow = Selectable<StoreTables['offers']>;

export function offerStore({ read, write }: Database<StoreTables>): Store['offers'] {
  return {
    async upsert(offers) {
      // The last one of a shop and URL counts: one statement may not touch a row twice.
      const rows = [
        ...new Map(offers.map((offer) => [JSON.stringify([offer.shop, offer.url]), toRow(offer)])).values(),
      ];
      if (rows.length === 0) return;
      await write(async (transaction) => {
        for (const chunk of statementsOf(rows)) {
          await transaction
            .insertInto('offers')
            .values(chunk)
            .onConflict((conflict) =>
              conflict.columns(['shop', 'url']).doUpdateSet((columns) => ({
                product_id: columns.ref('excluded.product_id'),
                title: columns.ref('excluded.title'),
                price_minor: columns.ref('excluded.price_minor'),
                price_currency: columns.ref('excluded.price_currency'),
                shipping_minor: columns.ref('excluded.shipping_minor'),
                shipping_currency: columns.ref('excluded.shipping_currency'),
                availability: columns.ref('excluded.availability'),
                checked_at: columns.ref('excluded.checked_at'),
              })),
            )
            .execute();
        }
      });
    },

    async ofProduct(productId) {
      const rows = await read
        .selectFrom('offers')
        .selectAll()
        .where('product_id', '=', productId)
        .orderBy('shop')
        .orderBy('url')
        .execute();
      return rows.map(toOffer);
    },

    async find(shop, url) {
      const row = await read
        .selectFrom('offers')
        .selectAll()
        .where('shop', '=', shop)
        .where('url', '=', url)
        .executeTakeFirst();
      return row === undefined ? null : toOffer(row);
    },
  };
}

function toRow(offer: OfferRecord): OfferRow {
  return {
    shop: offer.shop,
    url: offer.url,
    product_id: offer.productId,
    title: offer.title,
    price_minor: offer.price.minor,
    price_currency: offer.price.currency,
    shipping_minor: offer.shipping?.minor ?? null,
    shipping_currency: offer.shipping?.currency ?? null,
    availability: offer.availability,
    checked_at: offer.checkedAt.getTime(),
  };
}

function toOffer(row: OfferRow): OfferRecord {
  return {
    shop: row.shop,
    url: row.url,
    productId: row.product_id,
    title: visibleLine(row.title),
    price: { minor: row.price_minor, currency: row.price_currency },
    shipping: toMoney(row.shipping_minor, row.shipping_currency),
    availability: row.availability,
    checkedAt: new Date(row.checked_at),
  };
}
