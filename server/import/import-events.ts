import { unstorableField } from '../../shared/text/storable-text.ts';
import { OperatorError } from '../operator-error.ts';
import type { EventRecord, ProductRecord, Store } from '../store/store.ts';
import { csvRows } from './csv-rows.ts';
import { eventId } from './event-rows.ts';
import type { EventSource } from './formats.ts';
import { type ImportReport, SkippedRows } from './import-report.ts';
import type { InputOptions } from './text-input.ts';

/** Large enough to make a transaction worth its sync, small enough that another writer waits only briefly. */
const BATCH_ROWS = 5000;

export interface ImportOptions extends InputOptions {
  /** Refuse the file at its first broken row instead of leaving the row out; nothing before it is taken back. */
  strict: boolean;
  /** Read and count, but write nothing. */
  dryRun: boolean;
}

/**
 * Streams a source's products and events into the store. Importing the same file again changes nothing.
 * @throws OperatorError for an unreadable file and, with `strict`, for the first broken row.
 */
export async function importEvents(store: Store, source: EventSource, options: ImportOptions): Promise<ImportReport> {
  const skipped = new SkippedRows();
  const report: ImportReport = { rows: 0, imported: 0, duplicates: 0, skipped: [], products: 0, unpriced: [] };

  const refuse = (path: string, line: number, reason: string, value?: string): void => {
    if (options.strict) {
      const shown = value === undefined ? '' : `: ${JSON.stringify(value)}`;
      throw new OperatorError(`${path}, line ${line}: ${reason}${shown} (leave out --strict to skip such rows)`);
    }
    skipped.add(reason, line, value);
  };

  report.products = await importCatalogue(store, source, options, (line, reason) =>
    refuse(source.products?.path ?? '', line, reason),
  );

  let batch: { line: number; event: EventRecord }[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const outcomes = options.dryRun ? [] : await store.events.append(batch.map(({ event }) => event));
    for (const [i, { line }] of batch.entries()) {
      const outcome = outcomes[i] ?? 'accepted';
      if (outcome === 'deleted') skipped.add('the data of this shopper has been deleted', line);
      else report[outcome === 'accepted' ? 'imported' : 'duplicates'] += 1;
    }
    batch = [];
  };

  const { events } = source;
  const rows = csvRows(events.path, {
    ...options,
    ...tableOptions(events),
    oneLineRows: true,
    onMalformed: (line, reason) => {
      report.rows += 1;
      refuse(events.path, line, reason);
    },
  });
  for await (const { line, values } of rows) {
    options.signal?.throwIfAborted();
    report.rows += 1;
    const row = events.read(values);
    if ('skip' in row) {
      if (row.expected) skipped.add(row.skip, line);
      else refuse(events.path, line, row.skip, row.value);
      continue;
    }
    const unstorable = unstorableField(row.event);
    if (unstorable !== null) {
      refuse(events.path, line, notText(unstorable));
      continue;
    }
    batch.push({ line, event: { ...row.event, id: eventId(source.name, line, values), source: source.name } });
    if (batch.length >= BATCH_ROWS) await flush();
  }
  await flush();
  report.skipped = skipped.report;
  return report;
}

async function importCatalogue(
  store: Store,
  source: EventSource,
  options: ImportOptions,
  refuse: (line: number, reason: string) => void,
): Promise<number> {
  if (source.products === null) return 0;
  let batch: ProductRecord[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    if (!options.dryRun) await store.products.upsert(batch);
    count += batch.length;
    batch = [];
  };
  const rows = csvRows(source.products.path, {
    ...{ encoding: options.encoding, onWait: options.onWait, signal: options.signal },
    ...tableOptions(source.products),
    onMalformed: refuse,
  });
  for await (const { line, values } of rows) {
    const product = source.products.read(values);
    const unstorable = product && unstorableField(product);
    if (unstorable !== null) refuse(line, notText(unstorable));
    else if (product !== null) batch.push(product);
    if (batch.length >= BATCH_ROWS) await flush();
  }
  if (batch.length > 0) await flush();
  return count;
}

/** One such row would fail all that are kept with it. */
export function notText(field: string): string {
  return `the ${field} has a NUL or half of a surrogate pair, which is no text`;
}

function tableOptions(table: { required: readonly string[]; columns?: readonly string[]; delimiter?: string }) {
  return {
    required: table.required,
    ...(table.columns && { columns: table.columns }),
    ...(table.delimiter && { delimiter: table.delimiter }),
  };
}
