import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import type { ProductRecord } from '../store/store.ts';
import { broken, type EventRow, notAnEvent, readEventRow } from './event-rows.ts';

/** A CSV file to read, and what its rows mean. */
interface Table<T> {
  path: string;
  required: readonly string[];
  columns?: readonly string[];
  delimiter?: string;
  read(row: Record<string, string>): T;
}

/** Where a format keeps its events and, where it has them, its products. */
export interface EventSource {
  /** Kept with each event and product. */
  name: string;
  events: Table<EventRow>;
  products: Table<ProductRecord | null> | null;
}

const RATING_COLUMNS = ['user_id', 'item_id', 'rating', 'timestamp'];

/** Goods have five digits, and a letter for the variant; the rest is postage, fees, discounts and corrections. */
const ONLINE_RETAIL_GOODS = /^\d{5}/;

/** The first of these names that is in the folder. */
function findFile(folder: string, names: readonly string[]): string | null {
  for (const name of names) {
    for (const file of [name, `${name}.gz`]) if (existsSync(join(folder, file))) return join(folder, file);
  }
  return null;
}

function requireFolder(path: string): void {
  if (!existsSync(path)) throw new OperatorError(`${path} cannot be read: there is no such file or folder`);
}

function product(id: string, title: string, source: string, category: string | null): ProductRecord | null {
  if (id === '' || title === '') return null;
  return {
    id,
    title,
    brand: null,
    category,
    description: null,
    gtin: null,
    mpn: null,
    image: null,
    listPrice: null,
    source,
  };
}

function csv(path: string, importedAt: Date): EventSource {
  requireFolder(path);
  return {
    name: 'csv',
    events: { path, required: ['user_id', 'item_id'], read: (row) => readEventRow(row, importedAt) },
    products: null,
  };
}

function onlineRetail(path: string, importedAt: Date): EventSource {
  requireFolder(path);
  const name = 'online-retail';
  const events = findFile(path, ['events.csv']);
  if (events === null)
    throw new OperatorError(`${path} has no events.csv or events.csv.gz: give the folder of the Online Retail data`);
  const items = findFile(path, ['items.csv']);
  return {
    name,
    events: {
      path: events,
      required: ['user_id', 'item_id', 'quantity', 'price', 'timestamp'],
      read: (row) => {
        if (row['user_id'] === '') return notAnEvent('line without a customer');
        if (Number(row['quantity']) < 0) return notAnEvent('cancellation');
        if (row['price'] !== '' && Number(row['price']) <= 0) return notAnEvent('price of zero or less');
        if (!ONLINE_RETAIL_GOODS.test(row['item_id'] ?? ''))
          return notAnEvent('not goods (postage, fee, discount, correction)');
        return readEventRow(row, importedAt);
      },
    },
    products:
      items === null
        ? null
        : {
            path: items,
            required: ['item_id', 'title'],
            read: (row) => {
              const id = row['item_id'] ?? '';
              return ONLINE_RETAIL_GOODS.test(id) ? product(id, titleCase(row['title'] ?? ''), name, null) : null;
            },
          },
  };
}

/** The invoices shout; people read titles more easily. */
function titleCase(title: string): string {
  return title
    .toLowerCase()
    .replace(/(^|[\s(/-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** GroupLens' own layouts (`u.data`, `ratings.csv` with `userId,movieId`, `ratings.dat`), or CSV with our column names. */
function movielens(path: string, importedAt: Date): EventSource {
  requireFolder(path);
  const name = 'movielens';
  const isFolder = statSync(path).isDirectory();
  const ratings = isFolder ? findFile(path, ['ratings.csv', 'u.data', 'ratings.dat']) : path;
  if (ratings === null)
    throw new OperatorError(`${path} has none of ratings.csv, u.data, ratings.dat: give a MovieLens folder`);
  const read = (row: Record<string, string>): EventRow => {
    const rating = Number(row['rating']);
    if (rating < 0.5 || rating > 5) return broken('the rating is outside 0.5…5');
    return readEventRow(
      { ...row, user_id: row['user_id'] ?? row['userid'] ?? '', item_id: row['item_id'] ?? row['movieid'] ?? '' },
      importedAt,
    );
  };
  const plain = ratings.replace(/\.gz$/, '');
  const events: Table<EventRow> = plain.endsWith('u.data')
    ? { path: ratings, required: [], columns: RATING_COLUMNS, delimiter: '\t', read }
    : plain.endsWith('.dat')
      ? { path: ratings, required: [], columns: RATING_COLUMNS, delimiter: '::', read }
      : { path: ratings, required: ['rating'], read };
  const items = isFolder ? findFile(path, ['items.csv', 'movies.csv']) : null;
  return {
    name,
    events,
    products:
      items === null
        ? null
        : {
            path: items,
            required: ['title'],
            read: (row) =>
              product(
                row['item_id'] ?? row['movieid'] ?? '',
                row['title'] ?? '',
                name,
                (row['category'] ?? row['genres'] ?? '').split('|')[0] || null,
              ),
          },
  };
}

/** What `import events FORMAT PATH` reads: a format is added by adding an entry. */
export const EVENT_FORMATS: Record<string, (path: string, importedAt: Date) => EventSource> = {
  csv,
  movielens,
  'online-retail': onlineRetail,
};
