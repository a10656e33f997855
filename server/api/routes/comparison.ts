import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';
import { type Comparison, compareQuerySchema, comparisonSchema } from '../../../shared/api/comparison.ts';
import { acceptedJobSchema } from '../../../shared/api/jobs.ts';
import { isTrusted } from '../../access/caller.ts';
import { headEveryAnswer, varyBy } from '../every-answer.ts';
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

/** Queries that are kept as they were read, by the length of their texts: some thousands. */
const MAX_QUERY_CHARACTERS = 500_000;

export function comparisonRoutes(app: OpenAPIHono, { comparisons, limits, outOfTime }: ApiParts): void {
  /** What is cached is the same object each time. */
  const kept = new WeakMap<Comparison, KeptJson<Comparison>>();
  const sendKept = (c: Context, comparison: Comparison) => {
    const answer = kept.get(comparison) ?? new KeptJson(comparison);
    kept.set(comparison, answer);
    return answer.send(c);
  };
  /** By the part of the address after "?": queries that were read and checked, and are not asked for as a job. */
  const queries = new LRUCache<string, z.output<typeof compareQuerySchema>>({
    maxSize: MAX_QUERY_CHARACTERS,
    sizeCalculation: (_query, text) => text.length + 1,
  });
  const textOf = (c: Context): string => c.req.url.slice(c.req.url.indexOf('?') + 1);

  app.on(route.method.toUpperCase(), route.path, async (c, next) => {
    // For an address, the answer depends on who asks.
    headEveryAnswer(c, 'cache-control', 'private, no-cache');
    varyBy(c, 'authorization, cookie');
    const query = queries.get(textOf(c));
    if (query === undefined) return next();
    const options = { shipTo: query.ship_to ?? null, trusted: isTrusted(c.get('caller')) };
    const comparison = await comparisons.fresh(query.product, query.currency, options);
    return comparison === null ? next() : sendKept(c, comparison);
  });

  app.openapi(route, async (c) => {
    const query = c.req.valid('query');
    const { ship_to: shipTo = null } = query;
    const options = { shipTo, trusted: isTrusted(c.get('caller')), asker: limits.asker(c) };
    if (query.async === 'true') {
      const { jobId } = await comparisons.start(query.product, query.currency, options);
      return c.json({ job_id: jobId }, 202, { location: `/jobs/${jobId}` });
    }
    queries.set(textOf(c), query);
    const comparison = await comparisons.compare(query.product, query.currency, {
      ...options,
      signal: AbortSignal.any([c.req.raw.signal, outOfTime]),
    });
    return comparison.cache === 'miss' ? c.json(comparison, 200) : sendKept(c, comparison);
  });
}
