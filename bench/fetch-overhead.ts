/**
 * What the guarded fetcher costs beside plain clients: pages per second, CPU time and memory for the same pages, read
 * to their text, pacing off.
 *
 *   node bench/fetch-overhead.ts [--pages 2000] [--concurrency 16]
 *
 * Peers: `fetch` of Node (undici without guard, robots.txt, limits, retries or charset detection), and Crawlee's
 * HttpCrawler when CRAWLEE_DIR names a folder where `npm install @crawlee/http` was run.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HostPacer } from '../server/fetch/host-pacer.ts';
import { HttpFetcher } from '../server/fetch/http-fetcher.ts';
import { userAgent } from '../server/fetch/user-agent.ts';

/** Reads all URLs, so many at a time, and returns the number of characters that came. */
type Client = (urls: string[], concurrency: number) => Promise<number>;

const { values } = parseArgs({
  options: { pages: { type: 'string', default: '2000' }, concurrency: { type: 'string', default: '16' } },
});
const nPages = Number(values.pages);
const concurrency = Number(values.concurrency);

const server = fork(new URL('./fetching/page-server.ts', import.meta.url));
const [origin]: string[] = await once(server, 'message');
const urls = Array.from({ length: nPages }, (_, n) => `${origin}/p/${n}`);

const clients: [string, Client][] = [
  ['fetch (Node)', nodeFetch],
  ['Magpie', magpie],
];
const crawleeDir = process.env.CRAWLEE_DIR;
if (crawleeDir === undefined) console.log('(without Crawlee: CRAWLEE_DIR is not set)');
else clients.push(['Crawlee HttpCrawler', await crawlee(crawleeDir)]);

console.log(`${nPages} pages, ${concurrency} at a time`);
for (const [name, client] of clients) {
  await client(urls.slice(0, 100), concurrency); // compile and connect
  await measure(name, client);
}
server.disconnect();

async function measure(name: string, client: Client): Promise<void> {
  let peakBytes = 0;
  const sampler = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, 20);
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  const nChars = await client(urls, concurrency);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampler);
  const perPage = ((user + system) / 1000 / nPages).toFixed(2);
  const rate = (nPages / seconds).toFixed(0).padStart(6);
  const memory = (peakBytes / 1024 ** 2).toFixed(0);
  console.log(
    `${name.padEnd(20)} ${rate} pages/s  ${perPage} ms CPU/page  peak RSS ${memory} MB  ${(nChars / 1e6).toFixed(0)}M chars`,
  );
}

async function pooled(urls: string[], concurrency: number, read: (url: string) => Promise<string>): Promise<number> {
  const queue = urls.values();
  let nChars = 0;
  const work = async () => {
    for (const url of queue) {
      const text = await read(url);
      nChars += text.length;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return nChars;
}

async function nodeFetch(urls: string[], concurrency: number): Promise<number> {
  return pooled(urls, concurrency, async (url) => (await fetch(url)).text());
}

async function magpie(urls: string[], concurrency: number): Promise<number> {
  const unpaced: HostPacer = { run: (_turn, request) => request() };
  const fetcher = new HttpFetcher({
    userAgent: userAgent(null),
    pacer: unpaced,
    allowedOrigins: [new URL(urls[0] ?? '').origin],
  });
  try {
    return await pooled(urls, concurrency, async (url) => (await fetcher.fetch(url, { purpose: 'page' })).text());
  } finally {
    await fetcher.close();
  }
}

/** The part of Crawlee's interface that is used here; it is no dependency of ours. */
interface Crawlee {
  Configuration: new (options: { persistStorage: boolean }) => object;
  HttpCrawler: new (
    options: {
      minConcurrency: number;
      maxConcurrency: number;
      respectRobotsTxtFile: boolean;
      requestHandler(context: { body: Buffer | string }): Promise<void>;
    },
    configuration: object,
  ) => { run(urls: string[]): Promise<unknown> };
  log: { setLevel(level: number): void };
}

async function crawlee(folder: string): Promise<Client> {
  const { Configuration, HttpCrawler, log }: Crawlee = createRequire(join(folder, 'package.json'))('@crawlee/http');
  log.setLevel(1); // errors
  return async (urls, concurrency) => {
    let nChars = 0;
    const crawler = new HttpCrawler(
      {
        minConcurrency: concurrency,
        maxConcurrency: concurrency,
        respectRobotsTxtFile: true,
        async requestHandler({ body }) {
          nChars += body.toString().length;
        },
      },
      new Configuration({ persistStorage: false }),
    );
    await crawler.run(urls);
    return nChars;
  };
}
