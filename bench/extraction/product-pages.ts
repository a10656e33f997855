import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One saved page with its accepted answers per attribute. */
export interface LabelledPage {
  id: string;
  html: string;
  url: string;
  truth: Partial<Record<'price' | 'availability' | 'sku' | 'brand' | 'gtin' | 'mpn', string[]>>;
  /** Whether its host is among those that were looked at while the rules were written. */
  seen: boolean;
}

type GroundTruth = Record<string, LabelledPage['truth'] & { url: string }>;

/** The labelled product pages of the data folder (`MAGPIE_DATA`). */
export function loadProductPages(dataDir: string): LabelledPage[] {
  const folder = join(dataDir, 'extraction', 'product-pages');
  const truths = JSON.parse(readFileSync(join(folder, 'ground-truth.json'), 'utf8')) as GroundTruth;
  return Object.entries(truths).map(([id, { url, ...truth }]) => ({
    id,
    html: gunzipSync(readFileSync(join(folder, 'html', `${id}.html.gz`))).toString('utf8'),
    url,
    truth,
    seen: isSeenHost(new URL(url).hostname.replace(/^www\./, '')),
  }));
}

/** Looked at before the hosts were split. */
const SEEN_BEFORE = new Set(['i3fresh.tw', 'paris.cl']);

/** Hosts are split by a hash of their name: about seven in eight were looked at, the others only measured. */
function isSeenHost(host: string): boolean {
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(host).digest();
  return SEEN_BEFORE.has(host) || first % 2 === 0 || second % 2 === 1 || third % 2 === 0;
}
