import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { visibleLine, visibleText } from '../../shared/text/visible-text.ts';
import { type Database, statementsOf } from '../database/database.ts';
import { toMoney } from './money-columns.ts';
import { searchText, searchWords } from './search-text.ts';
import type { ProductRecord, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

type ProductRow = Selectable<StoreTables['products']>;
type Columns = ExpressionBuilder<StoreTables, 'products'>;

/**
 * The search reads every product's normalised words (`search-text.ts`): a few milliseconds for thousands of products,
 * with no index to keep and the same answer on both databases.
 */
export function productStore({ read, write }: Database<StoreTables>): Store['products'] {
  const versionQuery = read.selectFrom('catalogue').select('version').compile();
  return {
    async upsert(products) {
      // The last one of an id counts: one statement may not touch a row twice.
      const rows = [...new Map(products.map((product) => [product.id, toRow(visible(product))])).values()];
      if (rows.length === 0) return;
      await write(async (transaction) => {
        for (const chunk of statementsOf(rows)) {
          await transaction
            .insertInto('products')
            .values(chunk)
            .onConflict((conflict) =>
              conflict.column('id').doUpdateSet((columns) => ({
                title: columns.ref('excluded.title'),
                brand: columns.ref('excluded.brand'),
                category: columns.ref('excluded.category'),
                description: columns.ref('excluded.description'),
                gtin: columns.ref('excluded.gtin'),
                mpn: columns.ref('excluded.mpn'),
                image: columns.ref('excluded.image'),
                list_price_minor: columns.ref('excluded.list_price_minor'),
                list_price_currency: columns.ref('excluded.list_price_currency'),
                source: columns.ref('excluded.source'),
                search_title: columns.ref('excluded.search_title'),
                search_text: columns.ref('excluded.search_text'),
              })),
            )
            .execute();
        }
        await transaction
          .updateTable('catalogue')
          .set((columns) => ({ version: columns('version', '+', 1) }))
          .execute();
      });
    },

    async get(id) {
      const row = await read.selectFrom('products').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toProduct(row);
    },

    async getMany(ids) {
      const found = new Map<string, ProductRecord>();
      for (const chunk of statementsOf(ids)) {
        const rows = await read.selectFrom('products').selectAll().where('id', 'in', chunk).execute();
        for (const row of rows) found.set(row.id, toProduct(row));
      }
      return found;
    },

    async idsMatching({ category, price }) {
      let products = read.selectFrom('products').select('id');
      if (category !== null) products = products.where('category', '=', category);
      if (price !== null) {
        products = products.where('list_price_currency', '=', price.currency);
        if (price.minMinor !== null) products = products.where('list_price_minor', '>=', price.minMinor);
        if (price.maxMinor !== null) products = products.where('list_price_minor', '<=', price.maxMinor);
      }
      return new Set((await products.execute()).map(({ id }) => id));
    },

    async findByGtin(gtin) {
      const row = await read
        .selectFrom('products')
        .selectAll()
        .where('gtin', '=', gtin)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toProduct(row);
    },

    async search({ query, category, limit, offset }) {
      const words = searchWords(query);
      if (words.length === 0 && query.trim() !== '') return { items: [], total: 0 };
      const matching = read
        .selectFrom('products')
        .where((columns) => columns.and(words.map((word) => contains(columns, word))))
        .$if(category !== undefined, (products) => products.where('category', '=', category ?? null));
      const rows = await matching
        .selectAll()
        .$if(words.length > 0, (products) => products.orderBy((columns) => relevance(columns, words), 'desc'))
        .orderBy('search_title')
        .orderBy('id')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await matching
        .select((columns) => columns.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: rows.map(toProduct), total };
    },

    async categories(query = '') {
      if (searchWords(query).length === 0 && query.trim() !== '') return [];
      return read
        .selectFrom('products')
        .select((columns) => ['category', columns.fn.countAll<number>().as('count')])
        .where('category', 'is not', null)
        .where((columns) => columns.and(searchWords(query).map((word) => contains(columns, word))))
        .groupBy('category')
        .orderBy('count', 'desc')
        .orderBy('category')
        .$narrowType<{ category: string }>()
        .execute();
    },

    async count() {
      const { count } = await read
        .selectFrom('products')
        .select((columns) => columns.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },

    async version() {
      const { rows } = await read.executeQuery(versionQuery);
      return rows[0]?.version ?? 0;
    },
  };
}

function contains(columns: Columns, word: string): Expression<SqlBool> {
  return columns('search_text', 'like', `%${word}%`);
}

/** Per word: 4 a whole word of the title, 3 the start of one, 2 inside one, 1 the start of a word of brand or category. */
function relevance(columns: Columns, words: readonly string[]): Expression<number> {
  const scores = words.map((word) =>
    columns
      .case()
      .when('search_title', 'like', `% ${word} %`)
      .then(4)
      .when('search_title', 'like', `% ${word}%`)
      .then(3)
      .when('search_title', 'like', `%${word}%`)
      .then(2)
      .when('search_text', 'like', `% ${word}%`)
      .then(1)
      .else(0)
      .end(),
  );
  return sql<number>`${sql.join(scores, sql` + `)}`;
}

function toRow(product: ProductRecord): ProductRow {
  return {
    id: product.id,
    title: product.title,
    brand: product.brand,
    category: product.category,
    description: product.description,
    gtin: product.gtin,
    mpn: product.mpn,
    image: product.image,
    list_price_minor: product.listPrice?.minor ?? null,
    list_price_currency: product.listPrice?.currency ?? null,
    source: product.source,
    search_title: searchText(product.title),
    search_text: searchText(product.title, product.brand, product.category),
  };
}

/** A product's texts as people see them: imports, feeds and shops bring them in, and older versions kept them as they were. */
function visible<T extends Pick<ProductRecord, 'title' | 'brand' | 'category' | 'description'>>(texts: T): T {
  const { title, brand, category, description } = texts;
  return {
    ...texts,
    title: visibleLine(title),
    brand: brand && visibleLine(brand),
    category: category && visibleLine(category),
    description: description && visibleText(description),
  };
}

function toProduct(stored: ProductRow): ProductRecord {
  const row = visible(stored);
  return {
    id: row.id,
    title: row.title,
    brand: row.brand,
    category: row.category,
    description: row.description,
    gtin: row.gtin,
    mpn: row.mpn,
    image: row.image,
    listPrice: toMoney(row.list_price_minor, row.list_price_currency),
    source: row.source,
  };
}
