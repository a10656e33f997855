import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { buildInteractions } from '../../shared/recommender/interactions/build-interactions.ts';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import { TripleBuffer, type Triples } from '../../shared/recommender/interactions/triples.ts';
import type { Feedback } from '../../shared/recommender/training/parameters.ts';
import { OperatorError } from '../operator-error.ts';
import { type InputOptions, textOf } from './text-input.ts';

/** The rows of a ratings file, in its order, with ids as dense indices. */
export interface Ratings {
  users: IdMap;
  items: IdMap;
  triples: Triples;
}

const REQUIRED = ['user_id', 'item_id', 'rating'] as const;
/** A longer row is a quote that was never closed: without a bound it would swallow the rest of the file into memory. */
const MAX_ROW_BYTES = 64 * 1024;

/**
 * Reads a CSV of ratings, gunzipped where its name ends in `.gz`: a header that names the columns `user_id`, `item_id`,
 * `rating` and perhaps `timestamp` (a number, or a date that JavaScript reads), in any order; other columns are ignored.
 * About a million rows a second. What is wrong with a row is an error, since a model of half the data looks like any other.
 * @throws OperatorError that names the file, the line and what is wrong with it
 */
export async function readRatingsFile(path: string, options: InputOptions = {}): Promise<Ratings> {
  const ratings = new RatingsBuilder(path);
  const parser = parse({ relax_column_count: true, max_record_size: MAX_ROW_BYTES });
  // Not `for await`: a promise per row would make reading seven times slower.
  parser.on('readable', () => {
    try {
      for (let row: string[] | null = parser.read(); row !== null; row = parser.read()) ratings.addRow(row);
    } catch (error) {
      parser.destroy(error as Error);
    }
  });
  try {
    await pipeline(textOf(path, options), parser);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    if (error instanceof RangeError) throw new OperatorError(`${path}: ${error.message}`, { cause: error });
    throw new OperatorError(`${path} cannot be read as CSV: ${(error as Error).message}`, { cause: error });
  }
  return ratings.build();
}

/** A rating that was changed counts once, as last given; repeated purchases add up. */
export function datasetOfRatings({ users, items, triples }: Ratings, feedback: Feedback): Dataset {
  const shape = { nUsers: users.size, nItems: items.size };
  return { users, items, interactions: buildInteractions(triples, shape, feedback === 'explicit' ? 'last' : 'sum') };
}

/** What a file without `--feedback` holds: opinions where the ratings differ, mere events where they are all the same. */
export function feedbackOf({ triples }: Ratings): Feedback {
  return triples.values.some((value) => value !== triples.values[0]) ? 'explicit' : 'implicit';
}

/** Where each column stands; the timestamp's place is −1 when there is none. */
interface Columns {
  user: number;
  item: number;
  rating: number;
  timestamp: number;
  count: number;
}

class RatingsBuilder {
  readonly #path: string;
  readonly #users = new IdMap();
  readonly #items = new IdMap();
  readonly #triples = new TripleBuffer();
  #columns: Columns | null = null;
  #line = 0;

  constructor(path: string) {
    this.#path = path;
  }

  addRow(row: string[]): void {
    this.#line++;
    if (this.#columns === null) {
      this.#columns = this.#readHeader(row);
      return;
    }
    if (row.length === 1 && row[0] === '') return;
    const columns = this.#columns;
    if (row.length !== columns.count) {
      throw this.#error(`it has ${row.length} fields, but the header names ${columns.count}`);
    }
    const user = this.#id(row[columns.user]!, 'user_id');
    const item = this.#id(row[columns.item]!, 'item_id');
    const value = this.#number(row[columns.rating]!, 'rating');
    if (columns.timestamp < 0) this.#triples.add(this.#users.intern(user), this.#items.intern(item), value);
    else {
      const timestamp = this.#time(row[columns.timestamp]!);
      this.#triples.add(this.#users.intern(user), this.#items.intern(item), value, timestamp);
    }
  }

  build(): Ratings {
    if (this.#columns === null) throw new OperatorError(`${this.#path} is empty: its first line must name the columns`);
    if (this.#triples.length === 0) throw new OperatorError(`${this.#path} holds no ratings, only a header`);
    return { users: this.#users, items: this.#items, triples: this.#triples.triples() };
  }

  #readHeader(header: string[]): Columns {
    const names = header.map((name) => name.trim().toLowerCase());
    const missing = REQUIRED.filter((name) => !names.includes(name));
    if (missing.length > 0) {
      throw new OperatorError(
        `${this.#path} has no column ${missing.map((name) => `"${name}"`).join(', ')}: its first line must name user_id, item_id, rating and perhaps timestamp (it reads "${header.join(',').slice(0, 120)}")`,
      );
    }
    const [user, item, rating] = REQUIRED.map((name) => names.indexOf(name)) as [number, number, number];
    return { user, item, rating, timestamp: names.indexOf('timestamp'), count: names.length };
  }

  #id(text: string, column: string): string {
    const id = text.trim();
    if (id === '') throw this.#error(`its ${column} is empty`);
    return id;
  }

  #number(text: string, column: string): number {
    const value = text.trim() === '' ? Number.NaN : Math.fround(Number(text));
    if (Number.isFinite(value)) return value;
    const isTooLarge = Number.isFinite(Number(text)) && text.trim() !== '';
    throw this.#error(
      `its ${column} ${JSON.stringify(text)} is ${isTooLarge ? 'too large: ratings are single precision, up to 3.4e38' : 'not a number'}`,
    );
  }

  #time(text: string): number {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    const time = Number.isNaN(number) ? Date.parse(text) : number;
    if (!Number.isFinite(time))
      throw this.#error(`its timestamp ${JSON.stringify(text)} is neither a number nor a date`);
    return time;
  }

  #error(what: string): OperatorError {
    return new OperatorError(`${this.#path}, line ${this.#line}: ${what}`);
  }
}
