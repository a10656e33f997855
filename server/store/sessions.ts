import type { Database } from '../database/database.ts';
import type { Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function sessionStore({ read, write }: Database<StoreTables>): Store['sessions'] {
  return {
    async add({ hash, createdAt, expiresAt }) {
      await write(async (transaction) => {
        await transaction.deleteFrom('sessions').where('expires_at', '<=', createdAt.getTime()).execute();
        await transaction
          .insertInto('sessions')
          .values({ hash, created_at: createdAt.getTime(), expires_at: expiresAt.getTime() })
          .execute();
      });
    },

    async find(hash) {
      const row = await read.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (row === undefined) return null;
      return { hash, createdAt: new Date(row.created_at), expiresAt: new Date(row.expires_at) };
    },

    async remove(hash) {
      await write((transaction) => transaction.deleteFrom('sessions').where('hash', '=', hash).execute());
    },
  };
}
