import type { Transaction } from 'kysely';
import { statementsOf } from '../database/database.ts';
import type { EventRecord } from './store.ts';
import type { StoreTables } from './tables.ts';
import { tally } from './tally.ts';

/**
 * Users of one address group that count for an item: the people of a household. More of them are as likely one person
 * with many devices, which cost nothing to make up; many addresses do.
 */
export const MAX_WEIGHT_PER_ADDRESS = 3;

/** The column has no null, so that it is part of comparisons like any other value. */
const IN_FULL = '';

interface ItemCount {
  item_id: string;
  users: number;
  weight: number;
}

/**
 * Counts the (item, user) pairs that had no event before into what is popular:
 * weight = users that count in full + Σ over address groups of min(cap, users of the group).
 * @param addressGroup whose pairs count up to the cap; null: in full.
 */
export async function countNewPairs(
  transaction: Transaction<StoreTables>,
  events: readonly EventRecord[],
  addressGroup: string | null,
): Promise<void> {
  const newUsers = tally(await insertNewPairs(transaction, events, addressGroup ?? IN_FULL));
  if (addressGroup === null) {
    const counts = newUsers.map(([itemId, users]) => ({ item_id: itemId, users, weight: users }));
    await addCounts(transaction, counts);
  } else {
    await addCounts(transaction, await weigh(transaction, newUsers, addressGroup));
  }
}

/** Takes pairs of one user, which are gone, out of what is popular. */
export async function uncountPairs(
  transaction: Transaction<StoreTables>,
  pairs: readonly { item_id: string; address_group: string }[],
): Promise<void> {
  const weightless = new Set<string>();
  for (const [addressGroup, ofGroup] of Map.groupBy(pairs, (pair) => pair.address_group)) {
    if (addressGroup === IN_FULL) continue;
    const left = await transaction
      .updateTable('item_address_groups')
      .set(({ eb }) => ({ users: eb('users', '-', 1) }))
      .where('address_group', '=', addressGroup)
      .where(
        'item_id',
        'in',
        ofGroup.map((pair) => pair.item_id),
      )
      .returning(['item_id', 'users'])
      .execute();
    for (const { item_id, users } of left) if (users >= MAX_WEIGHT_PER_ADDRESS) weightless.add(item_id);
  }
  const items = pairs.map((pair) => pair.item_id);
  await transaction.deleteFrom('item_address_groups').where('item_id', 'in', items).where('users', '<=', 0).execute();
  for (const weight of [0, 1]) {
    const some = items.filter((itemId) => weightless.has(itemId) === (weight === 0));
    if (some.length === 0) continue;
    await transaction
      .updateTable('item_popularity')
      .set(({ eb }) => ({ users: eb('users', '-', 1), weight: eb('weight', '-', weight) }))
      .where('item_id', 'in', some)
      .execute();
  }
  await transaction.deleteFrom('item_popularity').where('item_id', 'in', items).where('users', '<=', 0).execute();
}

/** Items of the pairs that were not there yet, one per pair. */
async function insertNewPairs(
  transaction: Transaction<StoreTables>,
  events: readonly EventRecord[],
  addressGroup: string,
): Promise<string[]> {
  const usersOfItem = Map.groupBy(events, (event) => event.itemId);
  const pairs = [...usersOfItem].flatMap(([itemId, ofItem]) =>
    [...new Set(ofItem.map((event) => event.userId))].map((userId) => ({
      item_id: itemId,
      user_id: userId,
      address_group: addressGroup,
    })),
  );
  const items: string[] = [];
  for (const chunk of statementsOf(pairs)) {
    const inserted = await transaction
      .insertInto('event_pairs')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(['item_id', 'user_id']).doNothing())
      .returning('item_id')
      .execute();
    for (const row of inserted) items.push(row.item_id);
  }
  return items;
}

/** What an address group's new users add to the weight of each item, by how many of its users there are now. */
async function weigh(
  transaction: Transaction<StoreTables>,
  newUsers: readonly [itemId: string, users: number][],
  addressGroup: string,
): Promise<ItemCount[]> {
  const added = new Map(newUsers);
  const rows = newUsers.map(([itemId, users]) => ({ item_id: itemId, address_group: addressGroup, users }));
  const counts: ItemCount[] = [];
  for (const chunk of statementsOf(rows)) {
    const after = await transaction
      .insertInto('item_address_groups')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['item_id', 'address_group']).doUpdateSet((columns) => ({
          users: columns('item_address_groups.users', '+', columns.ref('excluded.users')),
        })),
      )
      .returning(['item_id', 'users'])
      .execute();
    for (const { item_id, users: total } of after) {
      const users = added.get(item_id) ?? 0;
      counts.push({ item_id, users, weight: capped(total) - capped(total - users) });
    }
  }
  return counts.sort((a, b) => (a.item_id < b.item_id ? -1 : 1));
}

function capped(users: number): number {
  return Math.min(users, MAX_WEIGHT_PER_ADDRESS);
}

/** @param counts sorted by item. */
async function addCounts(transaction: Transaction<StoreTables>, counts: readonly ItemCount[]): Promise<void> {
  for (const chunk of statementsOf(counts)) {
    await transaction
      .insertInto('item_popularity')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('item_id').doUpdateSet((columns) => ({
          users: columns('item_popularity.users', '+', columns.ref('excluded.users')),
          weight: columns('item_popularity.weight', '+', columns.ref('excluded.weight')),
        })),
      )
      .execute();
  }
}
