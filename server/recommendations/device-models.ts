import type { DeviceModel, ProductCard } from '../../shared/api/device-model.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { writeInteractions } from '../../shared/recommender/interactions/interactions-file.ts';
import { TripleBuffer } from '../../shared/recommender/interactions/triples.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { type PreferenceEvent, preferencesFor } from '../../shared/shopper/preferences.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { Store } from '../store/store.ts';
import type { LoadedModel } from './current-model.ts';

/** A phone downloads no more: 50,000 items with 64 factors are 13 MB, and their titles and links about as much. */
const MAX_ITEMS = 50_000;
/** What a phone trains on in a minute, and what the API reads at the side in a few seconds. */
const MAX_EVENTS = 1_000_000;
/** Events are read on the API's thread: so few take a few milliseconds. */
const EVENTS_PER_READ = 1_000;
const PRODUCTS_PER_READ = 500;

/** What devices download to recommend and to train by themselves, made of the current model when first asked for. */
export class DeviceModels {
  readonly #store: Store;
  readonly #imageLinks: ImageLinks;
  readonly #currentModel: () => Promise<LoadedModel | null>;
  #files: {
    version: string;
    itemFactors: Uint8Array<ArrayBuffer>;
    interactions: Promise<Uint8Array<ArrayBuffer> | null>;
  } | null = null;

  constructor(store: Store, imageLinks: ImageLinks, currentModel: () => Promise<LoadedModel | null>) {
    this.#store = store;
    this.#imageLinks = imageLinks;
    this.#currentModel = currentModel;
  }

  /** Null where there is no model, or one with more items than a device should carry. */
  async current(): Promise<DeviceModel | null> {
    const loaded = await this.#current();
    const files = loaded && this.#filesOf(loaded);
    if (!loaded || !files) return null;
    const path = `/models/${encodeURIComponent(loaded.version)}`;
    return {
      version: loaded.version,
      n_items: loaded.model.items.size,
      n_factors: loaded.model.nFactors,
      size_bytes: files.itemFactors.byteLength,
      item_factors: `${path}/item-factors`,
      products: `${path}/products`,
      interactions: (await files.interactions) && `${path}/interactions`,
    };
  }

  /** A factor model without its users: who they are and what they like is nobody's business. Null for another version than the current. */
  async itemFactors(version: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const loaded = await this.#current();
    return loaded?.version === version ? this.#filesOf(loaded).itemFactors : null;
  }

  /** What the public shoppers, who are invented, did, by number instead of by name. Null where there is no such thing. */
  async interactions(version: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const loaded = await this.#current();
    return loaded?.version === version ? this.#filesOf(loaded).interactions : null;
  }

  /** What is shown of the model's items, in the model's order; items that are no product any more are left out. */
  async products(version: string): Promise<ProductCard[] | null> {
    const loaded = await this.#current();
    if (loaded?.version !== version) return null;
    const cards: ProductCard[] = [];
    const { ids } = loaded.model.items;
    for (let start = 0; start < ids.length; start += PRODUCTS_PER_READ) {
      const some = ids.slice(start, start + PRODUCTS_PER_READ);
      const products = await this.#store.products.getMany(some);
      for (const id of some) {
        const product = products.get(id);
        if (product === undefined) continue;
        const { title, image, category, listPrice } = product;
        cards.push({
          product_id: id,
          title,
          image: this.#imageLinks.pathTo(image),
          category,
          list_price: listPrice && toWireMoney(listPrice),
        });
      }
    }
    return cards;
  }

  async #current(): Promise<LoadedModel | null> {
    const loaded = await this.#currentModel();
    return loaded !== null && loaded.model.items.size <= MAX_ITEMS ? loaded : null;
  }

  #filesOf({ version, model }: LoadedModel) {
    if (this.#files?.version !== version) {
      const interactions = this.#publicInteractions(model.parameters.feedback);
      // Whoever asks is told; when nobody has asked yet, nobody is lost.
      interactions.catch(() => {
        if (this.#files?.version === version) this.#files = null;
      });
      this.#files = {
        version,
        itemFactors: writeFactorModel({ ...model, users: new IdMap(), userFactors: new Float32Array() }),
        interactions,
      };
    }
    return this.#files;
  }

  async #publicInteractions(feedback: 'explicit' | 'implicit'): Promise<Uint8Array<ArrayBuffer> | null> {
    if ((await this.#store.events.count()).events > MAX_EVENTS) return null;
    const byUser = new Map<string, (PreferenceEvent & { at: number })[]>();
    for await (const batch of this.#store.publicShoppers.events({ batchSize: EVENTS_PER_READ })) {
      for (const { userId, itemId, type, value, occurredAt } of batch) {
        const own = byUser.get(userId) ?? [];
        if (own.push({ itemId, type, value, at: occurredAt.getTime() }) === 1) byUser.set(userId, own);
      }
      // SQLite answers without letting go of the thread: others take their turn here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (byUser.size === 0) return null;
    const items = new IdMap();
    const triples = new TripleBuffer();
    let user = 0;
    for (const events of byUser.values()) {
      events.sort((a, b) => a.at - b.at);
      for (const [itemId, { value }] of preferencesFor(feedback)(events))
        triples.add(user, items.intern(itemId), value);
      user += 1;
    }
    return writeInteractions({ items, nUsers: user, triples: { ...triples.triples(), timestamps: null } });
  }
}
