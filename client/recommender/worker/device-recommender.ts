import type { ProductCard } from '../../../shared/api/device-model.ts';
import type { Reason, RecommendedItem } from '../../../shared/api/recommendations.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import { mainReasons } from '../../../shared/recommender/scoring/main-reasons.ts';
import type { ScoredItem, Scorer, SeenItem } from '../../../shared/recommender/scoring/scorer.ts';
import { type Preference, preferencesFor } from '../../../shared/shopper/preferences.ts';
import { sameCategoryFirst } from '../../../shared/shopper/same-category-first.ts';
import type { DeviceEngine, DeviceRecommendations, EngineChoice, OwnEvent } from '../recommender-types.ts';
import { type DeviceScorer, openDeviceScorer, processorScorer } from './device-scorer.ts';

/** Only of the tenth of the catalogue that fits best is it said that it suits. */
const SUITING_SHARE = 0.1;
/** Of so many times as many neighbours as are wanted, those of the same category come first. */
const SIMILAR_CANDIDATES = 4;

/** Recommends from one model to one shopper. A GPU that fails is left for the processor, once and for all, and told. */
export class DeviceRecommender {
  readonly version: string;
  readonly #model: FactorModel;
  readonly #products: ReadonlyMap<string, ProductCard>;
  /** Items that nothing can be shown of. */
  readonly #unknown: readonly number[];
  readonly #onFailure: () => void;
  #scoring: DeviceScorer;
  #preferences: ReadonlyMap<string, Preference> = new Map();
  #seen: readonly SeenItem[] = [];

  private constructor(
    version: string,
    model: FactorModel,
    products: readonly ProductCard[],
    scoring: DeviceScorer,
    onFailure: () => void,
  ) {
    this.version = version;
    this.#model = model;
    this.#products = new Map(products.map((card) => [card.product_id, card]));
    this.#unknown = model.items.ids.flatMap((id, item) => (this.#products.has(id) ? [] : [item]));
    this.#scoring = scoring;
    this.#onFailure = onFailure;
  }

  /** @param onFailure told when the engine had to be left for another; `engine` says which and why */
  static async open(options: {
    version: string;
    model: FactorModel;
    products: readonly ProductCard[];
    choice: EngineChoice;
    onFailure: () => void;
  }): Promise<DeviceRecommender> {
    const { version, model, products, choice, onFailure } = options;
    return new DeviceRecommender(version, model, products, await openDeviceScorer(model, choice), onFailure);
  }

  get engine(): DeviceEngine {
    return this.#scoring.engine;
  }

  /** Everything that the shopper did, oldest first. */
  setEvents(events: readonly OwnEvent[]): void {
    this.#preferences = preferencesFor(this.#model.parameters.feedback)(events);
    this.#seen = [...this.#preferences].flatMap(([itemId, { value }]) => {
      const item = this.#model.items.indexOf(itemId);
      return item === undefined ? [] : [{ item, value }];
    });
  }

  async recommend(n: number, exclusions: readonly string[]): Promise<DeviceRecommendations> {
    const modelVersion = this.version;
    const seen = this.#seen;
    if (seen.length === 0) return { modelVersion, items: [] };
    const exclude = [...this.#unknown, ...exclusions.flatMap((id) => this.#model.items.indexOf(id) ?? [])];
    const best = await this.#score(async (scorer) => scorer.topK(await scorer.foldIn(seen), { k: n, exclude }));
    const reasons = await this.#reasons(best, seen);
    const items = best.map(({ item, score }, i): RecommendedItem => {
      const { product_id, title, image, category, list_price } = this.#products.get(this.#model.items.idOf(item))!;
      return { item_id: product_id, title, image, category, price: list_price, score, reasons: reasons[i]! };
    });
    return { modelVersion, items };
  }

  /** Null where the model does not know the item. */
  async similar(itemId: string, n: number): Promise<ProductCard[] | null> {
    const item = this.#model.items.indexOf(itemId);
    if (item === undefined) return null;
    const near = await this.#score((scorer) => scorer.similar(item, SIMILAR_CANDIDATES * n));
    const cards = near.flatMap((found) => this.#products.get(this.#model.items.idOf(found.item)) ?? []);
    return sameCategoryFirst(cards, this.#products.get(itemId)?.category ?? null).slice(0, n);
  }

  product(itemId: string): ProductCard | null {
    return this.#products.get(itemId) ?? null;
  }

  async explain(itemId: string): Promise<Reason[]> {
    const item = this.#model.items.indexOf(itemId);
    const seen = this.#seen.filter((own) => own.item !== item);
    if (item === undefined || seen.length === 0) return [];
    const user = await this.#score((scorer) => scorer.foldIn(seen));
    const k = this.#model.nFactors;
    let score = 0;
    for (let f = 0; f < k; f++) score += user[f]! * this.#model.itemFactors[item * k + f]!;
    const nSuiting = Math.ceil(SUITING_SHARE * this.#model.items.size);
    const exclude = seen.map((own) => own.item);
    const best = await this.#score((scorer) => scorer.topK(user, { k: nSuiting, exclude }));
    if (score < (best.at(-1)?.score ?? 0)) return [];
    const [reasons = []] = await this.#reasons([{ item, score }], seen);
    return reasons;
  }

  close(): void {
    this.#scoring.close();
  }

  /** For each of `best`, what it is recommended because of; nothing where what was seen speaks against it. */
  async #reasons(best: readonly ScoredItem[], seen: readonly SeenItem[]): Promise<Reason[][]> {
    const items = best.map(({ item }) => item);
    const explained = await this.#score((scorer) => scorer.explain(items, seen));
    return best.map(({ score }, i) =>
      mainReasons(score, explained[i]!).map(({ item: own, share }): Reason => {
        const itemId = this.#model.items.idOf(own);
        return {
          kind: 'because_of',
          item_id: itemId,
          title: this.#products.get(itemId)?.title ?? itemId,
          event: this.#preferences.get(itemId)?.strongest ?? 'view',
          share,
        };
      }),
    );
  }

  async #score<T>(ask: (scorer: Scorer) => Promise<T>): Promise<T> {
    const asked = this.#scoring;
    try {
      return await ask(asked.scorer);
    } catch (error) {
      if (asked.engine.kind !== 'gpu') throw error;
      if (this.#scoring === asked) {
        const because = error instanceof Error ? error.message : String(error);
        this.#scoring = processorScorer(this.#model, `The GPU (${asked.engine.name}) failed: ${because}.`);
        asked.close();
        this.#onFailure();
      }
      return ask(this.#scoring.scorer);
    }
  }
}
