import type { DBSchema } from 'idb';
import type { Comparison } from '../../shared/api/comparison.ts';
import type { EventType, OwnEvents, ShopperEvent } from '../../shared/api/events.ts';
import type { Product } from '../../shared/api/products.ts';
import type { Schemas } from '../../shared/api-client/src/index.ts';
import type { DeviceIdentity } from './device-identity.ts';
import type { EngineChoice } from './engine-choice.ts';

/** A change that the server has not yet confirmed. */
export type OutboxEntry = EventEntry | WatchEntry;

interface Unsent {
  /** The change's id, a UUIDv7: key order is the order in which things happened. */
  id: string;
  /** For people. */
  title: string;
  /** `rejected` entries stay, with the reason, until the shopper removes them. */
  state: 'waiting' | 'rejected';
  reason: string | null;
  /** Recorded while nothing was to leave this device: stays here until the shopper lets it go, whatever the settings are. */
  is_private: boolean;
}

export interface EventEntry extends Unsent {
  event: ShopperEvent;
}

export interface WatchEntry extends Unsent {
  watch: Schemas['WatchChange'];
}

/** The newest event of each type per shopper and item. This device shows it, e.g. as "your rating". */
export interface Activity {
  user_id: string;
  item_id: string;
  type: EventType;
  value: number;
  /** ISO 8601 instant of the hybrid clock (`clock.ts`). */
  occurred_at: string;
  title: string;
  image: string | null;
  /** The event's; empty where a version before this one kept it. */
  id: string;
  /** Whether the server has had it. */
  is_confirmed: boolean;
}

/** Whether a product is watched, by the last change that this device knows of. */
export interface Watch {
  product_id: string;
  product: Product;
  /** ISO 8601 instant. */
  added_at: string;
  is_watched: boolean;
  /** ISO 8601 instant of the hybrid clock (`clock.ts`). */
  changed_at: string;
  change_id: string;
  currency: Schemas['WatchState']['currency'];
  /** Whether the server has had the change. */
  is_confirmed: boolean;
}

/** What this device knows of the server's order of things. */
export interface SyncState {
  /** The latest instant that was recorded or pulled, in ms since 1970. */
  clock_ms: number;
  /** `next` of the last pull; null: none yet. */
  cursor: string | null;
}

export interface SavedComparison {
  query: string;
  currency: string;
  comparison: Comparison;
  /** ISO 8601 instant. */
  saved_at: string;
}

export interface Settings {
  device: DeviceIdentity;
  /** The current shopper: the device's own id, or a demo shopper's. */
  shopper_id: string;
  /** Whether this device's own events may go to the server. */
  sync: boolean;
  /** The engine of recommendations on this device. */
  engine: EngineChoice;
}

export interface MagpieSchema extends DBSchema {
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
  outbox: { key: string; value: OutboxEntry };
  activity: {
    key: [user: string, item: string, type: string];
    value: Activity;
    indexes: { by_shopper: [user: string, occurredAt: string] };
  };
  watches: { key: string; value: Watch };
  comparisons: {
    key: [query: string, currency: string];
    value: SavedComparison;
    indexes: { by_age: string };
  };
  sync: { key: 'state'; value: SyncState };
  /** The server's last answer about a shopper, by the shopper's id. */
  histories: { key: string; value: OwnEvents['events'] };
}
