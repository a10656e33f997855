import { useCallback } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../shared/api/events.ts';
import { recordEvent } from '../offline/outbox.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { showNotice } from '../ui/notices.ts';

export interface ActivityItem {
  id: string;
  title: string;
  image: string | null;
}

/** Keeps what the shopper does; the promise tells whether it is safely on the device. */
export function useRecord(): (type: EventType, item: ActivityItem, value: number) => Promise<boolean> {
  const { id: shopperId } = useShopper();
  return useCallback(
    async (type, item, value) => {
      try {
        await recordEvent(
          {
            id: uuidv7(),
            user_id: shopperId,
            item_id: item.id,
            type,
            value,
            occurred_at: new Date().toISOString(),
          },
          item,
        );
        return true;
      } catch (error) {
        console.error(error);
        showNotice({
          message:
            'This could not be saved: the browser gives Magpie no room on this device. Free some space, then try again.',
          stay: 'keep',
        });
        return false;
      }
    },
    [shopperId],
  );
}
