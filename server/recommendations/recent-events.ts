import { LRUCache } from 'lru-cache';
import type { EventRecord, Store } from '../store/store.ts';

/** Of all users together: some 30 MB. */
const MAX_EVENTS_KEPT = 100_000;

interface Kept {
  /** Events that the user had when these were read. */
  nEvents: number;
  /** Oldest first. */
  events: readonly EventRecord[];
}

/**
 * The latest events of users who were asked for lately. Events are only ever added, so that those which are kept hold as
 * long as their number does: one small read says so, whichever process has written.
 */
export class RecentEvents {
  readonly #events: Store['events'];
  readonly #limit: number;
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: MAX_EVENTS_KEPT,
    sizeCalculation: ({ events }) => events.length + 1,
  });

  /** @param limit events per user at most */
  constructor(events: Store['events'], limit: number) {
    this.#events = events;
    this.#limit = limit;
  }

  /** Oldest first. */
  async ofUser(userId: string): Promise<readonly EventRecord[]> {
    const nEvents = await this.#events.countOfUser(userId);
    const kept = this.#kept.get(userId);
    if (kept?.nEvents === nEvents) return kept.events;
    const events = nEvents === 0 ? [] : (await this.#events.ofUser(userId, this.#limit)).reverse();
    this.#kept.set(userId, { nEvents, events });
    return events;
  }
}
