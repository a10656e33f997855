import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import { toEvent } from './event-rows.ts';
import { currentIds } from './shopper-aliases.ts';
import type { EventPlace, Store, WatchChangeOutcome, WatchChangeRecord } from './store.ts';
import type { StoreTables } from './tables.ts';
import { applyChange, toChange } from './watch-changes.ts';

export function changeStore({ read, write }: Database<StoreTables>, deleted: DeletedShoppers): Store['changes'] {
  /**
   * Whether the shopper's events up to a place are those that they were. They are more when another shopper has joined, or
   * when on Postgres a transaction has ended after one that took later numbers.
   */
  const isAsItWas = async (userId: string, { seq, eventId, nEvents }: EventPlace): Promise<boolean> => {
    const ofUser = read.selectFrom('events').where('user_id', '=', userId);
    const last = await ofUser.select('id').where('seq', '=', seq).executeTakeFirst();
    if (last?.id !== eventId) return false;
    const before = await ofUser
      .select((columns) => columns.fn.countAll<number>().as('events'))
      .where('seq', '<=', seq)
      .executeTakeFirstOrThrow();
    return before.events === nEvents;
  };

  return {
    async events(userId, { after, limit }) {
      const start = after !== null && (await isAsItWas(userId, after)) ? after : null;
      const rows = await read
        .selectFrom('events')
        .selectAll()
        .where('user_id', '=', userId)
        .where('seq', '>', start?.seq ?? 0)
        .orderBy('seq')
        .limit(limit + 1)
        .execute();
      const more = rows.length > limit;
      if (more) rows.pop();
      const last = rows.at(-1);
      const place =
        last === undefined ? start : { seq: last.seq, eventId: last.id, nEvents: (start?.nEvents ?? 0) + rows.length };
      return { fromStart: start === null, events: rows.map(toEvent), place, more };
    },

    async watches(userId) {
      const rows = await read
        .selectFrom('watch_changes')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('product_id')
        .execute();
      return rows.map(toChange);
    },

    async applyToWatches(changes) {
      // In one order, so that two writers do not wait for each other.
      const inOrder = [...changes].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
      const outcomeOf = await write(
        async (transaction) => {
          const userIds = new Set(changes.map(({ userId }) => userId));
          const gone = await deleted.among(transaction, userIds);
          const current = await currentIds(transaction, userIds);
          const outcomes = new Map<WatchChangeRecord, WatchChangeOutcome>();
          for (const change of inOrder) {
            const { userId } = change;
            const mine = { ...change, userId: current.get(userId) ?? userId };
            outcomes.set(change, gone.has(userId) ? 'deleted' : await applyChange(transaction, mine));
          }
          return outcomes;
        },
        { idempotent: true },
      );
      return changes.map((change) => outcomeOf.get(change)!);
    },

    async epoch() {
      return (await read.selectFrom('store_epoch').select('epoch').executeTakeFirstOrThrow()).epoch;
    },

    async beginEpoch() {
      await write((transaction) => transaction.updateTable('store_epoch').set({ epoch: randomUUID() }).execute());
    },
  };
}

function orderOf({ userId, productId, changedAt }: WatchChangeRecord): string {
  return JSON.stringify([userId, productId, changedAt]);
}
