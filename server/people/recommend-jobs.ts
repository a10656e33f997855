import type { JobQueue, JobRecord } from '../jobs/job-queue.ts';
import { RECOMMEND_JOB, recommendPayloadSchema } from '../recommendations/job.ts';

/** All jobs that are to compute or have computed recommendations for a shopper; finished ones are kept for a day. */
export async function recommendJobsOf(queue: JobQueue, userId: string): Promise<JobRecord[]> {
  const jobs = await queue.list({ name: RECOMMEND_JOB, limit: MAX_JOBS });
  return jobs.filter(({ payload }) => recommendPayloadSchema.safeParse(payload).data?.userId === userId);
}

/** More than any queue holds: a limit is part of the question. */
const MAX_JOBS = 1_000_000;
