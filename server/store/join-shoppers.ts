import type { Selectable, Transaction } from 'kysely';
import { statementsOf } from '../database/database.ts';
import { uncountPairs } from './popularity.ts';
import type { StoreTables } from './tables.ts';
import { moveChanges } from './watch-changes.ts';

type WatchRow = Selectable<StoreTables['watches']>;

/**
 * Gives one shopper all that is kept of another: events, watches, devices, and what is counted from them. The other id
 * stands for the first from then on.
 *
 * An item that both had events on was counted for two users in what is popular, and counts for one afterwards.
 */
export async function joinShoppers(
  transaction: Transaction<StoreTables>,
  { from, into }: { from: string; into: string },
): Promise<void> {
  await moveEvents(transaction, from, into);
  await movePairs(transaction, from, into);
  await moveWatches(transaction, from, into);
  await moveChanges(transaction, from, into);
  await moveDevices(transaction, from, into);
  for (const table of ['device_links', 'link_codes', 'shopper_aliases'] as const) {
    await transaction.updateTable(table).set({ shopper_id: into }).where('shopper_id', '=', from).execute();
  }
  await transaction.insertInto('shopper_aliases').values({ user_id: from, shopper_id: into }).execute();
}

async function moveEvents(transaction: Transaction<StoreTables>, from: string, into: string): Promise<void> {
  await transaction.updateTable('events').set({ user_id: into }).where('user_id', '=', from).execute();
  const counted = await transaction
    .deleteFrom('event_users')
    .where('user_id', '=', from)
    .returning('events')
    .executeTakeFirst();
  if (counted === undefined) return;
  await transaction
    .insertInto('event_users')
    .values({ user_id: into, events: counted.events })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet((columns) => ({ events: columns('event_users.events', '+', columns.ref('excluded.events')) })),
    )
    .execute();
}

async function movePairs(transaction: Transaction<StoreTables>, from: string, into: string): Promise<void> {
  const inBoth = await transaction
    .deleteFrom('event_pairs')
    .where('user_id', '=', from)
    .where('item_id', 'in', (columns) =>
      columns.selectFrom('event_pairs as other').select('other.item_id').where('other.user_id', '=', into),
    )
    .returning(['item_id', 'address_group'])
    .execute();
  const sorted = inBoth.sort((a, b) => (a.item_id < b.item_id ? -1 : 1));
  for (const chunk of statementsOf(sorted)) await uncountPairs(transaction, chunk);
  await transaction.updateTable('event_pairs').set({ user_id: into }).where('user_id', '=', from).execute();
}

/** What both watch is watched once: since the earlier of the two, with the lower of the lowest totals. */
async function moveWatches(transaction: Transaction<StoreTables>, from: string, into: string): Promise<void> {
  const rows = await transaction.selectFrom('watches').selectAll().where('user_id', 'in', [from, into]).execute();
  for (const twins of Map.groupBy(rows, subjectOf).values()) {
    const kept = twins.find((watch) => watch.user_id === into);
    const joining = twins.find((watch) => watch.user_id === from);
    if (joining === undefined || kept === undefined) continue;
    await transaction.deleteFrom('watches').where('id', '=', joining.id).execute();
    await transaction.updateTable('watches').set(mergedWatch(kept, joining)).where('id', '=', kept.id).execute();
  }
  await transaction.updateTable('watches').set({ user_id: into }).where('user_id', '=', from).execute();
}

function subjectOf({ kind, subject, currency }: WatchRow): string {
  return JSON.stringify([kind, subject, currency]);
}

function mergedWatch(kept: WatchRow, joining: WatchRow): Partial<WatchRow> {
  const hasLower =
    joining.lowest_minor !== null && joining.lowest_minor < (kept.lowest_minor ?? Number.POSITIVE_INFINITY);
  const lowest = hasLower ? joining : kept;
  return {
    target_minor: kept.target_minor ?? joining.target_minor,
    created_at: Math.min(kept.created_at, joining.created_at),
    lowest_minor: lowest.lowest_minor,
    lowest_at: lowest.lowest_at,
  };
}

/** That the shopper is a device's stays known, from the earliest that wrote. */
async function moveDevices(transaction: Transaction<StoreTables>, from: string, into: string): Promise<void> {
  const device = await transaction.deleteFrom('devices').where('user_id', '=', from).returningAll().executeTakeFirst();
  if (device === undefined) return;
  await transaction
    .insertInto('devices')
    .values({ ...device, user_id: into })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
}
