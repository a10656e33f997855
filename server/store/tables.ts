import type { Generated } from 'kysely';
import type { EventType } from '../../shared/api/events.ts';
import type { Availability } from '../../shared/prices/offer.ts';

/** Instants are milliseconds since 1970; money is minor units and ISO 4217 code; JSON is text: equal on both databases. */
export interface StoreTables {
  catalogue: {
    /** Another one after each write of products. The table has one row. */
    version: number;
  };
  products: {
    id: string;
    title: string;
    brand: string | null;
    category: string | null;
    description: string | null;
    gtin: string | null;
    mpn: string | null;
    image: string | null;
    list_price_minor: number | null;
    list_price_currency: string | null;
    source: string;
    /** Normalised words of the title: `search-text.ts`. */
    search_title: string;
    /** Normalised words of title, brand and category. */
    search_text: string;
  };
  events: {
    /** Order of arrival. */
    seq: Generated<number>;
    id: string;
    user_id: string;
    item_id: string;
    type: EventType;
    value: number;
    occurred_at: number;
    source: string;
  };
  /** One row per user who has events. Kept with `events`, so that counting does not read them all. */
  event_users: { user_id: string; events: number };
  /** One row per pair that occurs in `events`. The address group is that of its first event; '' counts in full. */
  event_pairs: { item_id: string; user_id: string; address_group: string };
  /** One row per item that occurs in `events`: its number of distinct users, and their weight (`popularity.ts`). */
  item_popularity: { item_id: string; users: number; weight: number };
  /** Of the pairs that do not count in full: distinct users per item and address group. */
  item_address_groups: { item_id: string; address_group: string; users: number };
  /** Shoppers open to everyone, with the source of their public events. */
  public_shoppers: { user_id: string; source: string };
  offers: {
    shop: string;
    url: string;
    product_id: string;
    title: string;
    price_minor: number;
    price_currency: string;
    shipping_minor: number | null;
    shipping_currency: string | null;
    availability: Availability | null;
    checked_at: number;
  };
  price_observations: {
    shop: string;
    url: string;
    price_minor: number;
    price_currency: string;
    availability: Availability | null;
    observed_at: number;
  };
  /** The one price of an offer that waits for a second look. */
  pending_prices: StoreTables['price_observations'];
  watches: {
    id: string;
    user_id: string;
    kind: 'product' | 'query';
    subject: string;
    currency: string;
    target_minor: number | null;
    created_at: number;
    next_check_at: number;
    checked_at: number | null;
    last_minor: number | null;
    last_shop: string | null;
    last_url: string | null;
    lowest_minor: number | null;
    lowest_at: number | null;
    triggered_at: number | null;
  };
  /** The last change to each product that a shopper ever watched: `watch-changes.ts`. */
  watch_changes: {
    user_id: string;
    product_id: string;
    change_id: string;
    is_watched: number;
    currency: string;
    changed_at: number;
  };
  /** One row: another value after a backup was restored. */
  store_epoch: { epoch: string };
  models: {
    version: string;
    file: string;
    created_at: number;
    /** JSON */
    parameters: string;
    is_current: number;
  };
  /** Which models answered, in the order in which they began to. */
  model_promotions: {
    seq: Generated<number>;
    version: string;
    promoted_at: number;
    /** null: it was not rolled back. */
    taken_back_at: number | null;
  };
  api_keys: {
    id: string;
    name: string;
    hash: string;
    /** JSON array */
    scopes: string;
    created_at: number;
    revoked_at: number | null;
    expires_at: number | null;
    last_used_at: number | null;
  };
  /** The operator's browsers that are signed in. */
  sessions: { hash: string; created_at: number; expires_at: number };
  /** Shoppers that are a device's: each is written at its first event or watch. */
  devices: { user_id: string; address_group: string | null; created_at: number };
  /** Devices that belong to one shopper; a device that was never linked has no row and is its own shopper. */
  device_links: { device_id: string; shopper_id: string; name: string; linked_at: number; last_seen_at: number };
  /** Devices that were removed from a shopper's, as keyed hashes of their ids: their secrets prove nothing any more. */
  removed_devices: { hash: string; removed_at: number };
  /** Codes that link a device, as keyed hashes. Each works once; a recovery code has no expiry. */
  link_codes: { hash: string; kind: 'link' | 'recovery'; shopper_id: string; expires_at: number | null };
  /** Earlier ids of shoppers that joined another: `shopper-aliases.ts`. */
  shopper_aliases: { user_id: string; shopper_id: string };
  /** Shoppers whose data has been deleted, as keyed hashes of their ids: `deleted-shoppers.ts`. */
  deleted_shoppers: { hash: string; deleted_at: number };
}
