import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { writeInteractions } from '../../shared/recommender/interactions/interactions-file.ts';
import { TripleBuffer } from '../../shared/recommender/interactions/triples.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { type PreferenceEvent, preferencesFor } from '../../shared/shopper/preferences.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import type { LoadedModel } from './current-model.ts';

/** A phone downloads no more: 50,000 items with 64 factors are 13 MB, and their titles and links about as much. */
const MAX_ITEMS = 50_000;
/** What a phone trains on in a minute, and what the API reads at the side in a few seconds. */
const MAX_EVENTS = 1_000_000;
/** Events are read on the API's thread: so few take a few milliseconds. */
const EVENTS_PER_READ = 1_000;
const PRODUCTS_PER_READ = 500;

/** What there is to download of the current model. */
export interface DeviceModel {
  version: string;
  nItems: number;
  nFactors: number;
  /** Of the item factors. */
  sizeBytes: number;
  /** Whether there are public interactions to train on. */
  hasInteractions: boolean;
}

/** What devices download to recommend and to train by themselves, made of the current model when it is first asked for. */
export class DeviceModels {
  readonly #store: Store;
  readonly #currentModel: () => Promise<LoadedModel | null>;
  #files: {
    version: string;
    itemFactors: Uint8Array<ArrayBuffer>;
    interactions: Promise<Uint8Array<ArrayBuffer> | null>;
  } | null = null;

  constructor(store: Store, currentModel: () => Promise<LoadedModel | null>) {
    this.#store = store;
    this.#currentModel = currentModel;
  }

  /** Null where there is no model, or one with more items than a device should carry. */
  async current(): Promise<DeviceModel | null> {
    const loaded = await this.#current();
    const files = loaded && this.#filesOf(loaded);
    if (!loaded || !files) return null;
    return {
      version: loaded.version,
      nItems: loaded.model.items.size,
      nFactors: loaded.model.nFactors,
      sizeBytes: files.itemFactors.byteLength,
      hasInteractions: (await files.interactions) !== null,
    };
  }

  /** A factor model without its users, whose tastes are private. Null for another version than the current. */
  async itemFactors(version: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const loaded = await this.#current();
    return loaded?.version === version ? this.#filesOf(loaded).itemFactors : null;
  }

  /** What the public shoppers, who are invented, did, by number instead of by name. Null where there are none. */
  async interactions(version: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const loaded = await this.#current();
    return loaded?.version === version ? this.#filesOf(loaded).interactions : null;
  }

  /** The model's items that are still products, in the model's order. */
  async products(version: string): Promise<ProductRecord[] | null> {
    const loaded = await this.#current();
    if (loaded?.version !== version) return null;
    const all: ProductRecord[] = [];
    const { ids } = loaded.model.items;
    for (let start = 0; start < ids.length; start += PRODUCTS_PER_READ) {
      const some = ids.slice(start, start + PRODUCTS_PER_READ);
      const products = await this.#store.products.getMany(some);
      all.push(...some.flatMap((id) => products.get(id) ?? []));
    }
    return all;
  }

  async #current(): Promise<LoadedModel | null> {
    const loaded = await this.#currentModel();
    return loaded !== null && loaded.model.items.size <= MAX_ITEMS ? loaded : null;
  }

  #filesOf({ version, model }: LoadedModel) {
    if (this.#files?.version !== version) {
      const interactions = this.#publicInteractions(model.parameters.feedback);
      // A caller that awaits it gets the error; the next call tries again.
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
      // SQLite answers without leaving the thread: other requests get their turn here.
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
