import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { markForSync } from './mark-for-sync.ts';
import type { MagpieSchema } from './schema.ts';

export type MagpieDatabase = IDBPDatabase<MagpieSchema>;

const NAME = 'magpie';
/** The number of steps in `upgrade`. A step that was released is never changed; the next one gets the next number. */
const VERSION = 3;

let opened: Promise<MagpieDatabase> | null = null;

function open(): Promise<MagpieDatabase> {
  return openDB<MagpieSchema>(NAME, VERSION, {
    async upgrade(db, oldVersion, _newVersion, transaction) {
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
      if (oldVersion < 3) db.createObjectStore('sync');
      if (oldVersion > 0 && oldVersion < 3) await markForSync(transaction);
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

/** One transaction that writes to these stores. */
export type Writing<Stores extends StoreNames<MagpieSchema>[]> = IDBPTransaction<MagpieSchema, Stores, 'readwrite'>;

/**
 * Runs work in one transaction, which awaits nothing but its requests: all of it is on the disk when this resolves, or none of
 * it, and the error is thrown.
 */
export async function writing<Stores extends StoreNames<MagpieSchema>[], T>(
  stores: Stores,
  work: (transaction: Writing<Stores>) => Promise<T>,
): Promise<T> {
  const transaction = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
  // Of a failure the work's own error tells more.
  transaction.done.catch(() => {});
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

/** Does nothing where the browser has aborted it already. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
