import { EVENT_TYPES } from '../../shared/api/events.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { PreferenceEvent } from '../../shared/shopper/preferences.ts';

const INITIAL_CAPACITY = 1024;

/** What a training reads of an event. */
interface TimedEvent extends PreferenceEvent {
  /** ms since 1970 */
  at: number;
}

/** Events as columns, 25 bytes each where an object takes 140; capacity doubles, so that adding is O(1) on average. */
export class EventColumns {
  readonly #userIds = new IdMap();
  readonly #itemIds = new IdMap();
  #users = new Uint32Array(INITIAL_CAPACITY);
  #items = new Uint32Array(INITIAL_CAPACITY);
  #types = new Uint8Array(INITIAL_CAPACITY);
  #values = new Float64Array(INITIAL_CAPACITY);
  #times = new Float64Array(INITIAL_CAPACITY);
  #length = 0;

  /** @throws RangeError for more different users or items than an `IdMap` holds. */
  add(userId: string, { itemId, type, value, at }: TimedEvent): void {
    if (this.#length === this.#users.length) this.#grow();
    const n = this.#length++;
    this.#users[n] = this.#userIds.intern(userId);
    this.#items[n] = this.#itemIds.intern(itemId);
    this.#types[n] = EVENT_TYPES.indexOf(type);
    this.#values[n] = value;
    this.#times[n] = at;
  }

  /** Each user's events in the order in which they were added; users in the order in which they first appeared. */
  *byUser(): Generator<[userId: string, events: TimedEvent[]]> {
    // A stable counting sort: `ends[u]` is first where the events of u begin, in the end where they end.
    const ends = new Uint32Array(this.#userIds.size + 1);
    for (let n = 0; n < this.#length; n++) ends[this.#users[n]! + 1]!++;
    for (let user = 0; user < this.#userIds.size; user++) ends[user + 1]! += ends[user]!;
    const order = new Uint32Array(this.#length);
    for (let n = 0; n < this.#length; n++) order[ends[this.#users[n]!]!++] = n;
    for (const [user, userId] of this.#userIds.ids.entries()) {
      yield [userId, Array.from(order.subarray(ends[user - 1] ?? 0, ends[user]), (n) => this.#event(n))];
    }
  }

  #event(n: number): TimedEvent {
    return {
      itemId: this.#itemIds.idOf(this.#items[n]!),
      type: EVENT_TYPES[this.#types[n]!]!,
      value: this.#values[n]!,
      at: this.#times[n]!,
    };
  }

  #grow(): void {
    const capacity = 2 * this.#length;
    const grown = <T extends Uint8Array | Uint32Array | Float64Array>(larger: T, old: T): T => {
      larger.set(old);
      return larger;
    };
    this.#users = grown(new Uint32Array(capacity), this.#users);
    this.#items = grown(new Uint32Array(capacity), this.#items);
    this.#types = grown(new Uint8Array(capacity), this.#types);
    this.#values = grown(new Float64Array(capacity), this.#values);
    this.#times = grown(new Float64Array(capacity), this.#times);
  }
}
