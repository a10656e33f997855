import type { EventType } from '../../shared/api/events.ts';
import type { Reason, Recommendations, RecommendedItem } from '../../shared/api/recommendations.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import { mainReasons } from '../../shared/recommender/scoring/main-reasons.ts';
import type { SeenItem } from '../../shared/recommender/scoring/scorer.ts';
import { type Preference, preferencesFor } from '../../shared/shopper/preferences.ts';
import { sameCategoryFirst } from '../../shared/shopper/same-category-first.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import { CurrentModel, type LoadedModel } from './current-model.ts';

/** Of so many times as many neighbours as are wanted, those of the same category come first. */
const SIMILAR_CANDIDATES = 4;
/** The latest events that are folded in: a shopper's taste, not their archive, and a bound on the work. */
const MAX_EVENTS = 2000;

interface Unseen {
  itemId: string;
  score: number;
  reasons: { itemId: string; event: EventType; share: number }[];
}

/**
 * Items for one shopper. The shopper is folded in from their events as they stand now, so that a rating counts at
 * once and not only after the next training.
 */
export class Recommender {
  readonly #store: Store;
  readonly #current: CurrentModel;

  constructor(store: Store, modelsDir: string) {
    this.#store = store;
    this.#current = new CurrentModel(store, modelsDir);
  }

  /** The registry's current model; null while there is none. */
  currentModel(): Promise<LoadedModel | null> {
    return this.#current.get();
  }

  /** At most `limit` items, scores descending; popular ones for a shopper of whom the model knows nothing. */
  async recommend(userId: string, limit: number): Promise<Recommendations> {
    const [loaded, newestFirst] = await Promise.all([
      this.#current.get(),
      this.#store.events.ofUser(userId, MAX_EVENTS),
    ]);
    const events = newestFirst.reverse();
    const seenIds = new Set(events.map((event) => event.itemId));
    const version = loaded?.version ?? null;
    if (loaded !== null) {
      const preferences = preferencesFor(loaded.model.parameters.feedback)(events);
      const items = await personal(loaded, preferences, seenIds, limit);
      if (items.length > 0) {
        return { user_id: userId, model_version: version, fallback: null, items: await this.#describe(items) };
      }
    }
    const items = await this.#popular(seenIds, limit);
    return { user_id: userId, model_version: version, fallback: 'popular', items };
  }

  /**
   * Products that the same shoppers like, those of the item's own category first; only that category where the model does
   * not know the item.
   */
  async similar(itemId: string, limit: number): Promise<ProductRecord[]> {
    const [loaded, product] = await Promise.all([this.#current.get(), this.#store.products.get(itemId)]);
    const index = loaded?.model.items.indexOf(itemId);
    if (loaded !== null && index !== undefined) {
      const near = await loaded.scorer.similar(index, SIMILAR_CANDIDATES * limit);
      const ids = near.map(({ item }) => loaded.model.items.idOf(item));
      const products = await this.#store.products.getMany(ids);
      const category = product?.category ?? null;
      return sameCategoryFirst(
        ids.flatMap((id) => products.get(id) ?? []),
        category,
      ).slice(0, limit);
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

  async #describe(items: Unseen[]): Promise<RecommendedItem[]> {
    const ids = new Set(items.flatMap(({ itemId, reasons }) => [itemId, ...reasons.map((reason) => reason.itemId)]));
    const products = await this.#store.products.getMany([...ids]);
    return items.map(({ itemId, score, reasons }) => ({
      ...describeProduct(itemId, products.get(itemId)),
      score,
      reasons: reasons.map(
        (reason): Reason => ({
          kind: 'because_of',
          item_id: reason.itemId,
          title: products.get(reason.itemId)?.title ?? reason.itemId,
          event: reason.event,
          share: Math.round(reason.share * 1000) / 1000,
        }),
      ),
    }));
  }

  async #popular(seen: ReadonlySet<string>, limit: number): Promise<RecommendedItem[]> {
    const popular = (await this.#store.events.popular(limit + seen.size)).filter(({ itemId }) => !seen.has(itemId));
    const most = popular[0]?.users ?? 1;
    const products = await this.#store.products.getMany(popular.map(({ itemId }) => itemId));
    return popular.slice(0, limit).map(({ itemId, users }) => ({
      ...describeProduct(itemId, products.get(itemId)),
      score: users / most,
      reasons: [{ kind: 'popular' }],
    }));
  }
}

async function personal(
  { model, scorer }: LoadedModel,
  preferences: ReadonlyMap<string, Preference>,
  seenIds: ReadonlySet<string>,
  limit: number,
): Promise<Unseen[]> {
  const seen: SeenItem[] = [];
  for (const [itemId, { value }] of preferences) {
    const item = model.items.indexOf(itemId);
    if (item !== undefined) seen.push({ item, value });
  }
  if (seen.length === 0) return [];
  const exclude = [...seenIds].flatMap((id) => model.items.indexOf(id) ?? []);
  const best = await scorer.topK(await scorer.foldIn(seen), { k: limit, exclude });
  const explained = await scorer.explain(
    best.map(({ item }) => item),
    seen,
  );
  return best.map(({ item, score }, i) => ({
    itemId: model.items.idOf(item),
    score,
    reasons: mainReasons(score, explained[i]!).map(({ item: seenItem, share }) => {
      const itemId = model.items.idOf(seenItem);
      return { itemId, event: preferences.get(itemId)!.strongest, share };
    }),
  }));
}

function describeProduct(itemId: string, product: ProductRecord | undefined) {
  return {
    item_id: itemId,
    title: product?.title ?? itemId,
    image: product?.image ?? null,
    category: product?.category ?? null,
    price: product?.listPrice ? toWireMoney(product.listPrice) : null,
  };
}
