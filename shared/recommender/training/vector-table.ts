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

  /** @throws RangeError when a vector is given twice to an operation that reads one while it writes another. */
  checkDifferent(...vectors: readonly Vector[]): void {
    if (new Set(vectors.map(({ id }) => id)).size < vectors.length) {
      throw new RangeError('the vectors of a sweep or gradient must be different ones');
    }
  }

  delete(vector: Vector): void {
    this.get(vector);
    this.#contents.delete(vector.id);
  }

  clear(): void {
    this.#contents.clear();
  }
}
