import { knownItems, type Pick, type PickReason, personalPicks } from '../../shared/shopper/personal-picks.ts';
import { similarItems } from '../../shared/shopper/similar-items.ts';
import { tasteOf } from '../../shared/shopper/taste.ts';
import type { Log } from '../logging/log.ts';
import type { EventRecord, ProductRecord, Store } from '../store/store.ts';
import { CurrentModel, type LoadedModel } from './current-model.ts';
import { NO_FILTER, type RecommendationFilter, restrictsProducts } from './filter.ts';
import { RecentEvents } from './recent-events.ts';
import { RecentProducts } from './recent-products.ts';

/** The latest events that are folded in: a shopper's taste, not their archive, and a bound on the work. */
const MAX_EVENTS = 2000;

/** Where items that are no products took places of a list, so many times as many are looked at, and so on. */
const WIDER = 8;

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

export interface RecommendOptions {
  /**
   * Whether items that are no products are among them, by their ids in place of titles. Not in lists that everyone may
   * read: an id is any text that a writer of events chose.
   */
  unlisted?: boolean;
  filter?: RecommendationFilter;
}

/** Items for one shopper, out of the store's events and the current model. */
export class Recommender {
  readonly #store: Store;
  readonly #current: CurrentModel;
  readonly #events: RecentEvents;
  readonly #products: RecentProducts;

  constructor(store: Store, modelsDir: string, log: Log) {
    this.#store = store;
    this.#current = new CurrentModel(store, modelsDir, log);
    this.#events = new RecentEvents(store.events, MAX_EVENTS);
    this.#products = new RecentProducts(store.products);
  }

  /** The registry's current model; null while there is none. */
  currentModel(): Promise<LoadedModel | null> {
    return this.#current.get();
  }

  /** Why the registry's current model does not answer; null: it does, or there is none. */
  modelProblem(): Promise<string | null> {
    return this.#current.problem();
  }

  /** At most `limit` items, scores descending; popular ones for a shopper of whom the model knows nothing. */
  async recommend(
    userId: string,
    limit: number,
    { unlisted = false, filter = NO_FILTER }: RecommendOptions = {},
  ): Promise<Recommendations> {
    const [loaded, events, matching] = await Promise.all([
      this.#current.get(),
      this.#events.ofUser(userId),
      this.#matching(filter),
    ]);
    const unwanted = new Set([...events.map((event) => event.itemId), ...filter.exclude]);
    const isWanted = (itemId: string): boolean => !unwanted.has(itemId) && (matching?.has(itemId) ?? true);
    const modelVersion = loaded?.version ?? null;
    if (loaded !== null) {
      const { model } = loaded;
      const excluded = matching === null ? unwanted : model.items.ids.filter((id) => !isWanted(id));
      const exclude = knownItems(model, excluded);
      const items = await this.#personal(loaded, events, { exclude, limit, unlisted });
      if (items.length > 0) return { userId, modelVersion, fallback: null, items };
    }
    const items = await this.#popular(isWanted, { nUnwanted: unwanted.size, limit, unlisted });
    return { userId, modelVersion, fallback: 'popular', items };
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

  async #personal(
    loaded: LoadedModel,
    events: readonly EventRecord[],
    { exclude, limit, unlisted }: { exclude: ReturnType<typeof knownItems>; limit: number; unlisted: boolean },
  ): Promise<RecommendedItem[]> {
    const taste = tasteOf(loaded.model, events);
    for (let nPicks = limit; ; nPicks *= WIDER) {
      const picks = await personalPicks(loaded, taste, { limit: nPicks, exclude });
      const items = await this.#described(picks, unlisted);
      if (items.length >= limit || picks.length < nPicks) return items.slice(0, limit);
    }
  }

  async #described(picks: readonly Pick[], unlisted: boolean): Promise<RecommendedItem[]> {
    const ids = new Set(picks.flatMap(({ itemId, reasons }) => [itemId, ...reasons.map((reason) => reason.itemId)]));
    const products = await this.#products.getMany(ids);
    const titleOf = (itemId: string): string => products.get(itemId)?.title ?? itemId;
    const isShown = ({ itemId }: { itemId: string }): boolean => unlisted || products.has(itemId);
    return picks.filter(isShown).map(({ itemId, score, reasons }) => ({
      itemId,
      title: titleOf(itemId),
      product: products.get(itemId) ?? null,
      score,
      reasons: reasons
        .filter(isShown)
        .map((reason) => ({ kind: 'because_of', title: titleOf(reason.itemId), ...reason })),
    }));
  }

  /** Ids of the products that a filter lets through; null where it lets all. */
  async #matching(filter: RecommendationFilter): Promise<ReadonlySet<string> | null> {
    return restrictsProducts(filter) ? this.#store.products.idsMatching(filter) : null;
  }

  async #popular(
    isWanted: (itemId: string) => boolean,
    { nUnwanted, limit, unlisted }: { nUnwanted: number; limit: number; unlisted: boolean },
  ): Promise<RecommendedItem[]> {
    const productsOnly = !unlisted;
    let nAsked = limit + nUnwanted;
    let found = await this.#store.events.popular(nAsked, { productsOnly });
    const wanted = () => found.filter(({ itemId }) => isWanted(itemId));
    while (found.length === nAsked && wanted().length < limit) {
      nAsked *= 4;
      found = await this.#store.events.popular(nAsked, { productsOnly });
    }
    const popular = wanted();
    const most = popular[0]?.weight ?? 1;
    const products = await this.#products.getMany(popular.map(({ itemId }) => itemId));
    return popular.slice(0, limit).map(({ itemId, weight }) => {
      const product = products.get(itemId) ?? null;
      return { itemId, title: product?.title ?? itemId, product, score: weight / most, reasons: [{ kind: 'popular' }] };
    });
  }
}
