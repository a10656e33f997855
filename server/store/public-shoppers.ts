import { type Database, statementsOf } from '../database/database.ts';
import type { Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function publicShopperStore(
  { read, write }: Database<StoreTables>,
  events: Pick<Store['events'], 'scan'>,
): Store['publicShoppers'] {
  /** By length first, so that numbers without leading zeros come in their own order. */
  const inOrder = (direction: 'asc' | 'desc') =>
    read
      .selectFrom('public_shoppers')
      .select('user_id')
      .orderBy((columns) => columns.fn<number>('length', ['user_id']), direction)
      .orderBy('user_id', direction)
      .limit(1)
      .executeTakeFirst();
  return {
    async add(userIds, source) {
      const rows = [...new Set(userIds)].map((userId) => ({ user_id: userId, source }));
      if (rows.length === 0) return;
      await write(async (transaction) => {
        for (const chunk of statementsOf(rows)) {
          await transaction
            .insertInto('public_shoppers')
            .values(chunk)
            .onConflict((conflict) => conflict.column('user_id').doNothing())
            .execute();
        }
      });
    },

    async has(userId) {
      const row = await read
        .selectFrom('public_shoppers')
        .select('user_id')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async range() {
      const { count } = await read
        .selectFrom('public_shoppers')
        .select((columns) => columns.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      const [first, last] = [await inOrder('asc'), await inOrder('desc')];
      return first === undefined || last === undefined ? null : { count, first: first.user_id, last: last.user_id };
    },

    async *events(options = {}) {
      const rows = await read.selectFrom('public_shoppers').selectAll().execute();
      if (rows.length === 0) return;
      const sourceOf = new Map(rows.map((row) => [row.user_id, row.source]));
      // Filtered here rather than by the database, so that each batch costs the thread the same little time.
      for await (const batch of events.scan(options)) {
        yield batch.filter(({ userId, source }) => sourceOf.get(userId) === source);
      }
    },
  };
}
