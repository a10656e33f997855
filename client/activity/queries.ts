import { queryOptions } from '@tanstack/react-query';
import type { EventType } from '../../shared/api/events.ts';
import { type Activity, database } from '../offline/database.ts';
import { readOutbox } from '../offline/outbox.ts';

/** What one shopper did on this device, newest first. */
export async function readActivity(shopperId: string): Promise<Activity[]> {
  const range = IDBKeyRange.bound([shopperId, ''], [shopperId, '\uffff']);
  return (await (await database()).getAllFromIndex('activity', 'by_shopper', range)).reverse();
}

/** The same as a query. Read from the device, so it is never stale by time. */
export function activityQuery(shopperId: string) {
  return queryOptions({
    queryKey: ['activity', shopperId],
    queryFn: () => readActivity(shopperId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What one shopper last did with one item on this device. */
export function itemActivityQuery(shopperId: string, itemId: string) {
  return queryOptions({
    queryKey: ['activity', shopperId, itemId],
    queryFn: async (): Promise<Partial<Record<EventType, Activity>>> => {
      const range = IDBKeyRange.bound([shopperId, itemId, ''], [shopperId, itemId, '\uffff']);
      const found = await (await database()).getAll('activity', range);
      return Object.fromEntries(found.map((activity) => [activity.type, activity]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const outboxQuery = queryOptions({
  queryKey: ['outbox'],
  queryFn: readOutbox,
  staleTime: Number.POSITIVE_INFINITY,
});
