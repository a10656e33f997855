import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { unstorableField } from '../../shared/text/storable-text.ts';
import { OperatorError } from '../operator-error.ts';
import type { ProductRecord, Store } from '../store/store.ts';
import { csvRows } from './csv-rows.ts';
import { notText } from './import-events.ts';
import { type ImportReport, SkippedRows } from './import-report.ts';
import { merchantFeedItems } from './merchant-feed.ts';
import { priceProblem, readProduct } from './product-row.ts';
import { type InputOptions, textOf } from './text-input.ts';

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
  options: { strict: boolean; dryRun: boolean } & InputOptions,
): Promise<ImportReport> {
  const skipped = new SkippedRows();
  const unpriced = new SkippedRows();
  const report: ImportReport = { rows: 0, imported: 0, duplicates: 0, skipped: [], products: 0, unpriced: [] };
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
  for await (const { line, values } of catalogueRows(path, refuse, options)) {
    report.rows += 1;
    const product = readProduct(values, 'import');
    if (typeof product === 'string') {
      refuse(line, product);
      continue;
    }
    const unstorable = unstorableField(product);
    if (unstorable !== null) {
      refuse(line, notText(unstorable));
      continue;
    }
    const problem = priceProblem(product, values);
    if (problem !== null && options.strict) refuse(line, `${problem.reason}: ${JSON.stringify(problem.value)}`);
    if (problem !== null) unpriced.add(problem.reason, line, problem.value);
    batch.push(product);
    if (batch.length >= BATCH_ROWS) await flush();
  }
  await flush();
  report.skipped = skipped.report;
  report.unpriced = unpriced.report;
  return report;
}

function catalogueRows(
  path: string,
  refuse: (line: number, reason: string) => void,
  options: InputOptions,
): AsyncIterable<CatalogueRow> {
  const plain = path.replace(/\.gz$/, '');
  const { encoding, onProgress, onWait, signal } = options;
  const table = { encoding, onProgress, onWait, signal, required: ['title'], onMalformed: refuse };
  if (plain.endsWith('.csv')) return csvRows(path, table);
  if (plain.endsWith('.tsv') || plain.endsWith('.txt')) return csvRows(path, { ...table, delimiter: '\t' });
  if (/\.(jsonl|ndjson)$/.test(plain)) return jsonRows(path, refuse, options);
  if (plain.endsWith('.xml')) return feedRows(path, options);
  throw new OperatorError(
    `${path} is of no kind that can be imported: give .csv, .tsv, .jsonl, .ndjson or .xml (each also .gz)`,
  );
}

async function* jsonRows(
  path: string,
  refuse: (line: number, reason: string) => void,
  options: InputOptions,
): AsyncGenerator<CatalogueRow> {
  let line = 0;
  let isEmpty = true;
  const input = Readable.from(textOf(path, options));
  // readline passes no error of its input on.
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => {});
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    isEmpty = false;
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
  if (input.errored) await failed;
  if (isEmpty) throw new OperatorError(`${path} is empty: each of its lines must be a JSON object with id and title`);
}

async function* feedRows(path: string, options: InputOptions): AsyncGenerator<CatalogueRow> {
  let line = 0;
  for await (const values of merchantFeedItems(textOf(path, options))) {
    line += 1;
    yield { line, values };
  }
  if (line === 0) {
    throw new OperatorError(
      `${path} holds no products: a merchant feed has an <item> (RSS) or <entry> (Atom) for each`,
    );
  }
}
