import type { EventReceipts } from '../../shared/api/events.ts';
import { ApiError } from '../api/http.ts';

/** Sends changes, in halves where they are too many for the server at once. One that is too large by itself is rejected. */
export async function sendInParts<T extends { id: string }>(
  changes: T[],
  send: (part: T[]) => Promise<EventReceipts>,
): Promise<EventReceipts> {
  try {
    return await send(changes);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 413) throw error;
    const [only] = changes;
    if (changes.length === 1 && only !== undefined) {
      return {
        receipts: [{ id: only.id, status: 'rejected', reason: 'It is too large for the server.', retry: false }],
      };
    }
    const half = Math.ceil(changes.length / 2);
    const first = await sendInParts(changes.slice(0, half), send);
    const second = await sendInParts(changes.slice(half), send);
    return { receipts: [...first.receipts, ...second.receipts] };
  }
}
