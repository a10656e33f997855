import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Command } from 'commander';
import { type Extraction, extractOffer } from '../../shared/prices/extraction/extract-offer.ts';
import { printJson } from './output.ts';

/** A saved page larger than this, unpacked, is no page; also the limit for a compressed one that expands. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/** `magpie extract [--url URL] FILE…`: what the extractor sees in saved pages. */
export function extractCommand(): Command {
  return new Command('extract')
    .description('show what the extractor sees in saved product pages (.html, .html.gz)')
    .argument('<file...>', 'saved pages')
    .option(
      '--url <url>',
      'the address that the pages were saved from; without it the canonical address of each serves',
    )
    .option('--json', 'one JSON object per page and line')
    .action(async (files: string[], options: { url?: string; json?: boolean }) => {
      for (const file of files) {
        const html = await readPage(file);
        if (html === null) continue;
        const extraction = extractOffer(html, options.url ?? '');
        if (options.json) printJson(toRow(file, extraction));
        else printTable(file, extraction);
      }
    });
}

/** The text of a saved page in its own encoding; null, one line on stderr and a failing exit code where that fails. */
async function readPage(file: string): Promise<string | null> {
  try {
    const stored = await readFile(file);
    const isGzip = GZIP_MAGIC.every((byte, index) => stored[index] === byte);
    const bytes = isGzip ? await promisify(gunzip)(stored, { maxOutputLength: MAX_PAGE_BYTES }) : stored;
    return new TextDecoder(charsetOf(bytes)).decode(bytes);
  } catch (error) {
    process.stderr.write(`${file}: cannot be read (${reasonOf(error)}): the other files are still done\n`);
    process.exitCode = 1;
    return null;
  }
}

/** The charset that the page names in its first 1,024 bytes (HTML Standard, 13.2.3.2), else UTF-8. */
function charsetOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 1024);
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'ERR_BUFFER_TOO_LARGE') return `it unpacks to more than ${MAX_PAGE_BYTES / 1024 ** 2} MiB`;
  return message;
}

function toRow(file: string, { kind, offer }: Extraction): Record<string, unknown> {
  return {
    file,
    kind,
    title: offer.title,
    price: offer.price,
    list_price: offer.listPrice,
    availability: offer.availability,
    condition: offer.condition,
    shipping: offer.shipping,
    sku: offer.sku,
    brand: offer.brand,
    gtin: offer.gtin,
    mpn: offer.mpn,
    image: offer.image,
    rating: offer.rating,
    variants: offer.variants,
    evidence: offer.evidence,
  };
}

const ROWS = [
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

function printTable(file: string, { kind, offer }: Extraction): void {
  console.log(`${file} (${kind} page)`);
  for (const field of ROWS) {
    const votes = offer.evidence[field] ?? [];
    const value = shown(offer[field]);
    if (value === null && votes.length === 0) continue;
    const sources = votes.map(({ source, confidence }) => `${source} ${confidence.toFixed(2)}`).join(', ');
    console.log(`  ${field.padEnd(13)}${(value ?? 'cannot tell').padEnd(50)}  ${sources}`);
  }
  if (offer.variants.length > 0) console.log(`  ${'variants'.padEnd(13)}${offer.variants.length}`);
  console.log('');
}

function shown(value: Extraction['offer'][(typeof ROWS)[number]]): string | null {
  if (value === null || typeof value === 'string') return value;
  if ('amount' in value) return `${value.amount} ${value.currency ?? '(currency not told)'}`;
  return `${value.value} of ${value.best}${value.count === null ? '' : ` (${value.count} ratings)`}`;
}
