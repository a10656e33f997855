import type { EventType } from '../../shared/api/events.ts';
import { database } from './database.ts';
import type { Activity } from './schema.ts';

/** Sorts behind every text that ids, types and instants are made of. */
const LAST = '\uffff';

/** What one shopper did on this device, newest first. `recordEvent` writes it. */
export async function readActivity(shopperId: string): Promise<Activity[]> {
  const range = IDBKeyRange.bound([shopperId, ''], [shopperId, LAST]);
  return (await (await database()).getAllFromIndex('activity', 'by_shopper', range)).reverse();
}

/** What one shopper last did with one item on this device, by type. */
export async function readItemActivity(
  shopperId: string,
  itemId: string,
): Promise<Partial<Record<EventType, Activity>>> {
  const range = IDBKeyRange.bound([shopperId, itemId, ''], [shopperId, itemId, LAST]);
  const found = await (await database()).getAll('activity', range);
  return Object.fromEntries(found.map((activity) => [activity.type, activity]));
}
