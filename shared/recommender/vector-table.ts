import type { Vector } from './compute-backend.ts';

/** What a factor space keeps behind its opaque vector handles. */
export class VectorTable<T> {
  readonly #contents = new Map<number, T>();
  #nextId = 0;

  add(content: T): Vector {
    const id = this.#nextId++;
    this.#contents.set(id, content);
    return { id };
  }

  /** @throws RangeError for a handle that was freed or belongs to another space. */
  get(vector: Vector): T {
    const content = this.#contents.get(vector.id);
    if (content === undefined) throw new RangeError(`vector ${vector.id} is not (or no longer) in this factor space`);
    return content;
  }

  delete(vector: Vector): void {
    this.get(vector);
    this.#contents.delete(vector.id);
  }

  clear(): void {
    this.#contents.clear();
  }
}
