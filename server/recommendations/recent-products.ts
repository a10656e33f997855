import { LRUCache } from 'lru-cache';
import type { ProductRecord, Store } from '../store/store.ts';

/** A product that was read is taken to be the same for so long, as the current model is. */
const TTL_MS = 1000;
/** Some 1 kB each. */
const MAX_PRODUCTS = 5000;

/** Products by id, read once a second at most: the lists of different shoppers share most of theirs. */
export class RecentProducts {
  readonly #products: Store['products'];
  /** False: there is no such product. */
  readonly #recent = new LRUCache<string, ProductRecord | false>({ max: MAX_PRODUCTS, ttl: TTL_MS });

  constructor(products: Store['products']) {
    this.#products = products;
  }

  /** Those that there are. */
  async getMany(ids: Iterable<string>): Promise<ReadonlyMap<string, ProductRecord>> {
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
      this.#recent.set(id, product ?? false);
      if (product !== undefined) found.set(id, product);
    }
    return found;
  }
}
