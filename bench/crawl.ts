/**
 * A crawl of product pages of the demo shops: fetched, read, and the offer taken out of each, pacing off, one process
 * for each crawler and another for the shops.
 *
 *   CRAWLEE_DIR=/tmp/crawlee node bench/crawl.ts [--pages 2000] [--page-kb 0] [--concurrency 16] [--rounds 3]
 *
 * In each round the crawlers run one after the other, each in a fresh process; the table has medians over the rounds,
 * and Magpie's lead is the median of the rounds' own ratios, so that what else the machine does counts little.
 * CPU is that of all threads of a crawler's process. `--page-kb 440` pads each page to the median of real product pages
 * with the markup that those have around their product.
 *
 * Peer: Crawlee's CheerioCrawler, where CRAWLEE_DIR names a folder in which `npm install @crawlee/cheerio` was run: once
 * with Magpie's extraction from the document that Crawlee parsed, and once with the few selectors that one would write
 * for these shops. Both clients keep their connections, obey robots.txt and have as many requests under way.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { CrawlReport, ShopPage } from './crawl/shop-page.ts';
import { median } from './recommender/statistics.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '2000' },
    'page-kb': { type: 'string', default: '0' },
    concurrency: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
  },
});

const hasCrawlee = process.env['CRAWLEE_DIR'] !== undefined;
if (!hasCrawlee) console.log('(without Crawlee: CRAWLEE_DIR is not set)');
const peers = hasCrawlee ? ['CheerioCrawler, our extraction', 'CheerioCrawler, own $'] : [];

const shops = fork(new URL('./crawl/shop-pages.ts', import.meta.url), [values.pages, values['page-kb']]);
const [pages]: [ShopPage[]] = (await once(shops, 'message')) as [ShopPage[]];
const nShops = new Set(pages.map(({ shop }) => shop)).size;
console.log(`${pages.length} pages of ${nShops} shops, ${values.concurrency} at a time, ${values.rounds} rounds`);

const ours: CrawlReport[] = [];
const theirs = new Map<string, CrawlReport[]>(peers.map((name) => [name, []]));
for (let round = 0; round < Number(values.rounds); round += 1) {
  ours.push(await crawl('Magpie'));
  for (const [name, reports] of theirs) reports.push(await crawl(name));
}
shops.disconnect();

tell('Magpie', ours);
for (const [name, reports] of theirs) {
  tell(name, reports);
  const rates = reports.map(({ seconds }, round) => seconds / (ours[round]?.seconds ?? Number.NaN));
  const cpu = reports.map(({ cpuSeconds }, round) => cpuSeconds / (ours[round]?.cpuSeconds ?? Number.NaN));
  const each = rates.map((rate) => rate.toFixed(2)).join(', ');
  console.log(
    `  Magpie: ${median(rates).toFixed(2)}x the pages/s (${each}), ${median(cpu).toFixed(2)}x the pages per CPU`,
  );
}

async function crawl(name: string): Promise<CrawlReport> {
  const crawler = fork(new URL('./crawl/crawler.ts', import.meta.url), [name, values.concurrency]);
  crawler.send(pages);
  const [report]: [CrawlReport] = (await once(crawler, 'message')) as [CrawlReport];
  if (crawler.exitCode === null) await once(crawler, 'exit');
  return report;
}

function tell(name: string, reports: CrawlReport[]): void {
  const middle = (read: (report: CrawlReport) => number) => median(reports.map(read));
  const rate = (pages.length / middle(({ seconds }) => seconds)).toFixed(0).padStart(5);
  const cpu = ((middle(({ cpuSeconds }) => cpuSeconds) * 1000) / pages.length).toFixed(2).padStart(6);
  const memory = (middle(({ peakRssBytes }) => peakRssBytes) / 1024 ** 2).toFixed(0).padStart(4);
  const priced = ((middle(({ nPriced }) => nPriced) / pages.length) * 100).toFixed(1);
  const threads = middle(({ nThreads }) => nThreads);
  console.log(
    `${name.padEnd(31)} ${rate} pages/s  ${cpu} ms CPU/page  peak RSS ${memory} MB  ${threads} threads  ${priced}% priced`,
  );
}
