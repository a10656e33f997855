import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import type { Start } from '../start.ts';
import { changeStore } from './changes.ts';
import { DeletedShoppers } from './deleted-shoppers.ts';
import { deviceLinkStore } from './device-links.ts';
import { deviceStore } from './devices.ts';
import { eventStore } from './events.ts';
import { keyStore } from './keys.ts';
import { storeMigrations } from './migrations.ts';
import { modelStore } from './models.ts';
import { offerStore } from './offers.ts';
import { pendingPriceStore } from './pending-prices.ts';
import { priceStore } from './prices.ts';
import { productStore } from './products.ts';
import { publicShopperStore } from './public-shoppers.ts';
import { sessionStore } from './sessions.ts';
import { shopperStore } from './shoppers.ts';
import type { Store } from './store.ts';
import type { StoreTables } from './tables.ts';
import { watchStore } from './watches.ts';

/**
 * The store in Postgres where `databaseUrl` names one, else in `magpie.db` of the data folder. Any number of processes
 * may have it open.
 *
 * On SQLite every call runs on the calling thread. Reads take from 0.1 ms to a few; these do not belong on the thread that
 * answers the API: `events.append` with more than about 1,000 events (5,000 take 0.1 s), and `events.scan`.
 * @throws with one clear sentence when the database cannot be opened.
 */
export async function openStore(options: {
  dataDir: string;
  databaseUrl: string | null;
  start?: Start;
}): Promise<Store> {
  const database = await openDatabase<StoreTables>({ ...options, file: 'magpie.db', durability: 'full' });
  return storeOn(database, options.dataDir);
}

/** Takes the database over: it is closed with the store, or here where its tables cannot be made. */
export async function storeOn(database: Database<StoreTables>, dataDir: string): Promise<Store> {
  try {
    await migrate(database, 'store', storeMigrations(database.dialect));
  } catch (error) {
    await database.close();
    throw error;
  }
  const deleted = new DeletedShoppers(dataDir, database.dialect);
  const events = eventStore(database, deleted);
  const links = deviceLinkStore(database, deleted);
  return {
    products: productStore(database),
    events,
    publicShoppers: publicShopperStore(database, events),
    offers: offerStore(database),
    prices: priceStore(database),
    pendingPrices: pendingPriceStore(database),
    watches: watchStore(database, deleted),
    changes: changeStore(database, deleted),
    models: modelStore(database),
    keys: keyStore(database),
    sessions: sessionStore(database),
    devices: deviceStore(database, deleted),
    links,
    shoppers: shopperStore(database, deleted, links),
    close: () => database.close(),
  };
}
