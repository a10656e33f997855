/**
 * A crawl of product pages of the demo shops: fetched, read, and the offer taken out of each, pacing off, one process
 * for each crawler and another for the shops.
 *
 *   CRAWLEE_DIR=/tmp/crawlee node bench/crawl.ts [--pages 2000] [--page-kb 0] [--concurrency 16]
 *
 * `--page-kb 440` pads each page to the median of real product pages with the markup that those have around their
 * product. Peer: Crawlee's CheerioCrawler, where CRAWLEE_DIR names a folder in which `npm install @crawlee/cheerio` was
 * run: once with the selectors that one would write for it, once with Magpie's own extraction.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { CrawlReport, ShopPage } from './crawl/shop-page.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '2000' },
    'page-kb': { type: 'string', default: '0' },
    concurrency: { type: 'string', default: '16' },
  },
});

const shops = fork(new URL('./crawl/shop-pages.ts', import.meta.url), [values.pages, values['page-kb']]);
const [pages]: [ShopPage[]] = (await once(shops, 'message')) as [ShopPage[]];
const peers = ['CheerioCrawler, own $', 'CheerioCrawler, our extraction'];
const hasCrawlee = process.env['CRAWLEE_DIR'] !== undefined;
if (!hasCrawlee) console.log('(without Crawlee: CRAWLEE_DIR is not set)');
console.log(
  `${pages.length} pages of ${new Set(pages.map(({ shop }) => shop)).size} shops, ${values.concurrency} at a time`,
);

for (const name of ['Magpie', ...(hasCrawlee ? peers : [])]) {
  const crawler = fork(new URL('./crawl/crawler.ts', import.meta.url), [name, values.concurrency]);
  crawler.send(pages);
  const [report]: [CrawlReport] = (await once(crawler, 'message')) as [CrawlReport];
  tell(name, report);
}
shops.disconnect();

function tell(name: string, { seconds, cpuSeconds, peakRssBytes, nPriced }: CrawlReport): void {
  const rate = (pages.length / seconds).toFixed(0).padStart(5);
  const cpu = ((cpuSeconds * 1000) / pages.length).toFixed(2).padStart(6);
  const memory = (peakRssBytes / 1024 ** 2).toFixed(0).padStart(4);
  const priced = ((nPriced / pages.length) * 100).toFixed(1);
  console.log(`${name.padEnd(31)} ${rate} pages/s  ${cpu} ms CPU/page  peak RSS ${memory} MB  ${priced}% priced`);
}
