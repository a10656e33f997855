import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

const aliveSchema = z.object({ status: z.literal('ok') });
const readySchema = z.object({
  status: z.enum(['ok', 'unavailable']),
  store: z.boolean(),
  model_version: z.string().nullable(),
  engine: z.string().nullable(),
});

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  ...access({ class: 'public' }),
  tags: ['Health'],
  summary: 'Is the process alive?',
  responses: { 200: { description: 'Yes', ...jsonBody(aliveSchema) } },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  ...access({ class: 'public' }),
  tags: ['Health'],
  summary: 'May requests be sent here?',
  responses: {
    200: { description: 'Yes', ...jsonBody(readySchema) },
    503: { description: 'Not now: starting, stopping, or the store does not answer', ...jsonBody(readySchema) },
  },
});

export function healthRoutes(app: OpenAPIHono, { store, closing }: ApiParts): void {
  app.openapi(aliveRoute, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(readyRoute, async (c) => {
    const model = await store.models.current().catch(() => undefined);
    const ready = model !== undefined && !closing.aborted;
    const engine = model?.parameters['engine'];
    const body = {
      store: model !== undefined,
      model_version: model?.version ?? null,
      engine: typeof engine === 'string' ? engine : null,
    };
    if (!ready) return c.json({ status: 'unavailable' as const, ...body }, 503);
    return c.json({ status: 'ok' as const, ...body }, 200);
  });
}
