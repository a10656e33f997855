import type { Database } from '../database/database.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import type { Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function deviceStore({ read, write }: Database<StoreTables>, deleted: DeletedShoppers): Store['devices'] {
  return {
    async add({ userId, addressGroup, createdAt }) {
      return write(async (transaction) => {
        if ((await deleted.among(transaction, [userId])).size > 0) return false;
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('devices')
          .values({ user_id: userId, address_group: addressGroup, created_at: createdAt.getTime() })
          .onConflict((conflict) => conflict.column('user_id').doNothing())
          .executeTakeFirstOrThrow();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      });
    },

    async has(userId) {
      const row = await read.selectFrom('devices').select('user_id').where('user_id', '=', userId).executeTakeFirst();
      return row !== undefined;
    },
  };
}
