import { z } from 'zod';
import { toWireRecommendations } from '../api/recommendations-wire.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { JobHandler } from '../jobs/job-queue.ts';
import { NO_FILTER, recommendationFilterSchema } from './filter.ts';
import type { Recommender } from './recommender.ts';

/** `GET /recommendations?async=true` as a job, whose result is that answer. Not deduplicated: the answer depends on events that arrive meanwhile. */
export const RECOMMEND_JOB = 'recommend';

export const recommendPayloadSchema = z.object({
  userId: z.string(),
  limit: z.int(),
  filter: recommendationFilterSchema.default(NO_FILTER),
  /** As `Recommender.recommend` takes it. */
  unlisted: z.boolean().default(false),
});

export function recommendHandler(recommender: Recommender, imageLinks: ImageLinks): JobHandler {
  return async (job) => {
    const { userId, limit, filter, unlisted } = recommendPayloadSchema.parse(job.payload);
    const recommendations = await recommender.recommend(userId, limit, { filter, unlisted });
    return toWireRecommendations(recommendations, (image) => imageLinks.pathTo(image));
  };
}
