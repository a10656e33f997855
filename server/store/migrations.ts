import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from '../database/database.ts';

/** In order of their names. One that was released is never changed: a new one follows it. */
export function storeMigrations(dialect: Dialect): Record<string, Migration> {
  return {
    '0001_first_tables': { up: (database) => createFirstTables(database, dialect) },
    '0002_watches': { up: createWatches },
    '0003_public_shoppers': { up: (database) => createPublicShoppers(database, dialect) },
    '0004_access': { up: createAccess },
    '0005_popularity_by_address': { up: (database) => createPopularityByAddress(database, dialect) },
    '0006_deleted_shoppers': { up: createDeletedShoppers },
    '0007_model_promotions': { up: (database) => createModelPromotions(database, dialect) },
    '0008_device_links': { up: createDeviceLinks },
    '0009_catalogue_version': { up: createCatalogueVersion },
    '0010_watch_changes': { up: (database) => createWatchChanges(database, dialect) },
  };
}

async function createFirstTables(database: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { schema } = database;
  /** Sorted by code point on both databases, whatever the server's locale. */
  const sortedText = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;

  await schema
    .createTable('products')
    .addColumn('id', sortedText, (column) => column.primaryKey().notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('brand', 'text')
    .addColumn('category', sortedText)
    .addColumn('description', 'text')
    .addColumn('gtin', 'text')
    .addColumn('mpn', 'text')
    .addColumn('image', 'text')
    .addColumn('list_price_minor', 'bigint')
    .addColumn('list_price_currency', 'text')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('search_title', sortedText, (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('products_gtin').on('products').column('gtin').execute();
  await schema.createIndex('products_category').on('products').column('category').execute();

  await schema
    .createTable('events')
    .addColumn('seq', dialect === 'sqlite' ? 'integer' : 'bigserial', (column) => column.primaryKey().notNull())
    .addColumn('id', 'text', (column) => column.unique().notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('occurred_at', 'bigint', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('events_of_user').on('events').columns(['user_id', 'occurred_at', 'seq']).execute();

  await schema
    .createTable('event_users')
    .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('event_pairs')
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_pairs_key', ['item_id', 'user_id'])
    .$call((table) => (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await schema
    .createTable('item_popularity')
    .addColumn('item_id', sortedText, (column) => column.primaryKey().notNull())
    .addColumn('users', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('offers')
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('product_id', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('price_minor', 'bigint', (column) => column.notNull())
    .addColumn('price_currency', 'text', (column) => column.notNull())
    .addColumn('shipping_minor', 'bigint')
    .addColumn('shipping_currency', 'text')
    .addColumn('availability', 'text')
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('offers_key', ['shop', 'url'])
    .execute();
  await schema.createIndex('offers_of_product').on('offers').column('product_id').execute();

  await schema
    .createTable('price_observations')
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('price_minor', 'bigint', (column) => column.notNull())
    .addColumn('price_currency', 'text', (column) => column.notNull())
    .addColumn('availability', 'text')
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('price_observations_key', ['shop', 'url', 'observed_at'])
    .execute();

  await schema
    .createTable('models')
    .addColumn('version', sortedText, (column) => column.primaryKey().notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('is_current', 'integer', (column) => column.notNull())
    .execute();

  await schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.unique().notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute();
}

async function createWatches({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('pending_prices')
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('price_minor', 'bigint', (column) => column.notNull())
    .addColumn('price_currency', 'text', (column) => column.notNull())
    .addColumn('availability', 'text')
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('pending_prices_key', ['shop', 'url'])
    .execute();

  await schema
    .createTable('watches')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('target_minor', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_check_at', 'bigint', (column) => column.notNull())
    .addColumn('checked_at', 'bigint')
    .addColumn('last_minor', 'bigint')
    .addColumn('last_shop', 'text')
    .addColumn('last_url', 'text')
    .addColumn('lowest_minor', 'bigint')
    .addColumn('lowest_at', 'bigint')
    .addColumn('triggered_at', 'bigint')
    .addUniqueConstraint('watches_of_user', ['user_id', 'kind', 'subject', 'currency'])
    .execute();
  await schema.createIndex('watches_due').on('watches').column('next_check_at').execute();
  await schema.createIndex('watches_on_subject').on('watches').columns(['kind', 'subject', 'currency']).execute();
}

/** What the versions before this one took for public: the shoppers `1` … `3000` that they had filled a store with. */
const FORMER_PUBLIC = { count: 3000, source: 'demo' };

async function createPublicShoppers(database: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await database.schema
    .createTable('public_shoppers')
    .addColumn('user_id', dialect === 'sqlite' ? sql`text` : sql`text collate "C"`, (column) =>
      column.primaryKey().notNull(),
    )
    .addColumn('source', 'text', (column) => column.notNull())
    .execute();

  const { count, source } = FORMER_PUBLIC;
  const { rows } = await sql`select 1 from products where source = ${source} limit 1`.execute(database);
  if (rows.length === 0) return;
  const shoppers = Array.from({ length: count }, (_, i) => sql`(${String(i + 1)}, ${source})`);
  await sql`insert into public_shoppers (user_id, source) values ${sql.join(shoppers)}`.execute(database);
}

async function createAccess(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.alterTable('api_keys').addColumn('expires_at', 'bigint').execute();
  await schema.alterTable('api_keys').addColumn('last_used_at', 'bigint').execute();
  await schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('devices')
    .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('address_group', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  // Devices that wrote to a version before this one: their ids are `d-` and 32 hex digits.
  const isDevice = sql`user_id like 'd-%' and length(user_id) = 34`;
  await sql`
    insert into devices (user_id, created_at)
    select user_id, 0 from event_users where ${isDevice}
    union select user_id, 0 from watches where ${isDevice}`.execute(database);
}

/** What is there counts in full: where it came from was not kept. */
async function createPopularityByAddress(database: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { schema } = database;
  await schema
    .alterTable('event_pairs')
    .addColumn('address_group', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('item_popularity')
    .addColumn('weight', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update item_popularity set weight = users`.execute(database);
  await schema
    .createTable('item_address_groups')
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('address_group', 'text', (column) => column.notNull())
    .addColumn('users', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('item_address_groups_key', ['item_id', 'address_group'])
    .$call((table) => (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
}

async function createDeletedShoppers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('deleted_shoppers')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('deleted_at', 'bigint', (column) => column.notNull())
    .execute();
  // A shopper's pairs are found by the shopper, when they are deleted.
  await schema.createIndex('event_pairs_of_user').on('event_pairs').column('user_id').execute();
}

/** Versions before this one promoted each model when it was made, so those up to the current one have answered in turn. */
async function createModelPromotions(database: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await database.schema
    .createTable('model_promotions')
    .addColumn('seq', dialect === 'sqlite' ? 'integer' : 'bigserial', (column) => column.primaryKey().notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('promoted_at', 'bigint', (column) => column.notNull())
    .addColumn('taken_back_at', 'bigint')
    .execute();
  await sql`
    insert into model_promotions (version, promoted_at)
    select version, created_at from models
    where version <= (select version from models where is_current = 1)
    order by version`.execute(database);
}

async function createDeviceLinks({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('device_links')
    .addColumn('device_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('shopper_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('linked_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('device_links_of_shopper').on('device_links').column('shopper_id').execute();
  await schema
    .createTable('removed_devices')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('removed_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('link_codes')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('shopper_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .execute();
  await schema
    .createTable('shopper_aliases')
    .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('shopper_id', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('shopper_aliases_of_shopper').on('shopper_aliases').column('shopper_id').execute();
}

/** One row, whose number says whether a product has been written since. */
async function createCatalogueVersion(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('catalogue')
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into catalogue (version) values (0)`.execute(database);
}

/** What is watched was watched last when the watch was made, whatever its currencies. */
async function createWatchChanges(database: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('watch_changes')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('product_id', 'text', (column) => column.notNull())
    .addColumn('change_id', dialect === 'sqlite' ? sql`text` : sql`text collate "C"`, (column) => column.notNull())
    .addColumn('is_watched', 'integer', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('watch_changes_key', ['user_id', 'product_id'])
    .execute();
  await sql`
    insert into watch_changes (user_id, product_id, change_id, is_watched, currency, changed_at)
    select user_id, subject, min(id), 1, min(currency), min(created_at) from watches
    where kind = 'product' group by user_id, subject`.execute(database);
  await schema
    .createTable('store_epoch')
    .addColumn('epoch', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into store_epoch (epoch) values (${randomUUID()})`.execute(database);
}
