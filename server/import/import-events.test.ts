import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../operator-error.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { EVENT_FORMATS } from './formats.ts';
import { importEvents } from './import-events.ts';
import type { ImportReport } from './import-report.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-import-'));
  store = await openStore({ dataDir: folder, databaseUrl: null });
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function importFile(
  format: string,
  files: Record<string, string | Buffer>,
  flags: { strict?: boolean; dryRun?: boolean; encoding?: string } = {},
): Promise<ImportReport> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const path = format === 'csv' ? join(folder, Object.keys(files)[0]!) : folder;
  return importEvents(store, EVENT_FORMATS[format]!(path, new Date(0)), { strict: false, dryRun: false, ...flags });
}

const skippedRows = (report: ImportReport): Record<string, number> =>
  Object.fromEntries(report.skipped.map(({ reason, rows }) => [reason, rows]));

describe('csv', () => {
  test('ratings with seconds, milliseconds and ISO timestamps, gzipped or not', async () => {
    const text =
      'user_id,item_id,rating,timestamp\na,x,5,1700000000\na,y,3,1700000000000\nb,x,1,2023-11-14T22:13:20Z\n';
    const report = await importFile('csv', { 'ratings.csv.gz': gzipSync(text) });
    expect(report).toMatchObject({ rows: 3, imported: 3, skipped: [] });
    const events = [...(await store.events.ofUser('a')), ...(await store.events.ofUser('b'))];
    expect(new Set(events.map((event) => event.occurredAt.toISOString()))).toEqual(
      new Set(['2023-11-14T22:13:20.000Z']),
    );
  });

  test('importing the same file again changes nothing', async () => {
    const files = { 'r.csv': 'user_id,item_id,rating\na,x,5\na,x,5\n' };
    expect(await importFile('csv', files)).toMatchObject({ imported: 2, duplicates: 0 });
    expect(await importFile('csv', files)).toMatchObject({ imported: 0, duplicates: 2 });
    expect((await store.events.count()).events).toBe(2);
  });

  test('broken rows are counted by reason with their lines, and the others are kept', async () => {
    const text = 'user_id,item_id,rating\na,x,5\n,x,5\na,,5\na,x,many\na,z\nb,y,99\nb,y,4\n';
    const report = await importFile('csv', { 'r.csv': text });
    expect(report).toMatchObject({ rows: 7, imported: 2 });
    expect(report.skipped).toEqual([
      { reason: 'no user_id', rows: 1, lines: [3] },
      { reason: 'no item_id', rows: 1, lines: [4] },
      { reason: 'the rating is not a number', rows: 1, lines: [5], values: ['many'] },
      { reason: 'no rating or quantity', rows: 1, lines: [6] },
      { reason: 'the rating is outside 0…10', rows: 1, lines: [7] },
    ]);
  });

  test('a price that is no number is told with its row and value, and is not one of zero', async () => {
    const text = 'user_id,item_id,quantity,price\na,x,1,2.5\na,y,1,"2,50"\na,z,1,free\na,w,1,0\n';
    const report = await importFile('csv', { 'r.csv': text });
    expect(report).toMatchObject({ rows: 4, imported: 1 });
    expect(report.skipped).toEqual([
      { reason: 'the price is not a number', rows: 2, lines: [3, 4], values: ['2,50', 'free'] },
      { reason: 'price of zero or less', rows: 1, lines: [5] },
    ]);
  });

  test('shoppers whose names differ in an umlaut stay different, or the file is refused', async () => {
    const files = {
      'r.csv': Buffer.from('user_id,item_id,rating\nM\xfcller,x,5\nM\xf6ller,x,5\nM\xe4ller,x,5\n', 'latin1'),
    };
    await expect(importFile('csv', files)).rejects.toThrow(/line 2: this is not UTF-8, .* "Müller" there/);
    expect((await store.events.count()).users).toBe(0);
    expect(await importFile('csv', files, { encoding: 'windows-1252' })).toMatchObject({ imported: 3 });
    expect((await store.events.count()).users).toBe(3);
    expect(await store.events.ofUser('Möller')).toHaveLength(1);
  });

  test('an empty file is an error that says what was expected', async () => {
    for (const empty of ['', '\n', '\uFEFF']) {
      await expect(importFile('csv', { 'r.csv': empty })).rejects.toThrow(
        /r\.csv is empty: its first line must name the columns user_id, item_id$/,
      );
    }
    await expect(importFile('movielens', { 'u.data': '' })).rejects.toThrow(
      /u\.data is empty: each of its lines must hold user_id, item_id, rating, timestamp$/,
    );
  });

  test('--strict refuses the first broken row by file and line', async () => {
    const files = { 'r.csv': 'user_id,item_id,rating\na,x,5\na,x,many\n' };
    await expect(importFile('csv', files, { strict: true })).rejects.toThrow(
      /r\.csv, line 3: the rating is not a number: "many"/,
    );
  });

  test('--dry-run counts and writes nothing', async () => {
    const report = await importFile('csv', { 'r.csv': 'user_id,item_id,quantity\na,x,2\n' }, { dryRun: true });
    expect(report.imported).toBe(1);
    expect((await store.events.count()).events).toBe(0);
  });

  test('returns are left out as normal, not as broken', async () => {
    const files = { 'r.csv': 'user_id,item_id,quantity,price\na,x,-1,2\na,y,1,0\na,z,1,3\n' };
    const report = await importFile('csv', files, { strict: true });
    expect(report.imported).toBe(1);
    expect(skippedRows(report)).toEqual({
      'quantity of zero or less (a return or cancellation)': 1,
      'price of zero or less': 1,
    });
  });

  test('an unclosed quote costs its own line, and the others are read', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `"u${i}",x,5`).join('\n');
    const report = await importFile('csv', { 'r.csv': `user_id,item_id,rating\na,x,5\n"b,y,5\n${rows}\n` });
    expect(report).toMatchObject({ rows: 20_002, imported: 20_001 });
    expect(report.skipped).toEqual([{ reason: 'a quote that is not closed', rows: 1, lines: [3] }]);
  });

  test('a binary file is refused without its bytes reaching the terminal', async () => {
    const bytes = Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0, 1, 2, 0xff, 0x0a, 0x61, 0x0a]);
    await expect(importFile('csv', { 'r.csv': bytes })).rejects.toThrow(/r\.csv is not a text file$/);
  });

  test('a file without the columns, without a header or that does not exist is refused in one sentence', async () => {
    await expect(importFile('csv', { 'r.csv': 'foo,bar\n1,2\n' })).rejects.toThrow(/no column "user_id", "item_id"/);
    expect(() => EVENT_FORMATS['csv']!(join(folder, 'none.csv'), new Date())).toThrow(OperatorError);
  });

  test('a truncated gzip file is refused, and what came before stays', async () => {
    const whole = gzipSync(`user_id,item_id,rating\n${'a,x,5\n'.repeat(50_000)}`);
    await expect(importFile('csv', { 'r.csv.gz': whole.subarray(0, whole.length / 2) })).rejects.toThrow(
      /cannot be read as CSV/,
    );
  });
});

describe('online-retail', () => {
  test('counts lines without a customer, cancellations, zero prices and postage, and brings titles', async () => {
    const report = await importFile('online-retail', {
      'events.csv': [
        'user_id,item_id,quantity,price,timestamp,invoice,country',
        '17850,85123A,6,2.55,1291191960,536365,United Kingdom',
        ',85123A,6,2.55,1291191960,536366,United Kingdom',
        '17850,85123A,-6,2.55,1291191960,C536367,United Kingdom',
        '17850,71053,6,0,1291191960,536368,United Kingdom',
        '17850,POST,1,18,1291191960,536369,France',
      ].join('\n'),
      'items.csv':
        'item_id,title,price_median,lines\n85123A,WHITE HANGING HEART T-LIGHT HOLDER,2.55,9\nPOST,POSTAGE,18,4\n',
    });
    expect(report).toMatchObject({ rows: 5, imported: 1, products: 1 });
    expect(skippedRows(report)).toEqual({
      'line without a customer': 1,
      cancellation: 1,
      'price of zero or less': 1,
      'not goods (postage, fee, discount, correction)': 1,
    });
    expect((await store.products.get('85123A'))?.title).toBe('White Hanging Heart T-Light Holder');
  });
});

describe('movielens', () => {
  test.each([
    ['u.data', '196\t242\t3\t881250949\n'],
    ['ratings.dat', '196::242::3::881250949\n'],
    ['ratings.csv', 'userId,movieId,rating,timestamp\n196,242,3.0,881250949\n'],
  ])("reads GroupLens' %s", async (name, text) => {
    const report = await importFile('movielens', { [name]: text });
    expect(report).toMatchObject({ rows: 1, imported: 1 });
    expect(await store.events.ofUser('196')).toMatchObject([{ itemId: '242', type: 'rating', value: 3 }]);
  });
});
