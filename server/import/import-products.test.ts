import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { importProducts } from './import-products.ts';
import type { ImportReport } from './import-report.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-products-'));
  store = await openStore({ dataDir: folder, databaseUrl: null });
  return async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
});

async function importFile(
  name: string,
  content: string | Uint8Array,
  options: { strict?: boolean; encoding?: string } = {},
): Promise<ImportReport> {
  await writeFile(join(folder, name), content);
  return importProducts(store, join(folder, name), { strict: false, dryRun: false, ...options });
}

const JSON_LINES = '{"id":"1","title":"Kanne","price":"4,90 €"}\n{"id":"2","title":"Tasse","price":"bald"}\n';

describe('a catalogue', () => {
  test('tells of each price that is none its row, value and reason, and keeps the product', async () => {
    const rows = ['id,title,price', '1,Pot,4.90 EUR', '2,Cup,call us', '3,Mug,', '4,Jug,4.90', '5,Urn,n/a'];
    const report = await importFile('c.csv', rows.join('\n'));
    expect(report).toMatchObject({ rows: 5, products: 5, skipped: [] });
    expect(report.unpriced).toEqual([
      { reason: 'the price is not a number', rows: 2, lines: [3, 6], values: ['call us', 'n/a'] },
      { reason: 'the price names no currency', rows: 1, lines: [5], values: ['4.90'] },
    ]);
    expect((await store.products.get('1'))?.listPrice).toEqual({ minor: 490, currency: 'EUR' });
    expect(await store.products.get('2')).toMatchObject({ title: 'Cup', listPrice: null });
  });

  test.each(['1e3 EUR', '1E+03 EUR', '1.5e-2 EUR', '1e400 EUR', '0x10 EUR'])(
    'a price of %s is told, not cut short',
    async (price) => {
      const report = await importFile('c.csv', `id,title,price\n9,Pan,${price}\n`);
      expect(report.unpriced).toEqual([{ reason: 'the price is not a number', rows: 1, lines: [2], values: [price] }]);
      expect(await store.products.get('9')).toMatchObject({ title: 'Pan', listPrice: null });
    },
  );

  test('with such a price is refused under --strict', async () => {
    const rows = ['id,title,price', '2,Cup,call us'];
    await expect(importFile('c.csv', rows.join('\n'), { strict: true })).rejects.toThrow(
      /c\.csv, line 2: the price is not a number: "call us" \(leave out --strict/,
    );
  });

  test.each(['c.jsonl', 'c.ndjson'])('of JSON objects, one a line, is %s', async (name) => {
    const report = await importFile(name, JSON_LINES);
    expect(report).toMatchObject({ products: 2, unpriced: [{ lines: [2], values: ['bald'] }] });
  });

  test.each<[string, string | Uint8Array]>([
    ['c.csv', iconv.encode('id,title\n1,Müller\n', 'windows-1252')],
    ['c.tsv', iconv.encode('id\ttitle\n1\tMüller\n', 'windows-1252')],
    ['c.jsonl', iconv.encode('{"id":"1","title":"Müller"}\n', 'windows-1252')],
    ['c.xml', iconv.encode('<rss><item><id>1</id><title>Müller</title></item></rss>', 'windows-1252')],
  ])('in %s that is not UTF-8 is refused, and read as it is told', async (name, bytes) => {
    await expect(importFile(name, bytes)).rejects.toThrow(/is not UTF-8, .*windows-1252 would read "\S*Müller/);
    await importFile(name, bytes, { encoding: 'windows-1252' });
    expect((await store.products.get('1'))?.title).toBe('Müller');
  });

  test.each([
    ['c.csv', '', /c\.csv is empty: its first line must name the columns title$/],
    ['c.tsv', '\n\n', /c\.tsv is empty: its first line must name the columns title$/],
    [
      'c.csv',
      '1,Pot\n2,Cup\n',
      /has no column "title": its first line must name the columns title \(it reads "1,Pot"\)/,
    ],
    ['c.jsonl', '\n', /c\.jsonl is empty: each of its lines must be a JSON object with id and title$/],
    ['c.xml', '', /c\.xml holds no products: a merchant feed has an <item>/],
    ['c.xml', '<html><body>Moved</body></html>', /c\.xml holds no products/],
  ])('%s without products (%j) is an error that says what was expected', async (name, content, message) => {
    await expect(importFile(name, content)).rejects.toThrow(message);
  });
});
