/**
 * A thousand requests for one product that is not in the cache, over HTTP, on the embedded queue and on Redis: what the
 * shops are asked, how long it takes, and when the first offer is on a job's event stream, against what the fastest
 * shop itself takes for its search and its product page.
 *
 *   node bench/simultaneous.ts [--requests 1000]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openComparisonWorld } from '../server/comparison/testing/comparison-world.ts';
import { type ShopHost, startShopHost } from '../server/fetch/testing/shop-host.ts';
import { listen, stopListening } from '../server/serve/listen.ts';
import { startRedis } from '../server/testing/start-redis.ts';
import { testApp } from '../server/testing/test-app.ts';
import { comparisonSchema } from '../shared/api/comparison.ts';
import { acceptedJobSchema } from '../shared/api/jobs.ts';

const { values } = parseArgs({ options: { requests: { type: 'string', default: '1000' } } });
const nRequests = Number(values.requests);

/** What each shop takes to answer a request. */
const LATENCIES_MS = [300, 600, 1200];

const redis = await startRedis();
for (const [name, redisUrl] of [
  ['embedded queue', null],
  ['Redis', redis.url],
] as const) {
  await measure(name, redisUrl);
}
await redis.stop();

async function measure(name: string, redisUrl: string | null): Promise<void> {
  const shops = await Promise.all(LATENCIES_MS.map(startShop));
  const declarations = shops.map(({ origin }, n) => ({
    id: `shop-${LATENCIES_MS[n]}`,
    name: `Shop ${n}`,
    adapter: 'html',
    url: origin,
    search: '/search?q={query}',
    selectors: { list: { item: '.card', price: 'b' } },
  }));
  const folder = await mkdtemp(join(tmpdir(), 'magpie-simultaneous-'));
  const world = await openComparisonWorld(declarations, { redisUrl, deadlineMs: 8000 });
  const app = testApp(world, folder);
  const { server, url } = await listen(app.fetch, { host: '127.0.0.1', port: 0, tls: null });

  const startedAtMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: nRequests }, async () =>
      comparisonSchema.parse(await getJson(`${url}/compare_price?product=kettle`)),
    ),
  );
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(2);
  const full = answers.filter(({ offers }) => offers.length === shops.length).length;
  console.log(`${name}: ${nRequests} requests answered in ${seconds} s, ${full} of them with all offers`);
  for (const shop of shops) console.log(`  ${shop.origin} was asked for ${JSON.stringify(shop.pages())}`);

  const fastest = shops[0];
  if (fastest === undefined) throw new Error('there is no shop');
  // robots.txt has been read by now, as it is once a day; another product is asked for, which is not in the cache.
  const direct = await elapsed(async () => {
    await (await fetch(`${fastest.origin}/search?q=cordless`)).text();
    await (await fetch(`${fastest.origin}/p/0`)).text();
  });
  const streamed = await elapsed(async () => {
    const accepted = await getJson(`${url}/compare_price?product=cordless&async=true`);
    const { job_id: jobId } = acceptedJobSchema.parse(accepted);
    await firstOffer(await fetch(`${url}/jobs/${jobId}/events`));
  });
  const ratio = (streamed / direct).toFixed(2);
  console.log(
    `  first offer on the stream after ${streamed.toFixed(0)} ms, the shop itself ${direct.toFixed(0)} ms: ${ratio}×`,
  );

  await world.comparisons.refresh('cordless', 'EUR');
  await stopListening(server, 1000, () => undefined);
  await world.close();
  await Promise.all(shops.map((shop) => shop.close()));
  await rm(folder, { recursive: true });
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function startShop(latencyMs: number): Promise<ShopHost> {
  const answer = (html: string) => async (_: unknown, response: { end(text: string): void }) => {
    await sleep(latencyMs);
    response.end(`<html><head><title>Kettle</title></head><body>${html}</body></html>`);
  };
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: 'Cordless kettle',
    offers: { '@type': 'Offer', price: '40.00', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
  };
  return startShopHost({
    '/search': answer('<ul><li class="card"><a href="/p/0">Cordless kettle</a> <b>40.00 EUR</b></li></ul>'),
    '/p/0': answer(`<h1>Cordless kettle</h1><script type="application/ld+json">${JSON.stringify(data)}</script>`),
  });
}

async function firstOffer(stream: Response): Promise<void> {
  let text = '';
  for await (const chunk of stream.body ?? []) {
    text += new TextDecoder().decode(chunk);
    if (text.includes('"status":"answered"')) return;
  }
  throw new Error('the stream ended without an offer');
}

async function elapsed(work: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
