import type { EventType } from '../../shared/api/events.ts';
import type { Money } from '../../shared/prices/money/money.ts';
import type { Availability } from '../../shared/prices/offer.ts';

export interface ProductRecord {
  id: string;
  title: string;
  brand: string | null;
  category: string | null;
  description: string | null;
  /** GTIN-14, check digit valid. */
  gtin: string | null;
  mpn: string | null;
  /** Absolute URL, or a path on our own origin. */
  image: string | null;
  listPrice: Money | null;
  /** Where it came from: `demo`, `online-retail`, `comparison`, a feed's name. */
  source: string;
}

export interface EventRecord {
  /** Unique; an event with a known id is a duplicate and changes nothing. */
  id: string;
  userId: string;
  itemId: string;
  type: EventType;
  /** rating: 1…5; purchase: quantity; view: 1. */
  value: number;
  occurredAt: Date;
  source: string;
}

/** `deleted`: the shopper's data has been deleted, so that nothing of theirs is taken any more. */
export type EventOutcome = 'accepted' | 'duplicate' | 'deleted';

/** How much there was of a shopper. */
export interface ShopperRemains {
  events: number;
  watches: number;
  /** 1 where the shopper was a device's, else 0. */
  devices: number;
}

export interface AppendOptions {
  /**
   * Hash of the address group that the events come from: their users count in what is popular only up to a cap per
   * address. Null (imports, the demo, callers with a key): they count in full.
   */
  addressGroup?: string | null;
}

export interface OfferRecord {
  /** Shop's id and the offer's URL identify it. */
  shop: string;
  url: string;
  productId: string;
  title: string;
  price: Money;
  shipping: Money | null;
  availability: Availability | null;
  checkedAt: Date;
}

export interface PriceObservation {
  shop: string;
  url: string;
  price: Money;
  availability: Availability | null;
  observedAt: Date;
}

/** What is watched, in which currency: one look at the shops serves all watches on it. */
export interface WatchSubject {
  kind: 'product' | 'query';
  /** The product's id, or the query as shops are asked. */
  subject: string;
  /** ISO 4217 code, of all money of the watch. */
  currency: string;
}

export interface WatchRecord extends WatchSubject {
  id: string;
  userId: string;
  /** Alert at this total or below; null: at each new lowest. */
  target: Money | null;
  createdAt: Date;
  nextCheckAt: Date;
  checkedAt: Date | null;
  /** The best offer at the last check. */
  last: { total: Money; shop: string; url: string } | null;
  /** The lowest total since the watch was made. */
  lowest: { total: Money; observedAt: Date } | null;
  triggeredAt: Date | null;
}

/** The last change to whether a shopper watches a product. */
export interface WatchChangeRecord {
  /** A UUID. */
  id: string;
  userId: string;
  productId: string;
  isWatched: boolean;
  /** ISO 4217 code. */
  currency: string;
  /** By the clock of whoever changed it: of two changes the later one holds, of two at once that of the greater id. */
  changedAt: Date;
}

/**
 * `duplicate`: it was known, or a later one is. `too many`: the shopper watches as many prices as one may. `deleted`: as of
 * events.
 */
export type WatchChangeOutcome = 'accepted' | 'duplicate' | 'too many' | 'deleted';

/** A place in the order in which a shopper's events arrived. */
export interface EventPlace {
  /** Of the last event before it. */
  seq: number;
  eventId: string;
  /** How many events of the shopper are before it. */
  nEvents: number;
}

export interface ModelRecord {
  /** Sortable, unique, e.g. `20261122T081500-3f2a`. */
  version: string;
  /** File name inside the data folder's `models/`. */
  file: string;
  createdAt: Date;
  /** Training parameters, metrics, engine: as they were, JSON. */
  parameters: Record<string, unknown>;
  isCurrent: boolean;
}

export interface ApiKeyRecord {
  id: string;
  name: string;
  /** SHA-256 of the key, hex. The key itself is never stored. */
  hash: string;
  scopes: string[];
  createdAt: Date;
  revokedAt: Date | null;
  /** null: it does not expire. */
  expiresAt: Date | null;
  /** To the minute; null: never. */
  lastUsedAt: Date | null;
}

/** A browser of the operator's that is signed in. */
export interface SessionRecord {
  /** SHA-256 of the session's secret, hex. */
  hash: string;
  createdAt: Date;
  expiresAt: Date;
}

/** A shopper that is a device's own. */
export interface DeviceRecord {
  userId: string;
  /** Keyed hash of the address group from which it first wrote; null for what wrote before this was kept. */
  addressGroup: string | null;
  createdAt: Date;
}

/** A device that belongs to a shopper. */
export interface LinkedDevice {
  /** The id of the shopper that the device was by itself. */
  deviceId: string;
  shopperId: string;
  /** For people. */
  name: string;
  linkedAt: Date;
  /** To the minute. */
  lastSeenAt: Date;
}

/**
 * What the product remembers. One set of Kysely queries, on SQLite or Postgres; every call that writes is one transaction.
 * @throws StoreFullError when the disk is full: nothing of the call is kept, everything before it is.
 */
export interface Store {
  readonly products: {
    upsert(products: readonly ProductRecord[]): Promise<void>;
    get(id: string): Promise<ProductRecord | null>;
    getMany(ids: readonly string[]): Promise<Map<string, ProductRecord>>;
    /** Ids of the products of a category, and of a list price within bounds in its currency's minor unit. */
    idsMatching(filter: {
      category: string | null;
      price: { currency: string; minMinor: number | null; maxMinor: number | null } | null;
    }): Promise<Set<string>>;
    findByGtin(gtin: string): Promise<ProductRecord | null>;
    /**
     * Every word of the query must occur in title, brand or category, whatever its case and accents; by relevance, then
     * title. An empty query gives all.
     */
    search(options: {
      query: string;
      category?: string;
      limit: number;
      offset: number;
    }): Promise<{ items: ProductRecord[]; total: number }>;
    categories(query?: string): Promise<{ category: string; count: number }[]>;
    count(): Promise<number>;
    /** A number that is another one after each write of products, whichever process writes: what was read before may be old. */
    version(): Promise<number>;
  };
  readonly events: {
    /** Per event, in order: was it new? Durable when it returns. More than 1,000 at once: not on the API's thread. */
    append(events: readonly EventRecord[], options?: AppendOptions): Promise<EventOutcome[]>;
    /** Those of the items that are products, or that events have introduced. */
    knownItems(itemIds: readonly string[]): Promise<Set<string>>;
    /** How many events a user has. It only ever grows, until the user is deleted. */
    countOfUser(userId: string): Promise<number>;
    /** One user's events, newest first. */
    ofUser(userId: string, limit?: number): Promise<EventRecord[]>;
    /** Those after one of them in that order; null where the user has no event of this id. */
    ofUserAfter(userId: string, eventId: string, limit: number): Promise<EventRecord[] | null>;
    /**
     * All events there are at its start, or up to a position, in batches, in order of arrival, without holding them all.
     * Not on the API's thread.
     */
    scan(options?: { batchSize?: number; upTo?: number }): AsyncIterable<EventRecord[]>;
    /** Position of the latest event in the order of arrival; 0 where there is none. */
    latestPosition(): Promise<number>;
    count(): Promise<{ events: number; users: number; items: number }>;
    /**
     * Items by the weight of their distinct users, most first: of users that do not count in full, at most three per
     * item and address group.
     * @param options.productsOnly leaves out items that are no product.
     */
    popular(limit: number, options?: { productsOnly?: boolean }): Promise<{ itemId: string; weight: number }[]>;
  };
  /** Shoppers whose recommendations and events are open to everyone, because no person stands behind them. */
  readonly publicShoppers: {
    /**
     * Makes shoppers public, for good; those that are public already stay as they are.
     * @param source only their events of this source are public too: a person may have added others in their name.
     */
    add(userIds: readonly string[], source: string): Promise<void>;
    has(userId: string): Promise<boolean>;
    /** How many there are, and the first and last id, shorter ids before longer ones; null where there are none. */
    range(): Promise<{ count: number; first: string; last: string } | null>;
    /** Their public events, in order of arrival, in batches that may be empty. */
    events(options?: { batchSize?: number }): AsyncIterable<EventRecord[]>;
  };
  readonly offers: {
    upsert(offers: readonly OfferRecord[]): Promise<void>;
    ofProduct(productId: string): Promise<OfferRecord[]>;
    find(shop: string, url: string): Promise<OfferRecord | null>;
  };
  readonly prices: {
    /** Appends what differs from the offer's last observation, or is more than a day after it. */
    record(observations: readonly PriceObservation[]): Promise<void>;
    /** Observations of all offers of a product, oldest first. */
    history(productId: string, since?: Date): Promise<PriceObservation[]>;
    /** Observations of some of a shop's offers, oldest first. */
    ofOffers(shop: string, urls: readonly string[], since: Date): Promise<PriceObservation[]>;
  };
  /** Prices too far off to be believed at once, one per offer: they are in no history until a second look confirms them. */
  readonly pendingPrices: {
    of(shop: string, urls: readonly string[]): Promise<PriceObservation[]>;
    put(observation: PriceObservation): Promise<void>;
    remove(shop: string, url: string): Promise<void>;
  };
  readonly watches: {
    /**
     * Adds it. Where the user watches that subject already, only the target is replaced. @returns the watch that is kept.
     * @throws DeletedShopperError
     */
    put(watch: WatchRecord): Promise<WatchRecord>;
    get(id: string): Promise<WatchRecord | null>;
    /** Newest first. */
    ofUser(userId: string): Promise<WatchRecord[]>;
    /** False: there is none. */
    remove(id: string, at: Date): Promise<boolean>;
    /**
     * What is to be looked at by now, the longest overdue first.
     * @param latest what is further away was put there by a wrong date, and is due too.
     */
    due(now: Date, limit: number, latest?: Date): Promise<WatchSubject[]>;
    onSubject(subject: WatchSubject): Promise<WatchRecord[]>;
    /** Keeps what a check changed: all but the subject, its owner and the target. Watches removed meanwhile stay so. */
    recordChecks(watches: readonly WatchRecord[]): Promise<void>;
  };
  /** What a shopper's devices tell each other: decision 25. */
  readonly changes: {
    /**
     * A shopper's events in the order of arrival, after a place; from the first one where that place is not what it was,
     * since other events have arrived before it (of a shopper that joined) or are there no more (a restored backup).
     */
    events(
      userId: string,
      options: { after: EventPlace | null; limit: number },
    ): Promise<{ fromStart: boolean; events: EventRecord[]; place: EventPlace | null; more: boolean }>;
    /** The last change to each product that the shopper ever watched, by product. */
    watches(userId: string): Promise<WatchChangeRecord[]>;
    /** Per change, in order: what became of it. What is watched follows. Durable when it returns. */
    applyToWatches(changes: readonly WatchChangeRecord[]): Promise<WatchChangeOutcome[]>;
    /** Names this run of history: another one begins when a backup is restored. */
    epoch(): Promise<string>;
    beginEpoch(): Promise<void>;
  };
  readonly models: {
    add(model: Omit<ModelRecord, 'isCurrent'>): Promise<void>;
    list(): Promise<ModelRecord[]>;
    current(): Promise<ModelRecord | null>;
    /** Makes a model the current one, and remembers which was before it. @throws when no such version exists. */
    promote(version: string): Promise<void>;
    /** The model that was current before the last promotion; null where none was. */
    previous(): Promise<ModelRecord | null>;
    /** Takes the last promotion back. @throws when `version` is not the previous model (any more). */
    rollBackTo(version: string): Promise<void>;
  };
  readonly keys: {
    add(key: Omit<ApiKeyRecord, 'lastUsedAt'>): Promise<void>;
    recordUse(id: string, at: Date): Promise<void>;
    findByHash(hash: string): Promise<ApiKeyRecord | null>;
    list(): Promise<ApiKeyRecord[]>;
    revoke(id: string): Promise<boolean>;
  };
  readonly sessions: {
    /** Those that have expired by then are removed. */
    add(session: SessionRecord): Promise<void>;
    find(hash: string): Promise<SessionRecord | null>;
    remove(hash: string): Promise<void>;
  };
  readonly devices: {
    /** @returns whether it is new; a shopper that has been deleted is not added. */
    add(device: DeviceRecord): Promise<boolean>;
    has(userId: string): Promise<boolean>;
  };
  /** Several devices of one shopper. Codes are kept as keyed hashes. */
  readonly links: {
    /** Whose the device is; null: it was never linked, so it is its own shopper. */
    find(deviceId: string): Promise<LinkedDevice | 'removed' | null>;
    recordUse(deviceId: string, at: Date): Promise<void>;
    /** In the order in which they were linked. */
    ofShopper(shopperId: string): Promise<LinkedDevice[]>;
    /**
     * Keeps a code by which another device joins the shopper. It replaces the shopper's earlier code of this kind, and
     * makes the device that shows it one of the shopper's.
     * @param code.expiresAt null: never.
     * @throws DeletedShopperError
     */
    addCode(code: {
      code: string;
      kind: 'link' | 'recovery';
      device: LinkedDevice;
      expiresAt: Date | null;
    }): Promise<void>;
    /**
     * Uses a code up: the device belongs to the code's shopper from then on, with all that was kept of its own.
     * @returns the shopper's id; null where the code is unknown, used or too old.
     */
    join(joining: { code: string; device: Omit<LinkedDevice, 'shopperId'> }): Promise<string | null>;
    /** The device's secret proves nothing any more. False: the shopper has no such device. */
    remove(shopperId: string, deviceId: string, at: Date): Promise<boolean>;
    /** Removes all devices, codes and earlier ids of a shopper. @returns how many devices there were. */
    removeAll(shopperId: string, at: Date): Promise<number>;
    /** The shopper that the id stands for: another one where it is an earlier id of theirs. */
    currentId(userId: string): Promise<string>;
    earlierIds(shopperId: string): Promise<string[]>;
  };
  /** All that is kept of one shopper: what `GET /me/export` gives and `DELETE /me` deletes. */
  readonly shoppers: {
    /** All events of a shopper, oldest first, in batches, without holding them all. */
    events(userId: string, options?: { batchSize?: number }): AsyncIterable<EventRecord[]>;
    countEvents(userId: string): Promise<number>;
    device(userId: string): Promise<DeviceRecord | null>;
    /**
     * Deletes all of a shopper, in batches between which others write; asked for again after an interruption, it goes on.
     * What arrives of the shopper afterwards is refused.
     * @param options.onProgress events deleted so far, and in all.
     */
    remove(
      userId: string,
      options: { at: Date; onProgress?: (done: number, total: number) => void },
    ): Promise<ShopperRemains>;
    /** Those of the shoppers that have been deleted. */
    deletedAmong(userIds: Iterable<string>): Promise<Set<string>>;
  };
  close(): Promise<void>;
}

/** The shopper's data has been deleted: nothing of theirs is taken any more. */
export class DeletedShopperError extends Error {
  override readonly name = 'DeletedShopperError';

  constructor() {
    super('the data of this shopper has been deleted');
  }
}

/** The disk (or the database's quota) is full. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}
