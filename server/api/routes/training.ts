import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { acceptedJobSchema } from '../../../shared/api/jobs.ts';
import { TRAIN_ATTEMPTS, TRAIN_JOB, trainPayloadSchema } from '../../training/job.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

const trainRoute = createRoute({
  method: 'post',
  path: '/training',
  operationId: 'train',
  ...access({ class: 'operator' }),
  tags: ['Operators'],
  summary: 'Train a model on all events and promote it',
  description:
    'One training at a time: asking while one waits or runs gives that one’s job, whatever its parameters. Its events tell what computes and why (`engine`), each `iteration`, and when a GPU failed and threads went on (`fallback`). Tried again, it goes on from its last checkpoint. Needs the scope `admin`.',
  request: { body: { required: false, ...jsonBody(trainPayloadSchema) } },
  responses: {
    202: { description: 'Follow `GET /jobs/{id}/events`', ...jsonBody(acceptedJobSchema) },
  },
});

const modelSchema = z
  .object({
    version: z.string().describe('Version of the model.'),
    created_at: z.iso.datetime().describe('When it was trained.'),
    current: z.boolean().describe('Whether it answers now.'),
    parameters: z.record(z.string(), z.unknown()).meta({
      description:
        'What it was trained with and how: `engine`, `adapter` (the GPU; null without one), `engine_reason`, `engines` (who did which iterations), `loss`, `validation` …',
    }),
  })
  .meta({ id: 'Model', description: 'A trained model.' });

const modelListSchema = z
  .object({ models: z.array(modelSchema).describe('Newest first.') })
  .meta({ id: 'ModelList', description: 'The models in the registry.' });

const modelsRoute = createRoute({
  method: 'get',
  path: '/models',
  operationId: 'listModels',
  ...access({ class: 'operator' }),
  tags: ['Operators'],
  summary: 'The models in the registry, newest first',
  responses: { 200: { description: 'The models', ...jsonBody(modelListSchema) } },
});

export function trainingRoutes(app: OpenAPIHono, { queue, store }: ApiParts): void {
  app.openapi(trainRoute, async (c) => {
    const { id } = await queue.add(TRAIN_JOB, c.req.valid('json') ?? {}, {
      deduplicationId: TRAIN_JOB,
      attempts: TRAIN_ATTEMPTS,
    });
    return c.json({ job_id: id }, 202, { location: `/jobs/${id}` });
  });

  app.openapi(modelsRoute, async (c) => {
    const models = await store.models.list();
    return c.json(
      {
        models: models.map((model) => ({
          version: model.version,
          created_at: model.createdAt.toISOString(),
          current: model.isCurrent,
          parameters: model.parameters,
        })),
      },
      200,
    );
  });
}
