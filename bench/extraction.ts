/**
 * Speed and memory of the extractor, in one process, on the same pages, in the same run: beside `cheerio/slim` `load`
 * alone, and beside the same extraction on a document parsed by `cheerio` (parse5).
 *
 *     MAGPIE_DATA=../shared/data node --expose-gc bench/extraction.ts [--json]
 *
 * Rates are pages per second of CPU time, the best of several interleaved rounds, so that a busy machine does not decide.
 */
import { load as loadParse5 } from 'cheerio';
import { load as loadSlim } from 'cheerio/slim';
import type { Document } from 'domhandler';
import { extractOffer, extractOfferFromPage } from '../shared/prices/page/extract-offer.ts';
import { Page } from '../shared/prices/page/page.ts';
import { type LabelledPage, loadProductPages } from './extraction/product-pages.ts';

const ROUNDS = 12;
const MEMORY_PAGES = 2_000;
/** Memory is looked at this often. */
const MEMORY_STEP = 250;

type Job = (page: LabelledPage) => unknown;

const JOBS: Record<string, Job> = {
  'cheerio/slim load': ({ html }) => loadSlim(html),
  'cheerio load (parse5)': ({ html }) => loadParse5(html),
  'extraction on parse5': ({ html, url }) =>
    extractOfferFromPage(new Page(html, url, (text) => loadParse5(text).root().get(0) as Document)),
  extraction: ({ html, url }) => extractOffer(html, url),
};

const dataDir = process.env.MAGPIE_DATA;
if (dataDir === undefined) throw new Error('MAGPIE_DATA is not set: it names the folder with the pages');
const pages = loadProductPages(dataDir);
const characters = pages.reduce((sum, { html }) => sum + html.length, 0);

const bestMs = new Map<string, number>();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, job] of Object.entries(JOBS)) {
    const ms = cpuMsOf(() => {
      for (const page of pages) job(page);
    });
    bestMs.set(name, Math.min(bestMs.get(name) ?? Number.POSITIVE_INFINITY, ms));
  }
}

const rateOf = (name: string): number => (1000 * pages.length) / (bestMs.get(name) ?? Number.NaN);
const rates = Object.fromEntries(Object.keys(JOBS).map((name) => [name, Math.round(rateOf(name) * 10) / 10]));
const slimRatio = rateOf('extraction') / rateOf('cheerio/slim load');
const parse5Ratio = rateOf('extraction') / rateOf('extraction on parse5');
const memory = memoryOver(MEMORY_PAGES);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ pages: pages.length, rates, slim_ratio: slimRatio, parse5_ratio: parse5Ratio, memory }));
} else {
  console.log(`${pages.length} pages, ${Math.round(characters / pages.length / 1000)}k characters on average`);
  for (const [name, rate] of Object.entries(rates)) console.log(`${name.padEnd(24)}${rate.toFixed(1)} pages/s`);
  console.log(`extraction runs at ${slimRatio.toFixed(2)} × the rate of cheerio/slim load alone (wanted: 0.6)`);
  console.log(`extraction runs at ${parse5Ratio.toFixed(2)} × the rate of the same on parse5 (wanted: 3)`);
  console.log(`after each ${MEMORY_STEP} pages, heap in MB: ${memory.map(({ heapMb }) => heapMb).join(' ')}`);
  console.log(`                    peak resident in MB: ${memory.map(({ peakMb }) => peakMb).join(' ')}`);
}

function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Megabytes of heap in use after collection and the process's peak so far, while all results are kept. */
function memoryOver(nPages: number): { heapMb: number; peakMb: number }[] {
  const collect = globalThis.gc;
  if (!collect) return [];
  const kept: unknown[] = [];
  const used: { heapMb: number; peakMb: number }[] = [];
  for (let n = 1; n <= nPages; n += 1) {
    const page = pages[n % pages.length]!;
    // A fresh copy, as a fetched page would be: a slice that is kept would keep all of it alive.
    kept.push(extractOffer(Buffer.from(page.html).toString(), page.url));
    if (n % MEMORY_STEP === 0) {
      collect();
      used.push({
        heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
        peakMb: Math.round(process.resourceUsage().maxRSS / 1e3),
      });
    }
  }
  return used;
}
