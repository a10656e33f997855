import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from './cache/cache.ts';
import { openCache } from './cache/open-cache.ts';
import type { Comparisons } from './comparison/comparisons.ts';
import type { Config } from './config.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import { openFetcher } from './fetch/open-fetcher.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { openJobQueue } from './jobs/open-job-queue.ts';
import { openRates } from './rates/open-rates.ts';
import type { Recommender } from './recommendations/recommender.ts';
import type { ShopRegistry } from './shops/registry.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

/** Everything that a process of Magpie works with, opened from the configuration alone. */
export interface AppContext {
  config: Config;
  store: Store;
  cache: Cache;
  queue: JobQueue;
  fetcher: Fetcher;
  shops: ShopRegistry;
  comparisons: Comparisons;
  recommender: Recommender;
  /** Folder of the model files. */
  modelsDir: string;
  close(deadlineMs?: number): Promise<void>;
}
