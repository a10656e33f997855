import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { demoShops } from '../../demo/shops/all.ts';
import { parseDeclaration } from '../../server/shops/declaration.ts';
import { crawleeOwn, crawleeWithOurExtraction } from './crawlee.ts';
import { magpie } from './magpie.ts';
import type { Crawler, CrawlReport, DeclaredShops, ShopPage } from './shop-page.ts';

const CRAWLERS: Record<string, Crawler> = {
  Magpie: magpie,
  'CheerioCrawler, own $': crawleeOwn,
  'CheerioCrawler, our extraction': crawleeWithOurExtraction,
};

const N_WARM_UP = 100;
const SAMPLE_EVERY_MS = 20;

/** One crawler in a process of its own: `node crawler.ts NAME CONCURRENCY`, forked; gets ShopPage[], sends a CrawlReport. */
const [name = '', concurrency = '16'] = process.argv.slice(2);
const crawl = CRAWLERS[name];
if (crawl === undefined) throw new Error(`there is no crawler "${name}": ${Object.keys(CRAWLERS).join(', ')}`);
let nThreads = 1;
process.on('worker', () => {
  nThreads += 1;
});
const shops = await declaredShops();
process.on('disconnect', () => process.exit());
process.once('message', async (pages: ShopPage[]) => {
  await crawl(pages.slice(0, N_WARM_UP), Number(concurrency), shops); // compile and connect
  const report = await measured(() => crawl(pages, Number(concurrency), shops));
  process.send?.(report, () => process.exit());
});

async function measured(work: () => Promise<number>): Promise<CrawlReport> {
  let peakRssBytes = 0;
  const sampler = setInterval(() => {
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage().rss);
  }, SAMPLE_EVERY_MS);
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  const nPriced = await work();
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampler);
  return { seconds, cpuSeconds: (user + system) / 1e6, peakRssBytes, nThreads, nPriced };
}

async function declaredShops(): Promise<DeclaredShops> {
  const entries = demoShops.map(async ({ profile: { id } }) => {
    const file = new URL(`../../demo/declarations/${id}.json`, import.meta.url);
    const declaration = parseDeclaration(await readFile(file, 'utf8'), fileURLToPath(file));
    const selectors = declaration.adapter === 'html' ? declaration.selectors : {};
    return [id, { currency: declaration.currency, selectors }] as const;
  });
  return new Map(await Promise.all(entries));
}
