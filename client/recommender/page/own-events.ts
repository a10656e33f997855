import type { OwnEvents, ShopperEvent } from '../../../shared/api/events.ts';
import type { Activity } from '../../offline/schema.ts';
import type { OwnEvent } from '../recommender-types.ts';

/** As many as the server reads. */
const MAX_EVENTS = 2000;

type AnyEvent = Pick<ShopperEvent, 'item_id' | 'type' | 'value' | 'occurred_at'>;

/**
 * All events of a shopper, oldest first, each once: those of the server, those that have not reached it yet, and those that
 * this device shows. An event has the same item, type and moment wherever it is kept.
 */
export function mergeOwnEvents(sources: {
  history: OwnEvents['events'];
  unsent: readonly ShopperEvent[];
  activity: readonly Activity[];
}): OwnEvent[] {
  const known = new Map<string, AnyEvent & { atMs: number }>();
  for (const event of [...sources.history, ...sources.unsent, ...sources.activity]) {
    const atMs = Date.parse(event.occurred_at);
    known.set(`${event.item_id} ${event.type} ${atMs}`, { ...event, atMs });
  }
  return [...known.values()]
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-MAX_EVENTS)
    .map(({ item_id, type, value }) => ({ itemId: item_id, type, value }));
}
