import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { type Job, jobSchema } from '../../../shared/api/jobs.ts';
import { idSchema, textSchema } from '../../../shared/api/values.ts';
import { visibleText } from '../../../shared/text/visible-text.ts';
import { isTrusted } from '../../access/caller.ts';
import { comparisonRequestSchema } from '../../comparison/comparison-request.ts';
import { COMPARE_JOB } from '../../comparison/job.ts';
import { FINAL_EVENTS, type JobRecord } from '../../jobs/job-queue.ts';
import { RECOMMEND_JOB, recommendPayloadSchema } from '../../recommendations/job.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access, type JobAccess } from '../route-access.ts';
import { usable } from '../shopper-of-request.ts';

/** Proxies close a silent connection after 30–60 s; a comment line every 15 s keeps it. */
const HEARTBEAT_MS = 15_000;

const idParameter = z.object({
  id: idSchema({ max: 200 })
    .describe('As the 202 answer gave it in `job_id`.')
    .meta({ example: '6f0d3c1e-7c1b-4b7e-9a51-1a2b3c4d5e6f' }),
});

/** What reading a recommendation's job needs. */
const READ: JobAccess = { class: 'job', scope: 'recommendations:read', openOnLoopback: true };

const jobRoute = createRoute({
  method: 'get',
  path: '/jobs/{id}',
  operationId: 'getJob',
  ...access(READ),
  tags: ['Jobs'],
  summary: 'State, progress and, once completed, the result of a job',
  request: { params: idParameter },
  responses: { 200: { description: 'The job', ...jsonBody(jobSchema) }, 404: problemAnswer('No such job') },
});

const eventsRoute = createRoute({
  method: 'get',
  path: '/jobs/{id}/events',
  operationId: 'followJob',
  ...access(READ),
  tags: ['Jobs'],
  summary: 'A job as it goes on, as server-sent events',
  description:
    'Every event has an id; send the last one seen as `Last-Event-ID` to resume. A comparison sends `shop` for each shop; every job ends with `completed` (`{result}`), `failed` (`{error}`) or `cancelled`. `interrupted` ends the stream, not the job: the server is stopping, so resume at the next one.',
  request: {
    params: idParameter,
    headers: z.object({
      'last-event-id': textSchema({ max: 100 })
        .optional()
        .describe('Id of the last event that was read: the stream goes on after it.'),
    }),
  },
  responses: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.string().describe('Server-sent events: see `JobEvent`.') } },
    },
    404: problemAnswer('No such job'),
  },
});

const cancelRoute = createRoute({
  method: 'delete',
  path: '/jobs/{id}',
  operationId: 'cancelJob',
  ...access({ class: 'operator' }),
  tags: ['Jobs'],
  summary: 'Cancel a job that waits or runs',
  request: { params: idParameter },
  responses: { 204: { description: 'Cancelled' }, 404: problemAnswer('No such job, or it has ended') },
});

export function toWireJob(job: JobRecord): Job {
  return {
    job_id: job.id,
    name: job.name,
    state: job.state,
    progress: job.progress,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    finished_at: job.finishedAt?.toISOString() ?? null,
    result: job.result ?? null,
    error: job.error && visibleText(job.error),
  };
}

function unknownJob(id: string): ProblemError {
  return new ProblemError({
    title: 'No such job',
    status: 404,
    detail: `There is no job "${id}", or it has been cleared away.`,
    action: 'Ask again for what it was to give; finished jobs are kept for a limited time.',
  });
}

export function jobRoutes(app: OpenAPIHono, { gate, limits, queue, closing }: ApiParts): void {
  /**
   * The job, if the caller may read it: a comparison everybody, one that only a key or the operator could ask for (see
   * `forAnyone`) only they, a recommendation all who may act for its shopper, any other job the operator.
   * @throws ProblemError where there is none, or the caller may not
   */
  const readableJob = async (c: Context): Promise<JobRecord> => {
    const { id } = usable(idParameter, c.req.param());
    const job = await queue.get(id);
    if (job === null) throw unknownJob(id);
    if (job.name === COMPARE_JOB) {
      const { forAnyone } = comparisonRequestSchema.parse(job.payload);
      if (!forAnyone && !isTrusted(c.get('caller'))) throw unknownJob(id);
    } else if (job.name === RECOMMEND_JOB) {
      await gate.requireShopper(c, recommendPayloadSchema.parse(job.payload).userId, READ);
    } else gate.requireOperator(c);
    return job;
  };

  const readOf = gate.checkBefore(app, jobRoute, readableJob);
  app.openapi(jobRoute, async (c) => {
    return c.json(toWireJob(readOf(c)), 200, { 'cache-control': 'private, no-cache' });
  });

  const followedOf = gate.checkBefore(app, eventsRoute, readableJob);
  app.openapi(eventsRoute, async (c) => {
    const { id } = followedOf(c);
    const closeStream = limits.openStream(c);
    c.header('cache-control', 'no-store');
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      let ended = false;
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
      try {
        const after = c.req.valid('header')['last-event-id'] ?? null;
        const signal = AbortSignal.any([left.signal, closing]);
        for await (const event of queue.events(id, { after, signal })) {
          await stream.writeSSE({ id: event.id, event: event.type, data: JSON.stringify(event.data ?? null) });
          ended = FINAL_EVENTS.includes(event.type);
        }
        // Without an id, so that a reader resumes after the last event of the job.
        if (closing.aborted && !ended) await stream.writeSSE({ event: 'interrupted', data: '{}' });
      } finally {
        clearInterval(heartbeat);
        closeStream();
      }
    });
  });

  app.openapi(cancelRoute, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await queue.cancel(id))) throw unknownJob(id);
    return c.body(null, 204);
  });
}
