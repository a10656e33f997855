import { z } from 'zod';
import { parseEcbDailyXml } from '../../shared/prices/money/currency/ecb-daily-xml.ts';
import { type PublishedRates, type RateTable, rateTable } from '../../shared/prices/money/currency/rates.ts';
import type { Cache } from '../cache/cache.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { BUNDLED_RATES } from './bundled-rates.ts';

const SOURCE = 'European Central Bank';
const CACHE_KEY = 'ecb-daily-rates';
const HOUR_MS = 60 * 60 * 1000;
/** The bank publishes once on each of its working days, around 16:00 CET. */
const FRESH_MS = 24 * HOUR_MS;
/** Older rates of the bank's are still better than bundled ones while it cannot be reached. */
const KEEP_MS = 30 * 24 * HOUR_MS;
/** After a failure, so that every comparison of an hour does not wait for the same dead line. */
const RETRY_AFTER_MS = HOUR_MS;
/** Conversion must not hold up a comparison: rates that come later serve the next one. */
const TIMEOUT_MS = 3000;
const MAX_BYTES = 100_000;

export interface RatesParts {
  /** Answers with the European Central Bank's daily XML; null for the bundled rates alone, without a request. */
  url: string | null;
  fetcher: Fetcher;
  cache: Cache;
  /** Told why the bank's rates could not be had; older ones are used, and their date shown. */
  onFailure(error: unknown): void;
  now?: () => number;
}

const keptRatesSchema = z.preprocess(
  (text, context) => {
    try {
      return typeof text === 'string' ? JSON.parse(text) : text;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  },
  z.object({
    published: z.object({ date: z.string(), rates: z.record(z.string(), z.string()) }),
    fetchedAtMs: z.number(),
  }),
);
type KeptRates = z.infer<typeof keptRatesSchema>;

/**
 * The exchange rates to convert by: the European Central Bank's of the day, kept for a day in the cache; while the bank
 * cannot be reached the last that were had, and else those that came with the program. Never rejects.
 */
export function openRates({ url, fetcher, cache, onFailure, now = Date.now }: RatesParts): () => Promise<RateTable> {
  let loading: Promise<PublishedRates | null> | null = null;
  let failedAtMs = Number.NEGATIVE_INFINITY;

  async function load(): Promise<PublishedRates | null> {
    if (url === null) return null;
    let kept: KeptRates | null = null;
    try {
      kept = await keptRates(cache);
      const isFresh = kept !== null && now() - kept.fetchedAtMs < FRESH_MS;
      if (isFresh || now() - failedAtMs < RETRY_AFTER_MS) return kept?.published ?? null;
      const published = await fetchRates(url, fetcher);
      await cache.set(CACHE_KEY, JSON.stringify({ published, fetchedAtMs: now() } satisfies KeptRates), KEEP_MS);
      return published;
    } catch (error) {
      failedAtMs = now();
      onFailure(error);
      return kept?.published ?? null;
    }
  }

  return async () => {
    loading ??= load().finally(() => {
      loading = null;
    });
    const published = await loading;
    return rateTable(published ?? BUNDLED_RATES, { base: 'EUR', source: SOURCE, bundled: published === null });
  };
}

async function keptRates(cache: Cache): Promise<KeptRates | null> {
  const kept = keptRatesSchema.safeParse(await cache.get(CACHE_KEY));
  return kept.success ? kept.data : null;
}

async function fetchRates(url: string, fetcher: Fetcher): Promise<PublishedRates> {
  const answer = await fetcher.fetch(url, { purpose: 'rates', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  const published = parseEcbDailyXml(answer.text());
  if (published === null) throw new Error(`${url} did not answer with exchange rates`);
  return published;
}
