import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rateTable } from '../../../shared/prices/money/currency/rates.ts';
import { openCache } from '../../cache/open-cache.ts';
import type { HttpFetcherOptions } from '../../fetch/http-fetcher.ts';
import { createTestFetcher } from '../../fetch/testing/test-fetcher.ts';
import { ImageLinks } from '../../images/image-links.ts';
import type { JobQueue } from '../../jobs/job-queue.ts';
import { openJobQueue } from '../../jobs/open-job-queue.ts';
import { ShopRegistry } from '../../shops/registry.ts';
import { testShopResources, warmPages } from '../../shops/testing/shop-context.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { silentLog } from '../../testing/test-log.ts';
import { Comparisons, type ComparisonsParts } from '../comparisons.ts';
import { COMPARE_JOB } from '../job.ts';

/** Euro to others on a day that the tests know. */
const RATES = rateTable(
  {
    date: '2026-11-20',
    rates: { USD: '1.25', JPY: '160', GBP: '0.80', CHF: '0.95', SEK: '11', DKK: '7.5', PLN: '4.3' },
  },
  { base: 'EUR', source: 'test', bundled: true },
);

/** Comparisons that are made at once. */
export const CONCURRENCY = 8;

export interface ComparisonWorld {
  comparisons: Comparisons;
  queue: JobQueue;
  store: Store;
  parts: ComparisonsParts;
  /** Moves the clock that freshness is judged by. */
  pass(ms: number): void;
  close(): Promise<void>;
}

/**
 * All of a comparison for real: declarations in a folder, fetcher, queue, worker, cache, store.
 * @param declarations as an operator writes them; the addresses of these shops are open to everybody though they are on loopback,
 * unless `fetching` says otherwise.
 */
export async function openComparisonWorld(
  declarations: readonly { id: string; url: string }[],
  {
    redisUrl,
    deadlineMs = 3000,
    fetching = {},
  }: { redisUrl: string | null; deadlineMs?: number; fetching?: Partial<HttpFetcherOptions> },
): Promise<ComparisonWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-comparison-'));
  const folder = join(dataDir, 'shops');
  await mkdir(folder);
  for (const declaration of declarations) {
    await writeFile(join(folder, `${declaration.id}.json`), JSON.stringify(declaration));
  }
  const fetcher = createTestFetcher({ openOrigins: declarations.map(({ url }) => url), ...fetching });
  const shopResources = testShopResources(fetcher);
  await warmPages();
  const shops = new ShopRegistry({
    folders: [folder],
    onProblem({ message }) {
      throw new Error(message);
    },
  });
  const store = await openStore({ dataDir, databaseUrl: null });
  const queue = await openJobQueue({ dataDir, databaseUrl: null, redisUrl, log: silentLog });
  const cache = await openCache({ cacheRedisUrl: redisUrl, log: silentLog });
  let passedMs = 0;
  const parts: ComparisonsParts = {
    queue,
    store,
    shopResources,
    shops,
    cache,
    imageLinks: new ImageLinks('a secret of the tests'),
    rates: async () => RATES,
    onUnrecorded(error) {
      throw error;
    },
    now: () => Date.now() + passedMs,
    deadlineMs,
  };
  const comparisons = new Comparisons(parts);
  queue.work(COMPARE_JOB, comparisons.handler(), { concurrency: CONCURRENCY });
  return {
    comparisons,
    queue,
    store,
    parts,
    pass(ms) {
      passedMs += ms;
    },
    async close() {
      await queue.close();
      await Promise.all([fetcher.close(), store.close(), cache.close()]);
      await rm(dataDir, { recursive: true });
    },
  };
}
