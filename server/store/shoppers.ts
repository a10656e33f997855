import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import { toEvent } from './event-rows.ts';
import { uncountPairs } from './popularity.ts';
import type { ShopperRemains, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

/** Events of one export page, and rows of one transaction of a deletion: others write in between. */
const BATCH_ROWS = 1000;

export function shopperStore(
  database: Database<StoreTables>,
  deleted: DeletedShoppers,
  links: Store['links'],
): Store['shoppers'] {
  const { read, write } = database;

  /** Repeats a transaction that deletes up to a batch of rows until there are none left. @returns rows deleted in all. */
  const inBatches = async (
    deleteBatch: (transaction: Transaction<StoreTables>) => Promise<number>,
    onDeleted: (rows: number) => void = () => {},
  ): Promise<number> => {
    let total = 0;
    for (;;) {
      const rows = await write(deleteBatch);
      if (rows === 0) return total;
      total += rows;
      onDeleted(total);
    }
  };

  return {
    async *events(userId, { batchSize = BATCH_ROWS } = {}) {
      let last: Selectable<StoreTables['events']> | undefined;
      do {
        const after = last;
        const rows = await read
          .selectFrom('events')
          .selectAll()
          .where('user_id', '=', userId)
          .$if(after !== undefined, (events) =>
            events.where(({ eb, refTuple, tuple }) =>
              eb(refTuple('occurred_at', 'seq'), '>', tuple(after?.occurred_at ?? 0, after?.seq ?? 0)),
            ),
          )
          .orderBy('occurred_at')
          .orderBy('seq')
          .limit(batchSize)
          .execute();
        last = rows.at(-1);
        if (rows.length > 0) yield rows.map(toEvent);
      } while (last !== undefined);
    },

    async device(userId) {
      const row = await read.selectFrom('devices').selectAll().where('user_id', '=', userId).executeTakeFirst();
      if (row === undefined) return null;
      return { userId, addressGroup: row.address_group, createdAt: new Date(row.created_at) };
    },

    async countEvents(userId) {
      const row = await read
        .selectFrom('event_users')
        .select('events')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row?.events ?? 0;
    },

    deletedAmong: (userIds) => deleted.among(read, userIds),

    async remove(userId, { at, onProgress }): Promise<ShopperRemains> {
      const nEvents = await this.countEvents(userId);
      // First of all: what arrives from now on is refused, so that the end of the deletion is its end.
      const linked = await links.ofShopper(userId);
      const ids = new Set([userId, ...linked.map(({ deviceId }) => deviceId), ...(await links.earlierIds(userId))]);
      await write(async (transaction) => {
        for (const id of ids) await deleted.add(transaction, id, at.getTime());
      });
      const events = await inBatches(
        (transaction) => deleteEvents(transaction, userId),
        (done) => onProgress?.(done, Math.max(done, nEvents)),
      );
      await inBatches((transaction) => deletePairs(transaction, userId));
      const rest = await write((transaction) => deleteRest(transaction, userId));
      return { events, ...rest };
    },
  };
}

async function deleteEvents(transaction: Transaction<StoreTables>, userId: string): Promise<number> {
  const batch = transaction.selectFrom('events').select('seq').where('user_id', '=', userId).limit(BATCH_ROWS);
  const { numDeletedRows } = await transaction.deleteFrom('events').where('seq', 'in', batch).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Takes the shopper out of the popularity of the items that they had events on. */
async function deletePairs(transaction: Transaction<StoreTables>, userId: string): Promise<number> {
  const rows = await transaction
    .selectFrom('event_pairs')
    .select(['item_id', 'address_group'])
    .where('user_id', '=', userId)
    .orderBy('item_id')
    .limit(BATCH_ROWS)
    .execute();
  const items = rows.map((row) => row.item_id);
  if (items.length === 0) return 0;
  await transaction.deleteFrom('event_pairs').where('user_id', '=', userId).where('item_id', 'in', items).execute();
  await uncountPairs(transaction, rows);
  return items.length;
}

async function deleteRest(
  transaction: Transaction<StoreTables>,
  userId: string,
): Promise<Pick<ShopperRemains, 'watches' | 'devices'>> {
  const rowsOf = async (
    table: 'watches' | 'watch_changes' | 'devices' | 'event_users' | 'public_shoppers',
  ): Promise<number> => {
    const { numDeletedRows } = await transaction
      .deleteFrom(table)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  };
  await rowsOf('event_users');
  await rowsOf('public_shoppers');
  await rowsOf('watch_changes');
  return { watches: await rowsOf('watches'), devices: await rowsOf('devices') };
}
