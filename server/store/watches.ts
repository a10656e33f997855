import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import { toMoney } from './money-columns.ts';
import { currentIds } from './shopper-aliases.ts';
import { DeletedShopperError, type Store, type WatchRecord } from './store.ts';
import type { StoreTables } from './tables.ts';
import { noteChange } from './watch-changes.ts';

type WatchRow = Selectable<StoreTables['watches']>;

export function watchStore({ read, write }: Database<StoreTables>, deleted: DeletedShoppers): Store['watches'] {
  return {
    async put(watch) {
      const row = await write(async (transaction) => {
        const gone = await deleted.among(transaction, [watch.userId]);
        if (gone.size > 0) throw new DeletedShopperError();
        const current = await currentIds(transaction, [watch.userId]);
        const userId = current.get(watch.userId) ?? watch.userId;
        if (watch.kind === 'product') {
          const { subject: productId, currency, createdAt: at } = watch;
          await noteChange(transaction, { userId, productId, isWatched: true, currency, at });
        }
        return transaction
          .insertInto('watches')
          .values(toRow({ ...watch, userId }))
          .onConflict((conflict) =>
            conflict
              .columns(['user_id', 'kind', 'subject', 'currency'])
              .doUpdateSet((columns) => ({ target_minor: columns.ref('excluded.target_minor') })),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return toWatch(row);
    },

    async get(id) {
      const row = await read.selectFrom('watches').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toWatch(row);
    },

    async ofUser(userId) {
      const rows = await read
        .selectFrom('watches')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(toWatch);
    },

    async remove(id, at) {
      return write(async (transaction) => {
        const removed = await transaction.deleteFrom('watches').where('id', '=', id).returningAll().executeTakeFirst();
        if (removed?.kind === 'product') await noteRemoval(transaction, removed, at);
        return removed !== undefined;
      });
    },

    async due(now, limit, latest) {
      return read
        .selectFrom('watches')
        .select(['kind', 'subject', 'currency'])
        .where(({ eb, or }) =>
          or([
            eb('next_check_at', '<=', now.getTime()),
            ...(latest === undefined ? [] : [eb('next_check_at', '>', latest.getTime())]),
          ]),
        )
        .groupBy(['kind', 'subject', 'currency'])
        .orderBy((columns) => columns.fn.min('next_check_at'))
        .orderBy('subject')
        .limit(limit)
        .execute();
    },

    async onSubject({ kind, subject, currency }) {
      const rows = await read
        .selectFrom('watches')
        .selectAll()
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('currency', '=', currency)
        .orderBy('id')
        .execute();
      return rows.map(toWatch);
    },

    async recordChecks(watches) {
      await write(async (transaction) => {
        for (const watch of watches) {
          const { id, user_id, kind, subject, currency, target_minor, created_at, ...check } = toRow(watch);
          await transaction.updateTable('watches').set(check).where('id', '=', id).execute();
        }
      });
    },
  };
}

/** Unless the product is still watched in another currency. */
async function noteRemoval(transaction: Transaction<StoreTables>, removed: WatchRow, at: Date): Promise<void> {
  const { user_id: userId, kind, subject: productId, currency } = removed;
  const other = await transaction
    .selectFrom('watches')
    .select('id')
    .where(({ and }) => and({ user_id: userId, kind, subject: productId }))
    .executeTakeFirst();
  if (other === undefined) await noteChange(transaction, { userId, productId, isWatched: false, currency, at });
}

function toRow(watch: WatchRecord): WatchRow {
  return {
    id: watch.id,
    user_id: watch.userId,
    kind: watch.kind,
    subject: watch.subject,
    currency: watch.currency,
    target_minor: watch.target?.minor ?? null,
    created_at: watch.createdAt.getTime(),
    next_check_at: watch.nextCheckAt.getTime(),
    checked_at: watch.checkedAt?.getTime() ?? null,
    last_minor: watch.last?.total.minor ?? null,
    last_shop: watch.last?.shop ?? null,
    last_url: watch.last?.url ?? null,
    lowest_minor: watch.lowest?.total.minor ?? null,
    lowest_at: watch.lowest?.observedAt.getTime() ?? null,
    triggered_at: watch.triggeredAt?.getTime() ?? null,
  };
}

function toWatch(row: WatchRow): WatchRecord {
  const { currency } = row;
  const dateOrNull = (ms: number | null) => (ms === null ? null : new Date(ms));
  const last = toMoney(row.last_minor, currency);
  const lowest = toMoney(row.lowest_minor, currency);
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    subject: row.subject,
    currency,
    target: toMoney(row.target_minor, currency),
    createdAt: new Date(row.created_at),
    nextCheckAt: new Date(row.next_check_at),
    checkedAt: dateOrNull(row.checked_at),
    last: last === null ? null : { total: last, shop: row.last_shop ?? '', url: row.last_url ?? '' },
    lowest: lowest === null ? null : { total: lowest, observedAt: new Date(row.lowest_at ?? 0) },
    triggeredAt: dateOrNull(row.triggered_at),
  };
}
