import type { Comparison } from '../../shared/api/comparison.ts';
import { type JobHandler, UnretryableError } from '../jobs/job-queue.ts';
import { ComparisonCache } from './comparison-cache.ts';
import { ComparisonJob } from './comparison-job.ts';
import { type ComparisonRequest, comparisonRequestSchema } from './comparison-request.ts';
import { ShopAnswerCache } from './shop-answer-cache.ts';
import type { ComparisonWorkerParts } from './worker-parts.ts';

export const COMPARE_JOB = 'compare';

/** The handler of `COMPARE_JOB`: gives the kept comparison where it is fresh, else makes it and keeps it. */
export function comparisonHandler(parts: ComparisonWorkerParts): JobHandler {
  const now = parts.now ?? Date.now;
  const comparisons = new ComparisonCache(parts.cache, now);
  const answers = new ShopAnswerCache(parts.cache, now);

  return async (job): Promise<Comparison> => {
    const request = readRequest(job.payload);
    // A request that came while the last such job was ending has started this one: the shops have just been asked.
    const cached = await comparisons.get(request.key);
    if (cached?.fresh) return { ...cached.comparison, cache: 'hit' };
    const [known, rates] = await Promise.all([parts.shops.current(), parts.rates()]);
    const shops = known.enabled;
    const { comparison, freshUntilMs } = await new ComparisonJob({
      ...{ parts, job, request, shops, rates, answers, now },
    }).run();
    await comparisons.set(request.key, comparison, job.id, freshUntilMs);
    return comparison;
  };
}

function readRequest(payload: unknown): ComparisonRequest {
  const parsed = comparisonRequestSchema.safeParse(payload);
  if (!parsed.success) throw new UnretryableError(`the job's payload is not a comparison: ${parsed.error.message}`);
  return parsed.data;
}
