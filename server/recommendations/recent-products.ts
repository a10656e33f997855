import { LRUCache } from 'lru-cache';
import type { ProductRecord, Store } from '../store/store.ts';

/** Products that were read are taken to be the same for so long, as the current model is; then it is asked whether they are. */
const CHECK_EVERY_MS = 1000;
/** Some 1 kB each. */
const MAX_PRODUCTS = 5000;

/** Products by id, kept until the catalogue changes: the lists of different shoppers share most of theirs. */
export class RecentProducts {
  readonly #products: Store['products'];
  /** False: there is no such product. */
  readonly #recent = new LRUCache<string, ProductRecord | false>({ max: MAX_PRODUCTS });
  #version: number | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;

  constructor(products: Store['products']) {
    this.#products = products;
  }

  /** Those that there are. */
  async getMany(ids: Iterable<string>): Promise<ReadonlyMap<string, ProductRecord>> {
    if (performance.now() - this.#checkedAt > CHECK_EVERY_MS) await this.#forgetOld();
    const version = this.#version;
    const found = new Map<string, ProductRecord>();
    const unknown: string[] = [];
    for (const id of ids) {
      const product = this.#recent.get(id);
      if (product === undefined) unknown.push(id);
      else if (product !== false) found.set(id, product);
    }
    if (unknown.length === 0) return found;
    const read = await this.#products.getMany(unknown);
    for (const id of unknown) {
      const product = read.get(id);
      // Where another version was found meanwhile, this may have been read before it.
      if (version === this.#version) this.#recent.set(id, product ?? false);
      if (product !== undefined) found.set(id, product);
    }
    return found;
  }

  async #forgetOld(): Promise<void> {
    this.#checkedAt = performance.now();
    const version = await this.#products.version();
    if (version !== this.#version) this.#recent.clear();
    this.#version = version;
  }
}
