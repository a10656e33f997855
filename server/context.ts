import { join } from 'node:path';
import type { Cache } from './cache/cache.ts';
import { openCache } from './cache/open-cache.ts';
import type { ComparisonListener } from './comparison/comparison-listener.ts';
import { Comparisons } from './comparison/comparisons.ts';
import type { Config } from './config.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import { openFetcher } from './fetch/open-fetcher.ts';
import { ImageFiles } from './images/image-files.ts';
import { ImageLinks } from './images/image-links.ts';
import { ImageProxy } from './images/image-proxy.ts';
import { signingSecret } from './images/signing-secret.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { openJobQueue } from './jobs/open-job-queue.ts';
import { type Log, openCommandLog } from './logging/log.ts';
import { OperatorError } from './operator-error.ts';
import { openRates } from './rates/open-rates.ts';
import { Recommender } from './recommendations/recommender.ts';
import { ShopRegistry } from './shops/registry.ts';
import { runningShopOrigins, runningShopsFolder } from './shops/running-shops.ts';
import { openShopResources, type ShopResources } from './shops/shop-resources.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { modelsDir } from './training/register-model.ts';

/** What a process of Magpie works with, opened from the configuration alone: a server, or a command beside it. */
export interface AppContext {
  config: Config;
  log: Log;
  store: Store;
  cache: Cache;
  queue: JobQueue;
  fetcher: Fetcher;
  shops: ShopRegistry;
  shopResources: ShopResources;
  comparisons: Comparisons;
  imageLinks: ImageLinks;
  images: ImageProxy;
  recommender: Recommender;
  /** @param deadlineMs how long jobs that run here may take to finish. */
  close(deadlineMs?: number): Promise<void>;
}

/** What a server gives and a command does not. */
export interface ContextOptions {
  log?: Log;
  /** How long it waits for services that cannot be reached yet. */
  waitMs?: number;
  comparisonListener?: ComparisonListener;
}

/** @throws OperatorError when the store, the queue or the cache cannot be opened. */
export async function openContext(config: Config, options: ContextOptions = {}): Promise<AppContext> {
  const { log = openCommandLog(config.log), waitMs = 0, comparisonListener } = options;
  const start = { log, waitMs };
  const opened: { close(deadlineMs?: number): Promise<void> }[] = [];
  const keep = <T extends { close(deadlineMs?: number): Promise<void> }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const close = async (deadlineMs?: number): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close(deadlineMs);
  };
  try {
    const store = keep(await openStore({ ...config, start }));
    const cache = keep(await openCache({ ...config, ...start }));
    const fetcher = keep(
      await openFetcher({
        ...start,
        redisUrl: config.redisUrl,
        contact: config.contact,
        proxyUrl: config.proxyUrl,
        allowedOrigins: config.allowedOrigins,
        openOrigins: await runningShopOrigins(config.dataDir),
        chromium: config.chromium,
      }),
    );
    const shopResources = keep(openShopResources(fetcher));
    const queue = keep(await openJobQueue({ ...config, ...start }));
    const shops = new ShopRegistry({
      folders: [join(config.dataDir, 'shops'), runningShopsFolder(config.dataDir)],
      onProblem: ({ message }) => log.warn(message),
    });
    const imageLinks = new ImageLinks(await signingSecret(config));
    const images = new ImageProxy({
      fetcher,
      files: new ImageFiles(join(config.dataDir, 'images')),
      onUnkept: (err) => log.warn({ err }, 'a picture could not be kept'),
    });
    const comparisons = new Comparisons({
      queue,
      cache,
      shops,
      shopResources,
      store,
      imageLinks,
      rates: openRates({
        url: config.ratesUrl,
        fetcher,
        cache,
        onFailure: (err) =>
          log.warn({ err }, 'new exchange rates could not be had, so older ones are used and their date is shown'),
      }),
      onUnrecorded: (err) => log.warn({ err }, 'a comparison could not be remembered'),
      ...(comparisonListener && { listener: comparisonListener }),
    });
    return {
      config,
      log,
      store,
      cache,
      queue,
      fetcher,
      shops,
      shopResources,
      comparisons,
      imageLinks,
      images,
      recommender: new Recommender(store, modelsDir(config), log),
      close,
    };
  } catch (error) {
    await close();
    // Each part says in one sentence what it cannot reach; that is what the person at the terminal needs.
    throw new OperatorError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
