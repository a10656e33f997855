import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Comparison } from '../../shared/api/comparison.ts';
import type { EventType, OwnEvents, ShopperEvent } from '../../shared/api/events.ts';
import type { Product } from '../../shared/api/products.ts';
import type { DeviceIdentity } from './device-identity.ts';
import type { EngineChoice } from './engine-choice.ts';

/** An event that the server has not yet confirmed. */
export interface OutboxEntry {
  /** The event's id, a UUIDv7: key order is the order in which things happened. */
  id: string;
  event: ShopperEvent;
  /** For people. */
  title: string;
  /** `rejected` entries stay, with the reason, until the shopper removes them. */
  state: 'waiting' | 'rejected';
  reason: string | null;
}

/** The newest event of each type per shopper and item. This device shows it, e.g. as "your rating". */
export interface Activity {
  user_id: string;
  item_id: string;
  type: EventType;
  value: number;
  /** ISO 8601 instant. */
  occurred_at: string;
  title: string;
  image: string | null;
}

export interface Watch {
  product_id: string;
  product: Product;
  /** ISO 8601 instant. */
  added_at: string;
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

interface MagpieSchema extends DBSchema {
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
  /** The server's last answer about a shopper, by the shopper's id. */
  histories: { key: string; value: OwnEvents['events'] };
}

export type MagpieDatabase = IDBPDatabase<MagpieSchema>;

const NAME = 'magpie';
/** The number of steps in `upgrade`. A step that was released is never changed; the next one gets the next number. */
const VERSION = 2;

let opened: Promise<MagpieDatabase> | null = null;

function open(): Promise<MagpieDatabase> {
  return openDB<MagpieSchema>(NAME, VERSION, {
    upgrade(db, oldVersion) {
      if (oldVersion < 1) {
        db.createObjectStore('settings');
        db.createObjectStore('outbox', { keyPath: 'id' });
        db.createObjectStore('activity', { keyPath: ['user_id', 'item_id', 'type'] }).createIndex('by_shopper', [
          'user_id',
          'occurred_at',
        ]);
        db.createObjectStore('watches', { keyPath: 'product_id' });
        db.createObjectStore('comparisons', { keyPath: ['query', 'currency'] }).createIndex('by_age', 'saved_at');
      }
      if (oldVersion < 2) db.createObjectStore('histories');
    },
    // A newer version of the page wants to upgrade: this connection makes way, and the next call opens a new one.
    blocking() {
      void opened?.then((db) => db.close());
      opened = null;
    },
    terminated() {
      opened = null;
    },
  });
}

/** The device's own store. One connection per page, opened when first needed. */
export function database(): Promise<MagpieDatabase> {
  opened ??= open().catch((cause: unknown) => {
    opened = null;
    throw new Error('This browser does not let Magpie keep anything on this device (private window, or full disk).', {
      cause,
    });
  });
  return opened;
}
