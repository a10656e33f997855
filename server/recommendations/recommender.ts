import { knownItems, type Pick, type PickReason, personalPicks } from '../../shared/shopper/personal-picks.ts';
import { similarItems } from '../../shared/shopper/similar-items.ts';
import { tasteOf } from '../../shared/shopper/taste.ts';
import type { Log } from '../logging/log.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import { CurrentModel, type LoadedModel } from './current-model.ts';
import { NO_FILTER, type RecommendationFilter, restrictsProducts } from './filter.ts';

/** The latest events that are folded in: a shopper's taste, not their archive, and a bound on the work. */
const MAX_EVENTS = 2000;

/** Why an item is recommended. */
export type Reason = ({ kind: 'because_of'; title: string } & PickReason) | { kind: 'popular' };

export interface RecommendedItem {
  itemId: string;
  /** The product's; the id of an item that is no product any more. */
  title: string;
  /** Null for an item that is no product any more. */
  product: ProductRecord | null;
  score: number;
  reasons: Reason[];
}

export interface Recommendations {
  userId: string;
  /** Null while there is no model. */
  modelVersion: string | null;
  /** What stands in for personal items; null where there are some. */
  fallback: 'popular' | null;
  /** Scores descending. */
  items: RecommendedItem[];
}

/** Items for one shopper, out of the store's events and the current model. */
export class Recommender {
  readonly #store: Store;
  readonly #current: CurrentModel;

  constructor(store: Store, modelsDir: string, log: Log) {
    this.#store = store;
    this.#current = new CurrentModel(store, modelsDir, log);
  }

  /** The registry's current model; null while there is none. */
  currentModel(): Promise<LoadedModel | null> {
    return this.#current.get();
  }

  /** At most `limit` items, scores descending; popular ones for a shopper of whom the model knows nothing. */
  async recommend(userId: string, limit: number, filter = NO_FILTER): Promise<Recommendations> {
    const [loaded, newestFirst, matching] = await Promise.all([
      this.#current.get(),
      this.#store.events.ofUser(userId, MAX_EVENTS),
      this.#matching(filter),
    ]);
    const events = newestFirst.reverse();
    const unwanted = new Set([...events.map((event) => event.itemId), ...filter.exclude]);
    const isWanted = (itemId: string): boolean => !unwanted.has(itemId) && (matching?.has(itemId) ?? true);
    const modelVersion = loaded?.version ?? null;
    if (loaded !== null) {
      const { model } = loaded;
      const excluded = matching === null ? unwanted : model.items.ids.filter((id) => !isWanted(id));
      const exclude = knownItems(model, excluded);
      const picks = await personalPicks(loaded, tasteOf(model, events), { limit, exclude });
      if (picks.length > 0) return { userId, modelVersion, fallback: null, items: await this.#described(picks) };
    }
    return { userId, modelVersion, fallback: 'popular', items: await this.#popular(isWanted, unwanted.size, limit) };
  }

  /** Similar items as products; where the model does not know the item, products of its category. */
  async similar(itemId: string, limit: number): Promise<ProductRecord[]> {
    const [loaded, product] = await Promise.all([this.#current.get(), this.#store.products.get(itemId)]);
    if (loaded !== null) {
      const category = product?.category ?? null;
      const near = await similarItems(loaded, { itemId, category, limit }, (ids) => this.#store.products.getMany(ids));
      if (near !== null) return near;
    }
    if (product?.category == null) return [];
    const page = await this.#store.products.search({
      query: '',
      category: product.category,
      limit: limit + 1,
      offset: 0,
    });
    return page.items.filter(({ id }) => id !== itemId).slice(0, limit);
  }

  async #described(picks: readonly Pick[]): Promise<RecommendedItem[]> {
    const ids = new Set(picks.flatMap(({ itemId, reasons }) => [itemId, ...reasons.map((reason) => reason.itemId)]));
    const products = await this.#store.products.getMany([...ids]);
    const titleOf = (itemId: string): string => products.get(itemId)?.title ?? itemId;
    return picks.map(({ itemId, score, reasons }) => ({
      itemId,
      title: titleOf(itemId),
      product: products.get(itemId) ?? null,
      score,
      reasons: reasons.map((reason) => ({ kind: 'because_of', title: titleOf(reason.itemId), ...reason })),
    }));
  }

  /** Ids of the products that a filter lets through; null where it lets all. */
  async #matching(filter: RecommendationFilter): Promise<ReadonlySet<string> | null> {
    return restrictsProducts(filter) ? this.#store.products.idsMatching(filter) : null;
  }

  async #popular(isWanted: (itemId: string) => boolean, nUnwanted: number, limit: number): Promise<RecommendedItem[]> {
    let nAsked = limit + nUnwanted;
    let found = await this.#store.events.popular(nAsked);
    const wanted = () => found.filter(({ itemId }) => isWanted(itemId));
    while (found.length === nAsked && wanted().length < limit) {
      nAsked *= 4;
      found = await this.#store.events.popular(nAsked);
    }
    const popular = wanted();
    const most = popular[0]?.users ?? 1;
    const products = await this.#store.products.getMany(popular.map(({ itemId }) => itemId));
    return popular.slice(0, limit).map(({ itemId, users }) => {
      const product = products.get(itemId) ?? null;
      return { itemId, title: product?.title ?? itemId, product, score: users / most, reasons: [{ kind: 'popular' }] };
    });
  }
}
