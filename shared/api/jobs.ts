import { z } from 'zod';
import { recognisedProductSchema, shopResultSchema } from './comparison.ts';

export const JOB_STATES = ['waiting', 'delayed', 'active', 'completed', 'failed', 'cancelled'] as const;

/** What `async=true` answers, with 202. */
export const acceptedJobSchema = z
  .object({ job_id: z.string().describe('Follow it at `/jobs/{id}` and `/jobs/{id}/events`.') })
  .meta({ id: 'AcceptedJob', description: 'A job that has been taken on.' });

/** `GET /jobs/{id}` */
export const jobSchema = z
  .object({
    job_id: z.string().describe('Id of the job.'),
    name: z.string().describe('What it does: `compare`, `recommend`, `train` …'),
    state: z.enum(JOB_STATES).describe('How far it is; the last three are final.'),
    progress: z.number().nullable().describe('0 to 1, where the job tells; else null.'),
    created_at: z.iso.datetime().describe('When it was added.'),
    started_at: z.iso.datetime().nullable().describe('When a worker took it; null: not yet.'),
    finished_at: z.iso.datetime().nullable().describe('When it ended; null: not yet.'),
    result: z
      .unknown()
      .nullable()
      .describe('Once completed: the answer that the synchronous call would have given; until then null.'),
    error: z.string().nullable().describe('Why it failed, for people; null unless it did.'),
  })
  .meta({ id: 'Job', description: 'A piece of work that goes on after the request.' });
export type Job = z.infer<typeof jobSchema>;
export type JobState = (typeof JOB_STATES)[number];

/** Events of `GET /jobs/{id}/events` by name, each with the schema of its `data`. */
export const JOB_EVENTS = {
  progress: z.number().describe('How much is done, 0 to 1.'),
  recognised: recognisedProductSchema.describe('A comparison by address: what the page is about.'),
  shop_so_far: shopResultSchema.describe('A comparison: what a slow shop has said until now; `shop` replaces it.'),
  shop: shopResultSchema.describe('A comparison: what one shop came to.'),
  engine: z.looseObject({}).describe('A training: what computes, and why.'),
  waiting: z.looseObject({}).describe('A training: what it waits for.'),
  restarted: z.looseObject({}).describe('A training: it began anew, and why.'),
  resumed: z.looseObject({}).describe('A training: the checkpoint that it goes on from.'),
  fallback: z.looseObject({}).describe('A training: a GPU failed, and threads go on.'),
  iteration: z.looseObject({}).describe('A training: one iteration, with its loss.'),
  completed: z
    .object({ result: z.unknown().describe('The answer that the synchronous call would have given.') })
    .describe('The job is done; the stream ends.'),
  failed: z.object({ error: z.string().describe('Why, for people.') }).describe('The job failed; the stream ends.'),
  cancelled: z.object({}).describe('The job was cancelled; the stream ends.'),
  interrupted: z
    .object({})
    .describe(
      'The server is stopping: the stream ends, the job goes on. Without an id, so that a reader resumes rightly.',
    ),
} as const;
