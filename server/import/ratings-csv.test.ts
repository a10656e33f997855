import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorError } from '../operator-error.ts';
import { datasetOfRatings, feedbackOf, type Ratings, readRatingsFile } from './ratings-csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-ratings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, name = 'ratings.csv'): Promise<Ratings> {
  const path = join(folder, name);
  await writeFile(path, content);
  return readRatingsFile(path);
}

function rows({ users, items, triples }: Ratings): [string, string, number][] {
  return Array.from(triples.values, (value, t) => [
    users.idOf(triples.users[t]!),
    items.idOf(triples.items[t]!),
    value,
  ]);
}

describe('a ratings file', () => {
  test('is read with its columns by name, in any order, others ignored', async () => {
    const ratings = await read('Rating,note,item_id, user_id\n4.5,"good, cheap",i 1,"u""1"\n-1,,i2,u2\n');
    expect(rows(ratings)).toEqual([
      ['u"1', 'i 1', 4.5],
      ['u2', 'i2', -1],
    ]);
    expect(ratings.triples.timestamps).toBeNull();
  });

  test('may have timestamps, as numbers or as dates', async () => {
    const { triples } = await read('user_id,item_id,rating,timestamp\na,b,1,874965758\na,c,1,2011-12-09T12:50:00Z\n');
    expect([...triples.timestamps!]).toEqual([874965758, Date.UTC(2011, 11, 9, 12, 50)]);
  });

  test('may be gzipped, have a byte order mark, CRLF, empty lines and no line break at its end', async () => {
    const text = '\uFEFFuser_id,item_id,rating\r\na,b,1\r\n\r\na,c,2';
    expect(rows(await read(gzipSync(text), 'ratings.csv.gz'))).toEqual([
      ['a', 'b', 1],
      ['a', 'c', 2],
    ]);
  });

  test('of many rows is read in order', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `u${i % 100},i${i},${i % 5}`);
    const ratings = await read(`user_id,item_id,rating\n${lines.join('\n')}\n`);
    expect(ratings.triples.users).toHaveLength(50_000);
    expect(rows(ratings)[49_999]).toEqual(['u99', 'i49999', 4]);
  });

  test.for<[string, string, RegExp]>([
    ['without a column', 'user_id,item\na,b\n', /no column "item_id", "rating": .*it reads "user_id,item"/],
    ['without anything', '', /is empty/],
    ['with a header only', 'user_id,item_id,rating\n', /holds no ratings/],
    [
      'with a rating that is no number',
      'user_id,item_id,rating\na,b,1\na,c,five\n',
      /line 3: its rating "five" is not a number/,
    ],
    [
      'with a rating beyond all numbers',
      'user_id,item_id,rating\na,b,1e99\n',
      /line 2: its rating "1e99" is too large/,
    ],
    ['with an empty rating', 'user_id,item_id,rating\na,b,\n', /line 2: its rating "" is not a number/],
    ['with a user without a name', 'user_id,item_id,rating\n ,b,1\n', /line 2: its user_id is empty/],
    ['with a field too few', 'user_id,item_id,rating\na,b\n', /line 2: it has 2 fields, but the header names 3/],
    ['with a field too many, after an empty line', 'user_id,item_id,rating\n\na,b,1,2\n', /line 3: it has 4 fields/],
    ['with a time that is none', 'user_id,item_id,rating,timestamp\na,b,1,soon\n', /line 2: its timestamp "soon"/],
    [
      'with a quote that is never closed',
      `user_id,item_id,rating\na,"b,1\n${'x,y,1\n'.repeat(20_000)}`,
      /cannot be read as CSV/,
    ],
  ])('%s is refused, naming the line', async ([, content, message]) => {
    await expect(read(content)).rejects.toThrow(OperatorError);
    await expect(read(content)).rejects.toThrow(message);
  });

  test('in another encoding than UTF-8 is refused, and read as it is told', async () => {
    const bytes = Buffer.from('user_id,item_id,rating\nM\xfcller,b,1\n', 'latin1');
    await expect(read(bytes)).rejects.toThrow(/line 2: this is not UTF-8, .* "Müller" there/);
    const told = await readRatingsFile(join(folder, 'ratings.csv'), { encoding: 'windows-1252' });
    expect(told.users.ids).toEqual(['Müller']);
  });

  test('that is not there, or not really gzipped, is refused', async () => {
    await expect(readRatingsFile(join(folder, 'none.csv'))).rejects.toThrow(/no such file/);
    await expect(read('user_id,item_id,rating\n', 'plain.csv.gz')).rejects.toThrow(
      /cannot be read as CSV: incorrect header check/,
    );
  });
});

describe('the dataset of a ratings file', () => {
  const repeated = 'user_id,item_id,rating\na,b,2\na,b,5\n';

  test('has the last of repeated ratings, and the sum of repeated counts', async () => {
    const ratings = await read(repeated);
    expect([...datasetOfRatings(ratings, 'explicit').interactions.byUser.values]).toEqual([5]);
    expect([...datasetOfRatings(ratings, 'implicit').interactions.byUser.values]).toEqual([7]);
  });

  test('is explicit where ratings differ, implicit where all are the same', async () => {
    expect(feedbackOf(await read(repeated))).toBe('explicit');
    expect(feedbackOf(await read('user_id,item_id,rating\na,b,1\na,c,1\n'))).toBe('implicit');
  });
});
