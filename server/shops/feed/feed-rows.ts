import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { encodingOf } from '../../fetch/charset.ts';
import { merchantFeedItems } from '../../import/merchant-feed.ts';

/** Parsed in one turn: other work of the process waits for no more than that. */
const CHUNK_BYTES = 64 * 1024;
/** A longer row is a quote that was never closed; without a bound it would swallow the rest of the feed. */
const MAX_ROW_BYTES = 64 * 1024;

/**
 * The products of a merchant feed by field name, whatever its form: XML (RSS, Atom) or delimited by tabs, as
 * https://support.google.com/merchants/answer/160567 has it, or by commas.
 * @param contentType of the answer, '' when there was none.
 */
export async function* feedRows(bytes: Uint8Array, contentType: string): AsyncGenerator<Record<string, string>> {
  const encoding = encodingOf(bytes, contentType);
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, MAX_ROW_BYTES)).trimStart();
  const text = textChunks(bytes, encoding);
  if (head.startsWith('<')) yield* merchantFeedItems(text);
  else yield* delimitedRows(text, head.split(/\r?\n/, 1)[0]?.includes('\t') ? '\t' : ',');
}

async function* textChunks(bytes: Uint8Array, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield decoder.decode(bytes.subarray(start, start + CHUNK_BYTES), { stream: true });
    await nextTurn();
  }
}

async function* delimitedRows(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Record<string, string>> {
  const order = new Map<string, string[]>();
  const parser = parse({
    bom: true,
    columns: (header: string[]) => header.map((title) => columnName(title, order)),
    delimiter,
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  // Ends every stream when one fails; the error itself reaches the reader through the parser.
  const done = pipeline(Readable.from(text), parser).catch(() => {});
  for await (const row of parser as AsyncIterable<Record<string, string>>) {
    const shipping = row['shipping'];
    if (shipping) row['shipping'] = inUsualOrder(shipping, order.get('shipping'));
    yield row;
  }
  await done;
}

/** `Image link` → `image_link`; `shipping(country:price)` → `shipping`, whose parts stand in that order. */
function columnName(title: string, order: Map<string, string[]>): string {
  const [, name = '', parts] = /^([^(]*)(?:\((.*)\))?$/.exec(title.trim().toLowerCase()) ?? [];
  const column = name.replace(/^g:/, '').trim().replaceAll(/\s+/g, '_');
  if (parts !== undefined) order.set(column, parts.split(':'));
  return column;
}

/** Of `country:region:service:price`, which is how a feed without an order of its own writes them. */
function inUsualOrder(shipping: string, order: string[] | undefined): string {
  if (order === undefined) return shipping;
  const entries = shipping.split(',').map((entry) => {
    const values = entry.split(':');
    return ['country', 'region', 'service', 'price'].map((part) => values[order.indexOf(part)] ?? '').join(':');
  });
  return entries.join(',');
}
