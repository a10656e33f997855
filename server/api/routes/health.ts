import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readinessSchema } from '../../../shared/api/readiness.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

/** A part that was lost is looked for again about so often. */
const RETRY_AFTER_S = '5';

const aliveSchema = z
  .object({ status: z.literal('ok').describe('Always.') })
  .meta({ id: 'Alive', description: 'The process answers.' });

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'isAlive',
  ...access({ class: 'public' }),
  tags: ['Health'],
  summary: 'Is the process alive?',
  responses: { 200: { description: 'Yes', ...jsonBody(aliveSchema) } },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'isReady',
  ...access({ class: 'public' }),
  tags: ['Health'],
  summary: 'May requests be sent here?',
  responses: {
    200: { description: 'Yes', ...jsonBody(readinessSchema) },
    503: {
      description: 'Not now: `missing` names what is not there',
      headers: z.object({ 'Retry-After': z.int().describe('Seconds to wait.') }),
      ...jsonBody(readinessSchema),
    },
  },
});

export function healthRoutes(app: OpenAPIHono, { readiness, closing }: ApiParts): void {
  app.openapi(aliveRoute, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(readyRoute, async (c) => {
    const body = await readiness.check(closing.aborted);
    return body.status === 'ok' ? c.json(body, 200) : c.json(body, 503, { 'retry-after': RETRY_AFTER_S });
  });
}
