/** Observations in the order in which they came: user, item, value and, where known, the time. */
export interface Triples {
  /** [n] dense user index */
  readonly users: Uint32Array;
  /** [n] dense item index */
  readonly items: Uint32Array;
  /** [n] */
  readonly values: Float32Array;
  /** [n] any unit that grows with time; null where it is unknown. */
  readonly timestamps: Float64Array | null;
}

const INITIAL_CAPACITY = 1024;

/** Triples that grow as a file is read; capacity doubles, so that adding is O(1) on average. */
export class TripleBuffer {
  #users = new Uint32Array(INITIAL_CAPACITY);
  #items = new Uint32Array(INITIAL_CAPACITY);
  #values = new Float32Array(INITIAL_CAPACITY);
  #timestamps = new Float64Array(INITIAL_CAPACITY);
  #hasTimestamps = true;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Timestamps are kept only when every triple has one. */
  add(user: number, item: number, value: number, timestamp?: number): void {
    if (this.#length === this.#users.length) this.#grow();
    const n = this.#length++;
    this.#users[n] = user;
    this.#items[n] = item;
    this.#values[n] = value;
    if (timestamp === undefined) this.#hasTimestamps = false;
    else this.#timestamps[n] = timestamp;
  }

  /** Views, valid until the next `add`. */
  triples(): Triples {
    const n = this.#length;
    return {
      users: this.#users.subarray(0, n),
      items: this.#items.subarray(0, n),
      values: this.#values.subarray(0, n),
      timestamps: this.#hasTimestamps && n > 0 ? this.#timestamps.subarray(0, n) : null,
    };
  }

  #grow(): void {
    const capacity = 2 * this.#length;
    const grown = <T extends Uint32Array | Float32Array | Float64Array>(larger: T, old: T): T => {
      larger.set(old);
      return larger;
    };
    this.#users = grown(new Uint32Array(capacity), this.#users);
    this.#items = grown(new Uint32Array(capacity), this.#items);
    this.#values = grown(new Float32Array(capacity), this.#values);
    this.#timestamps = grown(new Float64Array(capacity), this.#timestamps);
  }
}

/** The triples at these positions, in this order. */
export function selectTriples(triples: Triples, positions: ArrayLike<number>): Triples {
  const n = positions.length;
  const users = new Uint32Array(n);
  const items = new Uint32Array(n);
  const values = new Float32Array(n);
  const timestamps = triples.timestamps && new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = positions[i]!;
    users[i] = triples.users[at]!;
    items[i] = triples.items[at]!;
    values[i] = triples.values[at]!;
    if (timestamps) timestamps[i] = triples.timestamps![at]!;
  }
  return { users, items, values, timestamps };
}
