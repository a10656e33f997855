import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { acceptedJobSchema } from '../../../shared/api/jobs.ts';
import { recommendationsQuerySchema, recommendationsSchema } from '../../../shared/api/recommendations.ts';
import { hasScope } from '../../access/caller.ts';
import { ATTEMPTS } from '../../jobs/limits.ts';
import { filterOf } from '../../recommendations/filter.ts';
import { RECOMMEND_JOB } from '../../recommendations/job.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { toWireRecommendations } from '../recommendations-wire.ts';
import { access, type DeviceAccess } from '../route-access.ts';
import { shopperInQuery } from '../shopper-of-request.ts';

const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read', openOnLoopback: true };

const route = createRoute({
  method: 'get',
  path: '/recommendations',
  operationId: 'recommend',
  ...access(READ, { starts: true }),
  tags: ['Recommendations'],
  summary: 'Items for one shopper, best first',
  description:
    'Scores descend. A shopper without events gets popular items and `fallback: "popular"`. Public shoppers (`GET /shoppers`) are open to everyone; any other needs the device’s own token or a key with `recommendations:read`. On a server that listens on loopback, requests of the same machine need none for shoppers that are no device’s.',
  request: { query: recommendationsQuerySchema },
  responses: {
    200: { description: 'At once', ...jsonBody(recommendationsSchema) },
    202: { description: '`async=true`: read the answer from `GET /jobs/{id}`', ...jsonBody(acceptedJobSchema) },
  },
});

export function recommendationRoutes(
  app: OpenAPIHono,
  { gate, limits, recommender, queue, imageLinks }: ApiParts,
): void {
  const shopperOf = gate.shopperBefore(app, route, shopperInQuery);
  app.openapi(route, async (c) => {
    const query = c.req.valid('query');
    const userId = shopperOf(c);
    await limits.take(c, 'recommendations');
    const filter = filterOf(query);
    // What no catalogue names is shown by its id to those who brought it: the operator, keys, this machine.
    const unlisted = hasScope(c.get('caller'), READ.scope) || gate.isLocal(c);
    if (query.async === 'true') {
      const { id } = await queue.add(
        RECOMMEND_JOB,
        { userId, limit: query.limit, filter, unlisted },
        { attempts: ATTEMPTS },
      );
      return c.json({ job_id: id }, 202, { location: `/jobs/${id}` });
    }
    c.header('cache-control', 'private, no-cache');
    const recommendations = await recommender.recommend(userId, query.limit, { filter, unlisted });
    return c.json(
      toWireRecommendations(recommendations, (image) => imageLinks.pathTo(image)),
      200,
    );
  });
}
