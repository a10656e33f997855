import type { ProductCard } from '../../../shared/api/device-model.ts';
import type { Reason, RecommendedItem } from '../../../shared/api/recommendations.ts';
import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import type { Scorer } from '../../../shared/recommender/scoring/scorer.ts';
import { knownItems, type PickReason, personalPicks, reasonsOf } from '../../../shared/shopper/personal-picks.ts';
import { similarItems } from '../../../shared/shopper/similar-items.ts';
import { NO_TASTE, type Taste, tasteOf } from '../../../shared/shopper/taste.ts';
import type { DeviceEngine, DeviceRecommendations, EngineChoice, OwnEvent } from '../recommender-types.ts';
import { type DeviceScorer, openDeviceScorer, processorScorer } from './device-scorer.ts';

/** Share of the catalogue that suits a shopper best: only for these is there a reason to show. */
const SUITING_SHARE = 0.1;

/** Recommends from one model to one shopper. When the GPU fails, the processor takes over for good, and a listener is called. */
export class DeviceRecommender {
  readonly version: string;
  readonly #model: FactorModel;
  readonly #products: ReadonlyMap<string, ProductCard>;
  /** Items of which there is nothing to show. */
  readonly #unknown: readonly number[];
  readonly #onFailure: () => void;
  #scoring: DeviceScorer;
  #taste: Taste = NO_TASTE;

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

  /** @param onFailure called when the engine had to be left for another; `engine` says which and why */
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
    this.#taste = tasteOf(this.#model, events);
  }

  async recommend(n: number, exclusions: readonly string[]): Promise<DeviceRecommendations> {
    const [model, taste] = [this.#model, this.#taste];
    const exclude = [...this.#unknown, ...knownItems(model, exclusions)];
    const picks = await this.#score((scorer) => personalPicks({ model, scorer }, taste, { limit: n, exclude }));
    const items = picks.map(({ itemId, score, reasons }): RecommendedItem => {
      const { product_id, title, image, category, list_price } = this.#products.get(itemId)!;
      const because = reasons.map((reason) => this.#shown(reason));
      return { item_id: product_id, title, image, category, price: list_price, score, reasons: because };
    });
    return { modelVersion: this.version, items };
  }

  /** Null where the model does not know the item. */
  similar(itemId: string, n: number): Promise<ProductCard[] | null> {
    const category = this.#products.get(itemId)?.category ?? null;
    const read = async (): Promise<ReadonlyMap<string, ProductCard>> => this.#products;
    return this.#score((scorer) => similarItems({ model: this.#model, scorer }, { itemId, category, limit: n }, read));
  }

  product(itemId: string): ProductCard | null {
    return this.#products.get(itemId) ?? null;
  }

  /** Reasons for an item, the strongest first; none where it is not among those that suit the shopper best. */
  async explain(itemId: string): Promise<Reason[]> {
    const model = this.#model;
    const item = model.items.indexOf(itemId);
    const taste = { ...this.#taste, seen: this.#taste.seen.filter((own) => own.item !== item) };
    if (item === undefined || taste.seen.length === 0) return [];
    const user = await this.#score((scorer) => scorer.foldIn(taste.seen));
    const k = model.nFactors;
    let score = 0;
    for (let f = 0; f < k; f++) score += user[f]! * model.itemFactors[item * k + f]!;
    const nSuiting = Math.ceil(SUITING_SHARE * model.items.size);
    const exclude = taste.seen.map((own) => own.item);
    const best = await this.#score((scorer) => scorer.topK(user, { k: nSuiting, exclude }));
    if (score < (best.at(-1)?.score ?? 0)) return [];
    const [reasons = []] = await this.#score((scorer) => reasonsOf({ model, scorer }, taste, [{ item, score }]));
    return reasons.map((reason) => this.#shown(reason));
  }

  close(): void {
    this.#scoring.close();
  }

  #shown({ itemId, event, share }: PickReason): Reason {
    return { kind: 'because_of', item_id: itemId, title: this.#products.get(itemId)?.title ?? itemId, event, share };
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
