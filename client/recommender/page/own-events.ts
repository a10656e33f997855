import type { OwnEvents, ShopperEvent } from '../../../shared/api/events.ts';
import type { Activity } from '../../offline/database.ts';
import type { OwnEvent } from '../recommender-types.ts';

/** As many as the server reads: a taste, not an archive. */
const MAX_EVENTS = 2000;

type ToldEvent = Pick<ShopperEvent, 'item_id' | 'type' | 'value' | 'occurred_at'>;

/**
 * Everything that a shopper did, oldest first, each once: what the server knows, what has not reached it yet, and what this
 * device shows. The same event has the same item, kind and moment wherever it is kept.
 */
export function mergeOwnEvents(sources: {
  history: OwnEvents['events'];
  unsent: readonly ShopperEvent[];
  activity: readonly Activity[];
}): OwnEvent[] {
  const known = new Map<string, ToldEvent & { atMs: number }>();
  for (const event of [...sources.history, ...sources.unsent, ...sources.activity]) {
    const atMs = Date.parse(event.occurred_at);
    known.set(`${event.item_id} ${event.type} ${atMs}`, { ...event, atMs });
  }
  return [...known.values()]
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-MAX_EVENTS)
    .map(({ item_id, type, value }) => ({ itemId: item_id, type, value }));
}
