import { randomUUID } from 'node:crypto';
import { type Insertable, type Selectable, sql, type Transaction } from 'kysely';
import { MAX_WATCHES_PER_USER } from '../../shared/api/watches.ts';
import type { WatchChangeOutcome, WatchChangeRecord } from './store.ts';
import type { StoreTables } from './tables.ts';

type ChangeRow = Selectable<StoreTables['watch_changes']>;

/** Keeps a change where it is later than the last one to its product, and watches the product or no longer does. */
export async function applyChange(
  transaction: Transaction<StoreTables>,
  change: WatchChangeRecord,
): Promise<Exclude<WatchChangeOutcome, 'deleted'>> {
  const { userId, productId, isWatched } = change;
  const ofProduct = { user_id: userId, kind: 'product', subject: productId } as const;
  const row = toChangeRow(change);
  const last = await lastChange(transaction, userId, productId);
  if (last !== undefined && !isLater(row, last)) return 'duplicate';
  if (isWatched && !(await hasRoom(transaction, userId, productId))) return 'too many';
  if (!(await keepIfLater(transaction, row))) return 'duplicate';
  if (!isWatched) {
    await transaction
      .deleteFrom('watches')
      .where(({ and }) => and(ofProduct))
      .execute();
    return 'accepted';
  }
  const known = await transaction
    .selectFrom('watches')
    .select('id')
    .where(({ and }) => and(ofProduct))
    .executeTakeFirst();
  if (known === undefined) await transaction.insertInto('watches').values(newWatchRow(change)).execute();
  return 'accepted';
}

/** After a product was watched, or no longer is, by other than a device: its devices learn it as a change of this instant. */
export async function noteChange(
  transaction: Transaction<StoreTables>,
  { userId, productId, isWatched, currency, at }: Omit<WatchChangeRecord, 'id' | 'changedAt'> & { at: Date },
): Promise<void> {
  const last = await lastChange(transaction, userId, productId);
  if (last !== undefined && (last.is_watched === 1) === isWatched) return;
  const changedAt = new Date(Math.max(at.getTime(), (last?.changed_at ?? 0) + 1));
  await keepIfLater(transaction, toChangeRow({ id: randomUUID(), userId, productId, isWatched, currency, changedAt }));
}

/**
 * Gives one shopper the changes of another. What either of them watches is watched: the devices of the one that does not
 * learn it as a change that follows both.
 */
export async function moveChanges(transaction: Transaction<StoreTables>, from: string, into: string): Promise<void> {
  const rows = await transaction
    .deleteFrom('watch_changes')
    .where('user_id', 'in', [from, into])
    .returningAll()
    .execute();
  for (const twins of Map.groupBy(rows, (row) => row.product_id).values()) {
    await transaction
      .insertInto('watch_changes')
      .values({ ...unionOf(twins), user_id: into })
      .execute();
  }
}

function unionOf(twins: ChangeRow[]): ChangeRow {
  const [last, ...others] = twins.sort((a, b) => (isLater(a, b) ? -1 : 1)) as [ChangeRow, ...ChangeRow[]];
  const watched = others.find((row) => row.is_watched === 1);
  if (last.is_watched === 1 || watched === undefined) return last;
  return { ...watched, changed_at: last.changed_at + 1, change_id: randomUUID() };
}

function isLater(a: ChangeRow, b: ChangeRow): boolean {
  return a.changed_at > b.changed_at || (a.changed_at === b.changed_at && a.change_id > b.change_id);
}

function lastChange(
  transaction: Transaction<StoreTables>,
  userId: string,
  productId: string,
): Promise<ChangeRow | undefined> {
  return transaction
    .selectFrom('watch_changes')
    .selectAll()
    .where('user_id', '=', userId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
}

async function hasRoom(transaction: Transaction<StoreTables>, userId: string, productId: string): Promise<boolean> {
  const { others } = await transaction
    .selectFrom('watches')
    .select((columns) => columns.fn.countAll<number>().as('others'))
    .where('user_id', '=', userId)
    .where(({ not, and }) => not(and({ kind: 'product', subject: productId })))
    .executeTakeFirstOrThrow();
  return others < MAX_WATCHES_PER_USER;
}

/** One statement, so that of two writers at once the later change holds. @returns whether it is kept */
async function keepIfLater(transaction: Transaction<StoreTables>, row: ChangeRow): Promise<boolean> {
  const { user_id, product_id, ...change } = row;
  const kept = await transaction
    .insertInto('watch_changes')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'product_id'])
        .doUpdateSet(change)
        .where(
          sql<boolean>`(excluded.changed_at, excluded.change_id) > (watch_changes.changed_at, watch_changes.change_id)`,
        ),
    )
    .returning('product_id')
    .executeTakeFirst();
  return kept !== undefined;
}

function toChangeRow(change: WatchChangeRecord): ChangeRow {
  return {
    user_id: change.userId,
    product_id: change.productId,
    change_id: change.id,
    is_watched: change.isWatched ? 1 : 0,
    currency: change.currency,
    changed_at: change.changedAt.getTime(),
  };
}

export function toChange(row: ChangeRow): WatchChangeRecord {
  return {
    id: row.change_id,
    userId: row.user_id,
    productId: row.product_id,
    isWatched: row.is_watched === 1,
    currency: row.currency,
    changedAt: new Date(row.changed_at),
  };
}

/** Looked at as soon as a worker can, as every new watch. */
function newWatchRow(change: WatchChangeRecord): Insertable<StoreTables['watches']> {
  return {
    id: randomUUID(),
    user_id: change.userId,
    kind: 'product',
    subject: change.productId,
    currency: change.currency,
    created_at: change.changedAt.getTime(),
    next_check_at: Date.now(),
  };
}
