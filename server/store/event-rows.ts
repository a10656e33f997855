import type { Insertable, Selectable } from 'kysely';
import type { EventRecord } from './store.ts';
import type { StoreTables } from './tables.ts';

export function toRow(event: EventRecord): Insertable<StoreTables['events']> {
  return {
    id: event.id,
    user_id: event.userId,
    item_id: event.itemId,
    type: event.type,
    value: event.value,
    occurred_at: event.occurredAt.getTime(),
    source: event.source,
  };
}

export function toEvent(row: Selectable<StoreTables['events']>): EventRecord {
  return {
    id: row.id,
    userId: row.user_id,
    itemId: row.item_id,
    type: row.type,
    value: row.value,
    occurredAt: new Date(row.occurred_at),
    source: row.source,
  };
}
