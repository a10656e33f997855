import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  ...access({ class: 'operator' }),
  tags: ['Health'],
  summary: 'Counts and times, for Prometheus',
  responses: {
    200: {
      description: 'In Prometheus’s text format, version 0.0.4',
      content: {
        'text/plain': { schema: z.string().meta({ id: 'Metrics', description: 'Counts and times, one a line.' }) },
      },
    },
  },
});

export function metricsRoutes(app: OpenAPIHono, { metrics }: ApiParts): void {
  app.openapi(metricsRoute, async (c) => c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }));
}
