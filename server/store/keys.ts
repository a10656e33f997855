import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { ApiKeyRecord, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function keyStore({ read, write }: Database<StoreTables>): Store['keys'] {
  return {
    async add(key) {
      await write((transaction) =>
        transaction
          .insertInto('api_keys')
          .values({
            id: key.id,
            name: key.name,
            hash: key.hash,
            scopes: JSON.stringify(key.scopes),
            created_at: key.createdAt.getTime(),
            revoked_at: key.revokedAt?.getTime() ?? null,
            expires_at: key.expiresAt?.getTime() ?? null,
            last_used_at: null,
          })
          .execute(),
      );
    },

    async findByHash(hash) {
      const row = await read.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : toKey(row);
    },

    async recordUse(id, at) {
      await write((transaction) =>
        transaction.updateTable('api_keys').set({ last_used_at: at.getTime() }).where('id', '=', id).execute(),
      );
    },

    async list() {
      const rows = await read.selectFrom('api_keys').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
      return rows.map(toKey);
    },

    async revoke(id) {
      const { numUpdatedRows } = await write((transaction) =>
        transaction
          .updateTable('api_keys')
          .set({ revoked_at: Date.now() })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows > 0n;
    },
  };
}

function toKey(row: Selectable<StoreTables['api_keys']>): ApiKeyRecord {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    scopes: JSON.parse(row.scopes),
    createdAt: new Date(row.created_at),
    revokedAt: dateOf(row.revoked_at),
    expiresAt: dateOf(row.expires_at),
    lastUsedAt: dateOf(row.last_used_at),
  };
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
