import type { Transaction } from 'kysely';
import { type Database, statementsOf } from '../database/database.ts';
import { StoreUnavailableError } from '../unavailable-error.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import { toEvent, toRow } from './event-rows.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { countNewPairs } from './popularity.ts';
import { currentIds } from './shopper-aliases.ts';
import type { EventOutcome, EventRecord, Store } from './store.ts';
import type { StoreTables } from './tables.ts';
import { tally } from './tally.ts';

const SCAN_BATCH_SIZE = 10_000;

export function eventStore({ read, write }: Database<StoreTables>, deleted: DeletedShoppers): Store['events'] {
  const latestPosition = async (): Promise<number> => {
    const { end } = await read
      .selectFrom('events')
      .select((columns) => columns.fn.max<number | null>('seq').as('end'))
      .executeTakeFirstOrThrow();
    return end ?? 0;
  };
  // By their ids they may be written twice: those that were kept already are duplicates then, and count no second time.
  const appends = new GroupedWrites<NewEvent, EventOutcome>({
    write: (added) => write((transaction) => appendAll(transaction, added, deleted), { idempotent: true }),
    isOutage: (error) => error instanceof StoreUnavailableError,
  });
  // Compiled once: it is asked for each recommendation, and to compile it takes longer than to read the row.
  const countQuery = read.selectFrom('event_users').select('events').where('user_id', '=', '').compile();
  const newestFirst = (userId: string) =>
    read
      .selectFrom('events')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('occurred_at', 'desc')
      .orderBy('seq', 'desc');
  return {
    append(events, { addressGroup = null } = {}) {
      if (events.length === 0) return Promise.resolve([]);
      return appends.add(events.map((event) => ({ event, addressGroup })));
    },

    async countOfUser(userId) {
      const { rows } = await read.executeQuery<{ events: number }>({ ...countQuery, parameters: [userId] });
      return rows[0]?.events ?? 0;
    },

    async ofUser(userId, limit) {
      const rows = await newestFirst(userId)
        .$if(limit !== undefined, (events) => events.limit(limit ?? 0))
        .execute();
      return rows.map(toEvent);
    },

    async ofUserAfter(userId, eventId, limit) {
      const last = await read
        .selectFrom('events')
        .select(['occurred_at', 'seq'])
        .where('id', '=', eventId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      if (last === undefined) return null;
      const rows = await newestFirst(userId)
        .where(({ eb, and, or }) =>
          or([
            eb('occurred_at', '<', last.occurred_at),
            and([eb('occurred_at', '=', last.occurred_at), eb('seq', '<', last.seq)]),
          ]),
        )
        .limit(limit)
        .execute();
      return rows.map(toEvent);
    },

    async *scan({ batchSize = SCAN_BATCH_SIZE, upTo } = {}) {
      const end = upTo ?? (await latestPosition());
      // Page by page rather than with one cursor: between pages others use the connection.
      for (let seq = 0; seq < end; ) {
        const rows = await read
          .selectFrom('events')
          .selectAll()
          .where('seq', '>', seq)
          .where('seq', '<=', end)
          .orderBy('seq')
          .limit(batchSize)
          .execute();
        const last = rows.at(-1);
        if (last === undefined) return;
        seq = last.seq;
        yield rows.map(toEvent);
      }
    },

    latestPosition,

    async count() {
      const { users, events } = await read
        .selectFrom('event_users')
        // Over no rows at all, SUM is null.
        .select(({ fn, cast, val }) => [
          fn.countAll<number>().as('users'),
          cast<number>(fn.coalesce(fn.sum('events'), val(0)), 'bigint').as('events'),
        ])
        .executeTakeFirstOrThrow();
      const { items } = await read
        .selectFrom('item_popularity')
        .select((columns) => columns.fn.countAll<number>().as('items'))
        .executeTakeFirstOrThrow();
      return { events, users, items };
    },

    async knownItems(itemIds) {
      if (itemIds.length === 0) return new Set();
      const rows = await read
        .selectFrom('products')
        .select('id')
        .where('id', 'in', itemIds)
        .union(read.selectFrom('item_popularity').select('item_id as id').where('item_id', 'in', itemIds))
        .execute();
      return new Set(rows.map(({ id }) => id));
    },

    async popular(limit, { productsOnly = false } = {}) {
      const rows = await read
        .selectFrom('item_popularity')
        .select(['item_id', 'weight'])
        .$if(productsOnly, (items) =>
          items.where('item_id', 'in', (columns) => columns.selectFrom('products').select('id')),
        )
        .orderBy('weight', 'desc')
        .orderBy('item_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ itemId: row.item_id, weight: row.weight }));
    },
  };
}

interface NewEvent {
  event: EventRecord;
  /** Whose pairs count up to a cap in what is popular; null: in full. */
  addressGroup: string | null;
}

async function appendAll(
  transaction: Transaction<StoreTables>,
  added: readonly NewEvent[],
  deleted: DeletedShoppers,
): Promise<EventOutcome[]> {
  const userIds = new Set(added.map(({ event }) => event.userId));
  const gone = await deleted.among(transaction, userIds);
  const current = await currentIds(transaction, userIds);
  const underCurrentId = (each: NewEvent): NewEvent => {
    const userId = current.get(each.event.userId);
    return userId === undefined ? each : { ...each, event: { ...each.event, userId } };
  };
  const welcome = gone.size === 0 ? added : added.filter(({ event }) => !gone.has(event.userId));
  const inserted = await insertNew(
    transaction,
    welcome.map((each) => underCurrentId(each).event),
  );
  const accepted: NewEvent[] = [];
  const outcomes = added.map((each): EventOutcome => {
    if (gone.has(each.event.userId)) return 'deleted';
    // Only the first event of an id is new, within one group too.
    if (!inserted.delete(each.event.id)) return 'duplicate';
    accepted.push(underCurrentId(each));
    return 'accepted';
  });
  await countUsers(
    transaction,
    accepted.map(({ event }) => event),
  );
  for (const [addressGroup, ofGroup] of Map.groupBy(accepted, (each) => each.addressGroup)) {
    const events = ofGroup.map(({ event }) => event);
    await countNewPairs(transaction, events, addressGroup);
  }
  return outcomes;
}

/** Ids of the events that were not there yet. */
async function insertNew(transaction: Transaction<StoreTables>, events: readonly EventRecord[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const chunk of statementsOf(events)) {
    const inserted = await transaction
      .insertInto('events')
      .values(chunk.map(toRow))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    for (const { id } of inserted) ids.add(id);
  }
  return ids;
}

async function countUsers(transaction: Transaction<StoreTables>, events: readonly EventRecord[]): Promise<void> {
  const rows = tally(events.map((event) => event.userId)).map(([userId, count]) => ({
    user_id: userId,
    events: count,
  }));
  for (const chunk of statementsOf(rows)) {
    await transaction
      .insertInto('event_users')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .column('user_id')
          .doUpdateSet((columns) => ({ events: columns('event_users.events', '+', columns.ref('excluded.events')) })),
      )
      .execute();
  }
}
