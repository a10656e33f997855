import { z } from 'zod';

export const JOB_STATES = ['waiting', 'delayed', 'active', 'completed', 'failed', 'cancelled'] as const;

/** What `async=true` answers, with 202. */
export const acceptedJobSchema = z.object({ job_id: z.string() }).meta({ id: 'AcceptedJob' });

/** `GET /jobs/{id}` */
export const jobSchema = z
  .object({
    job_id: z.string(),
    name: z.string(),
    state: z.enum(JOB_STATES),
    /** 0…1, where the job tells. */
    progress: z.number().nullable(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    /** The answer that the synchronous call would have given, once completed. */
    result: z.unknown().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;
export type JobState = (typeof JOB_STATES)[number];
