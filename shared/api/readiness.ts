import { z } from 'zod';

/** What a server needs in order to do its work. */
export const neededPartSchema = z.enum(['database', 'queue', 'cache', 'worker', 'model_file']);
export type NeededPart = z.infer<typeof neededPartSchema>;

export const readinessSchema = z
  .object({
    status: z
      .enum(['ok', 'unavailable', 'stopping'])
      .meta({ description: '`unavailable`: what is in `missing` is; `stopping`: the process ends soon' }),
    missing: z
      .array(
        z.object({
          part: neededPartSchema.describe('What is missing.'),
          detail: z.string().meta({ description: 'One sentence for people' }),
        }),
      )
      .meta({ description: 'What the server needs and cannot use now; empty while it is ready' }),
    store: z.boolean().meta({ description: 'Whether the database answers' }),
    worker_age_seconds: z.number().nullable().meta({
      description: 'How long ago a worker was last seen; null: none was lately, or the queue does not answer',
    }),
    model_version: z
      .string()
      .nullable()
      .meta({ description: 'The current model; null: there is none yet, and popular items are recommended' }),
    engine: z.string().nullable().meta({ description: 'What trained the current model' }),
  })
  .meta({ id: 'Readiness', description: 'Whether requests may be sent here, and what is missing.' });
export type Readiness = z.infer<typeof readinessSchema>;
