import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { type Comparison, compareQuerySchema, comparisonSchema } from '../../../shared/api/comparison.ts';
import { acceptedJobSchema } from '../../../shared/api/jobs.ts';
import { isTrusted } from '../../access/caller.ts';
import { KeptJson } from '../json-answers.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access } from '../route-access.ts';

const route = createRoute({
  method: 'get',
  path: '/compare_price',
  operationId: 'comparePrices',
  ...access({ class: 'public' }, { starts: true }),
  tags: ['Prices'],
  summary: 'What every shop we know asks for a product',
  description:
    '`best` is the answer to “cheapest”: the lowest known total among offers that are not known to be out of stock and whose price is certain. An offer of unknown total (its shop does not say what shipping costs) is `best` only where no total is known, or where it stays lower with the largest shipping that the same shop states in this answer. A shop that says nothing of stock competes equally, unless it says of other goods here that they are sold out. `offers` stand by known total ascending, then those of unknown total by price, all in one currency. A shop that gave nothing is named in `failures` with its reason. `product` may also be the address of a product page: `recognised` says what it is about. `async=true` answers 202 at once: follow `GET /jobs/{id}/events` to see each shop as it answers.',
  request: { query: compareQuerySchema },
  responses: {
    200: { description: 'At once from the cache, or after the shops have answered', ...jsonBody(comparisonSchema) },
    202: { description: '`async=true`', ...jsonBody(acceptedJobSchema) },
  },
});

export function comparisonRoutes(app: OpenAPIHono, { comparisons, limits, outOfTime }: ApiParts): void {
  const kept = new WeakMap<Comparison, KeptJson<Comparison>>();
  app.openapi(route, async (c) => {
    const query = c.req.valid('query');
    const { ship_to: shipTo = null } = query;
    const options = { shipTo, trusted: isTrusted(c.get('caller')), asker: limits.asker(c) };
    // For an address, the answer depends on who asks.
    c.header('cache-control', 'private, no-cache');
    c.header('vary', 'authorization, cookie', { append: true });
    if (query.async === 'true') {
      const { jobId } = await comparisons.start(query.product, query.currency, options);
      return c.json({ job_id: jobId }, 202, { location: `/jobs/${jobId}` });
    }
    const comparison = await comparisons.compare(query.product, query.currency, {
      ...options,
      signal: AbortSignal.any([c.req.raw.signal, outOfTime]),
    });
    if (comparison.cache === 'miss') return c.json(comparison, 200);
    // What is cached is the same object each time.
    const answer = kept.get(comparison) ?? new KeptJson(comparison);
    kept.set(comparison, answer);
    return answer.send(c);
  });
}
