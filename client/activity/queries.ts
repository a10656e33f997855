import { queryOptions } from '@tanstack/react-query';
import { readActivity, readItemActivity } from '../offline/activity.ts';
import { readOutbox } from '../offline/outbox.ts';

/** What one shopper did on this device, newest first. Read from the device, so it is never stale by time. */
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
    queryFn: () => readItemActivity(shopperId, itemId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const outboxQuery = queryOptions({
  queryKey: ['outbox'],
  queryFn: readOutbox,
  staleTime: Number.POSITIVE_INFINITY,
});
