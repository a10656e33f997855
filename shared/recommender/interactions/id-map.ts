/** A Map of V8 holds no more entries. */
const MAX_IDS = 2 ** 24;

/** Dense indices 0…n−1 for the ids that people use, in order of first appearance. */
export class IdMap {
  readonly #ids: string[] = [];
  readonly #indices = new Map<string, number>();

  /** @throws RangeError when an id appears twice. */
  static of(ids: Iterable<string>): IdMap {
    const map = new IdMap();
    for (const id of ids) {
      if (map.#indices.has(id)) throw new RangeError(`the id ${JSON.stringify(id)} appears twice`);
      map.intern(id);
    }
    return map;
  }

  get size(): number {
    return this.#ids.length;
  }

  /** Ids by index; not a copy. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The index of `id`, which is added when it is new. @throws RangeError for more than 2²⁴ ids. */
  intern(id: string): number {
    const known = this.#indices.get(id);
    if (known !== undefined) return known;
    const index = this.#ids.length;
    if (index === MAX_IDS)
      throw new RangeError(`there are more than ${MAX_IDS} different ids, which is what Magpie can hold`);
    this.#ids.push(id);
    this.#indices.set(id, index);
    return index;
  }

  indexOf(id: string): number | undefined {
    return this.#indices.get(id);
  }

  /** @throws RangeError when there is no such index. */
  idOf(index: number): string {
    const id = this.#ids[index];
    if (id === undefined) throw new RangeError(`index ${index} is outside 0…${this.#ids.length - 1}`);
    return id;
  }
}
