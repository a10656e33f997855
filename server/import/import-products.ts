import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unstorableField } from '../../shared/text/storable-text.ts';
import { OperatorError } from '../operator-error.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import { csvRows } from './csv-rows.ts';
import { notText } from './import-events.ts';
import { type ImportReport, SkippedRows } from './import-report.ts';
import { merchantFeedItems } from './merchant-feed.ts';
import { readProduct } from './product-row.ts';

const BATCH_ROWS = 1000;

/** One record of a catalogue by field name, and where it stands. */
interface CatalogueRow {
  line: number;
  values: Record<string, string>;
}

/**
 * Streams a catalogue into the store: CSV, TSV, JSONL (one object per line) or a Google merchant feed (XML), `.gz` too.
 * A product whose id is known is replaced.
 * @throws OperatorError for an unreadable file and, with `strict`, for the first broken row.
 */
export async function importProducts(
  store: Store,
  path: string,
  options: { strict: boolean; dryRun: boolean },
): Promise<ImportReport> {
  const skipped = new SkippedRows();
  const report: ImportReport = { rows: 0, imported: 0, duplicates: 0, skipped: [], products: 0 };
  const refuse = (line: number, reason: string): void => {
    if (options.strict)
      throw new OperatorError(`${path}, line ${line}: ${reason} (leave out --strict to skip such rows)`);
    skipped.add(reason, line);
  };
  let batch: ProductRecord[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0 && !options.dryRun) await store.products.upsert(batch);
    report.products += batch.length;
    batch = [];
  };
  for await (const { line, values } of catalogueRows(path, refuse)) {
    report.rows += 1;
    const product = readProduct(values, 'import');
    const unstorable = typeof product === 'string' ? null : unstorableField(product);
    if (typeof product === 'string') refuse(line, product);
    else if (unstorable !== null) refuse(line, notText(unstorable));
    else batch.push(product);
    if (batch.length >= BATCH_ROWS) await flush();
  }
  await flush();
  report.skipped = skipped.report;
  return report;
}

function catalogueRows(path: string, refuse: (line: number, reason: string) => void): AsyncIterable<CatalogueRow> {
  const plain = path.replace(/\.gz$/, '');
  const onMalformed = refuse;
  if (plain.endsWith('.csv')) return csvRows(path, { required: ['title'], onMalformed });
  if (plain.endsWith('.tsv') || plain.endsWith('.txt'))
    return csvRows(path, { required: ['title'], delimiter: '\t', onMalformed });
  if (plain.endsWith('.jsonl')) return jsonRows(path, refuse);
  if (plain.endsWith('.xml')) return feedRows(path);
  throw new OperatorError(
    `${path} is of no kind that can be imported: give .csv, .tsv, .jsonl or .xml (each also .gz)`,
  );
}

async function* jsonRows(path: string, refuse: (line: number, reason: string) => void): AsyncGenerator<CatalogueRow> {
  let line = 0;
  for await (const text of createInterface({ input: await openText(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    let value: unknown = null;
    try {
      value = JSON.parse(text);
    } catch {
      // Not JSON at all: reported below, like any other line that is no object.
    }
    if (typeof value !== 'object' || value === null) refuse(line, 'not a JSON object');
    else
      yield {
        line,
        values: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, String(field ?? '')])),
      };
  }
}

async function* feedRows(path: string): AsyncGenerator<CatalogueRow> {
  let line = 0;
  for await (const values of merchantFeedItems(await openText(path))) {
    line += 1;
    yield { line, values };
  }
}

async function openText(path: string): Promise<Readable> {
  await stat(path).catch(() => {
    throw new OperatorError(`${path} cannot be read: there is no such file`);
  });
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  return Readable.from(file.pipe(createGunzip()));
}
