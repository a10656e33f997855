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

export interface CachedComparison {
  comparison: Comparison;
  jobId: string;
  /** false: it may still be shown while a new one is made. */
  fresh: boolean;
}

/** Finished comparisons by the key of their request. */
export class ComparisonCache {
  readonly #cache: Cache;
  readonly #now: Clock;

  constructor(cache: Cache, now: Clock) {
    this.#cache = cache;
    this.#now = now;
  }

  async get(key: string): Promise<CachedComparison | null> {
    const text = await this.#cache.get(key);
    if (text === null) return null;
    const { success, data } = entrySchema.safeParse(JSON.parse(text));
    // An entry of another release is as good as none.
    if (!success || this.#now() >= data.forgottenFromMs) return null;
    return { comparison: data.comparison, jobId: data.jobId, fresh: this.#now() < data.freshUntilMs };
  }

  async set(key: string, comparison: Comparison, jobId: string, freshUntilMs: number): Promise<void> {
    const entry: z.infer<typeof entrySchema> = {
      comparison,
      jobId,
      freshUntilMs,
      forgottenFromMs: this.#now() + STALE_MS,
    };
    await this.#cache.set(key, JSON.stringify(entry), STALE_MS);
  }
}
