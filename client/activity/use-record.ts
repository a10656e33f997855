import { useCallback } from 'react';
import type { EventType } from '../../shared/api/events.ts';
import { recordEvent } from '../offline/record.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { showUnsaved } from '../ui/notices.ts';

export interface ActivityItem {
  id: string;
  title: string;
  image: string | null;
}

/** Returns a function that keeps what the shopper does. Its promise is true once the event is safely on the device. */
export function useRecord(): (type: EventType, item: ActivityItem, value: number) => Promise<boolean> {
  const { id: shopperId } = useShopper();
  return useCallback(
    async (type, item, value) => {
      try {
        await recordEvent({ user_id: shopperId, item_id: item.id, type, value }, item);
        return true;
      } catch (error) {
        showUnsaved('This', error);
        return false;
      }
    },
    [shopperId],
  );
}
