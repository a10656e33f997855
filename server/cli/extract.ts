import { createReadStream } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Command, InvalidArgumentError } from 'commander';
import type { ListedOffer } from '../../shared/prices/offer.ts';
import { extractList } from '../../shared/prices/page/extract-list.ts';
import { type Extraction, extractOfferFromPage } from '../../shared/prices/page/extract-offer.ts';
import { Page } from '../../shared/prices/page/page.ts';
import { visibleText } from '../../shared/text/visible-text.ts';
import { decodeText } from '../fetch/charset.ts';
import { printJson } from './output.ts';
import { progressBar } from './progress.ts';

/** A saved page larger than this, unpacked, is no page; also the limit for a compressed one that expands. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/** `magpie extract [--url URL] FILE…`: what the extractor sees in saved pages. */
export function extractCommand(): Command {
  return new Command('extract')
    .description('show what the extractor sees in saved product and list pages (.html, .html.gz)')
    .argument('<file...>', 'saved pages')
    .option('--url <url>', 'where the pages come from; without it the canonical address of each page serves', parseUrl)
    .option('--json', 'one JSON object per page and line')
    .action(async (files: string[], options: { url?: string; json?: boolean }) => {
      // Where the pages themselves scroll by on the terminal, a bar would only be in their way.
      const bar = process.stdout.isTTY ? null : progressBar('extracting', 'pages');
      for (const [index, file] of files.entries()) {
        bar?.update(index, files.length);
        const html = await readPage(file);
        if (html === null) continue;
        const page = new Page(html, options.url ?? '');
        const extraction = extractOfferFromPage(page);
        const items = extraction.kind === 'list' ? extractList(page) : [];
        if (options.json) printJson(toRow(file, extraction, items));
        else process.stdout.write(visibleText(toTable(file, extraction, items)));
      }
      bar?.stop();
    });
}

function parseUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new InvalidArgumentError('it is no http(s) address');
}

/** The text of a saved page; null, one line on stderr and a failing exit code where it cannot be read. */
async function readPage(file: string): Promise<string | null> {
  try {
    const stored = await readStart(file);
    const isGzip = GZIP_MAGIC.every((byte, index) => stored[index] === byte);
    const bytes = isGzip ? await promisify(gunzip)(stored, { maxOutputLength: MAX_PAGE_BYTES }) : stored;
    return decodeText(bytes, '');
  } catch (error) {
    process.stderr.write(`magpie: ${file} cannot be read: ${reasonOf(error)}\n`);
    process.exitCode = 1;
    return null;
  }
}

/**
 * A file's bytes, of whatever kind of file: pages also come through pipes.
 * @throws an error of code `ERR_BUFFER_TOO_LARGE` for one that is larger than a page may be, and need not end.
 */
async function readStart(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_PAGE_BYTES) throw Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ERR_BUFFER_TOO_LARGE: `it holds more than ${MAX_PAGE_BYTES / 1024 ** 2} MiB`,
  Z_DATA_ERROR: 'it is damaged (not whole gzip data)',
  Z_BUF_ERROR: 'it is damaged (not whole gzip data)',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

/** @param items the offers of a list page */
function toRow(file: string, { kind, offer }: Extraction, items: readonly ListedOffer[]): Record<string, unknown> {
  return { file, kind, ...inSnakeCase(offer), items, evidence: inSnakeCase(offer.evidence) };
}

function inSnakeCase(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

const SHOWN = [
  'title',
  'price',
  'listPrice',
  'availability',
  'condition',
  'shipping',
  'sku',
  'brand',
  'gtin',
  'mpn',
  'image',
  'rating',
] as const;
const VALUE_WIDTH = 48;

/** One line per field that was read: the value, the extractor that found it and its confidence; or one line per item of a list. */
function toTable(file: string, { kind, offer }: Extraction, items: readonly ListedOffer[]): string {
  const lines = [`${file} (${kind} page)`];
  for (const field of SHOWN) {
    const votes = offer.evidence[field] ?? [];
    const value = shown(offer[field]);
    if (value === null && votes.length === 0) continue;
    const sources = votes.map(({ source, confidence }) => `${source} ${confidence.toFixed(2)}`).join(', ');
    lines.push(`  ${field.padEnd(13)}${printable(value ?? 'cannot tell').padEnd(VALUE_WIDTH)}  ${sources}`);
  }
  for (const { title, price, url } of items) {
    lines.push(
      `  ${printable(shown(price) ?? 'cannot tell').padEnd(13)}${printable(title).padEnd(VALUE_WIDTH)}  ${printable(url)}`,
    );
  }
  if (offer.variants.length > 0) lines.push(`  ${'variants'.padEnd(13)}${offer.variants.length}`);
  return `${lines.join('\n')}\n\n`;
}

function shown(value: Extraction['offer'][(typeof SHOWN)[number]]): string | null {
  if (value === null || typeof value === 'string') return value;
  if ('amount' in value) return `${value.amount} ${value.currency ?? '(currency not told)'}`;
  return `${value.value} of ${value.best}${value.count === null ? '' : ` (${value.count} ratings)`}`;
}

/** A page's text must not command the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
