import { setImmediate as nextTurn } from 'node:timers/promises';

/** A call that waits for its group. */
interface Waiting<Item, Outcome> {
  items: readonly Item[];
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

interface GroupedWritesParts<Item, Outcome> {
  /** Writes items in one transaction, wholly or not at all; gives one outcome per item, in order. */
  write(items: readonly Item[]): Promise<Outcome[]>;
  /** Whether no call is to blame for an error. */
  isOutage(error: unknown): boolean;
}

/** A group holds no more items than this, unless a single call does: others should not wait long for its transaction. */
const MAX_ITEMS = 1000;

/**
 * Group commit: calls of one turn of the event loop, and those that come while a group is written, share a transaction and
 * its fsync. Each is answered after its group is durable. A group that fails is written again call by call, so that a call
 * that cannot be written fails alone; in an outage all fail at once, since each would wait for its end.
 */
export class GroupedWrites<Item, Outcome> {
  readonly #parts: GroupedWritesParts<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #isWriting = false;

  constructor(parts: GroupedWritesParts<Item, Outcome>) {
    this.#parts = parts;
  }

  /** @throws what the writing of these items alone throws */
  add(items: readonly Item[]): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      setImmediate(() => this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#writeGroup(this.#nextGroup());
      // SQLite's work is done within the turn: callers that go on at once would leave none to timers and sockets.
      await nextTurn();
    }
    this.#isWriting = false;
  }

  #nextGroup(): Waiting<Item, Outcome>[] {
    let nItems = 0;
    const end = this.#waiting.findIndex(({ items }, n) => {
      nItems += items.length;
      return n > 0 && nItems > MAX_ITEMS;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #writeGroup(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#parts.write(group.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of group) {
        resolve(outcomes.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      if (group.length > 1 && !this.#parts.isOutage(error)) {
        for (const one of group) await this.#writeGroup([one]);
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }
}
