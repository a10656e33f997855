import type { EventReceipts, ShopperEvent } from '../../shared/api/events.ts';
import { ApiError } from '../api/http.ts';

type Send = (events: ShopperEvent[]) => Promise<EventReceipts>;

/** Sends events, in halves where they are too many for the server at once. One that is too large by itself is rejected. */
export async function sendInParts(events: ShopperEvent[], send: Send): Promise<EventReceipts> {
  try {
    return await send(events);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 413) throw error;
    const [only] = events;
    if (events.length === 1 && only !== undefined) {
      return { receipts: [{ id: only.id, status: 'rejected', reason: 'It is too large for the server.' }] };
    }
    const half = Math.ceil(events.length / 2);
    const first = await sendInParts(events.slice(0, half), send);
    const second = await sendInParts(events.slice(half), send);
    return { receipts: [...first.receipts, ...second.receipts] };
  }
}
