import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Comparison, comparisonSchema } from '../../shared/api/comparison.ts';
import type { Cache } from '../cache/cache.ts';
import { type Clock, STALE_MS } from './freshness.ts';

const entrySchema = z.object({
  comparison: comparisonSchema,
  /** The job that made it; its event stream repeats it. */
  jobId: z.string(),
  freshUntilMs: z.number(),
  forgottenFromMs: z.number(),
});

type Entry = z.infer<typeof entrySchema>;

/** Entries that are kept read, by the length of their texts: about a hundred, which take some 30 MB. */
const MAX_READ_CHARACTERS = 6_000_000;

export interface CachedComparison {
  /** Says of itself that it is from the cache. The same object each time, until it becomes another. */
  comparison: Comparison;
  jobId: string;
  /** false: it may still be shown while a new one is made. */
  fresh: boolean;
}

/** An entry as it was read, with both forms of its comparison. */
class ReadEntry {
  readonly text: string;
  readonly entry: Entry;
  readonly hit: Comparison;
  readonly stale: Comparison;

  constructor(text: string, entry: Entry) {
    this.text = text;
    this.entry = entry;
    this.hit = { ...entry.comparison, cache: 'hit' };
    this.stale = { ...entry.comparison, cache: 'stale' };
  }
}

/** Finished comparisons by the key of their request. A text is read and checked once, however often it is asked for. */
export class ComparisonCache {
  readonly #cache: Cache;
  readonly #now: Clock;
  readonly #read = new LRUCache<string, ReadEntry>({
    maxSize: MAX_READ_CHARACTERS,
    sizeCalculation: ({ text }) => text.length,
  });

  constructor(cache: Cache, now: Clock) {
    this.#cache = cache;
    this.#now = now;
  }

  async get(key: string): Promise<CachedComparison | null> {
    const text = await this.#cache.get(key);
    if (text === null) return null;
    const read = this.#entry(key, text);
    // An entry of another release is as good as none.
    if (read === null || this.#now() >= read.entry.forgottenFromMs) return null;
    const fresh = this.#now() < read.entry.freshUntilMs;
    return { comparison: fresh ? read.hit : read.stale, jobId: read.entry.jobId, fresh };
  }

  async set(key: string, comparison: Comparison, jobId: string, freshUntilMs: number): Promise<void> {
    const entry: Entry = { comparison, jobId, freshUntilMs, forgottenFromMs: this.#now() + STALE_MS };
    await this.#cache.set(key, JSON.stringify(entry), STALE_MS);
  }

  #entry(key: string, text: string): ReadEntry | null {
    const kept = this.#read.get(key);
    if (kept?.text === text) return kept;
    const { success, data } = entrySchema.safeParse(JSON.parse(text));
    if (!success) return null;
    const read = new ReadEntry(text, data);
    this.#read.set(key, read);
    return read;
  }
}
