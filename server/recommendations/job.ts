import { z } from 'zod';
import type { ImageLinks } from '../images/image-links.ts';
import type { JobHandler } from '../jobs/job-queue.ts';
import type { Recommender } from './recommender.ts';

/** `GET /recommendations?async=true` as a job. Not deduplicated: the answer depends on events that arrive meanwhile. */
export const RECOMMEND_JOB = 'recommend';

export const recommendPayloadSchema = z.object({ userId: z.string(), limit: z.int() });

export function recommendHandler(recommender: Recommender, imageLinks: ImageLinks): JobHandler {
  return async (job) => {
    const { userId, limit } = recommendPayloadSchema.parse(job.payload);
    const answer = await recommender.recommend(userId, limit);
    return { ...answer, items: answer.items.map((item) => imageLinks.linked(item)) };
  };
}
