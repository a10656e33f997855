import { randomUUID } from 'node:crypto';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema } from '../../../shared/api/values.ts';
import {
  MAX_WATCHES_PER_USER,
  type NewWatch,
  newWatchSchema,
  watchesQuerySchema,
  watchListSchema,
  watchSchema,
} from '../../../shared/api/watches.ts';
import { moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import { normaliseQuery } from '../../../shared/prices/relevance/normalise-query.ts';
import type { WatchRecord } from '../../store/store.ts';
import { decodeCursor, encodeCursor, unknownCursor } from '../cursor.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access, type DeviceAccess } from '../route-access.ts';
import { shopperInBody, shopperInQuery, usable } from '../shopper-of-request.ts';
import { toWireWatch } from '../wire-watch.ts';

const WRITE: DeviceAccess = { class: 'device', scope: 'events:write' };
const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read' };

const watchPath = z.object({
  id: idSchema().describe('As `watch_id` gives it.').meta({ example: '0f9a4c1e-3b7d-4e55-8f3a-2b1c0d9e8f7a' }),
});

const createWatchRoute = createRoute({
  method: 'post',
  path: '/watches',
  operationId: 'watchPrice',
  ...access(WRITE),
  tags: ['Prices'],
  summary: 'Watch the price of a product, or of what a query finds',
  description:
    'Looked at within a minute, then about every hour. With `target_amount` the alert is the total at or below it, else each new lowest. Watching the same again replaces the target.',
  request: { body: { required: true, ...jsonBody(newWatchSchema) } },
  responses: {
    200: { description: 'It was watched already; its target is replaced', ...jsonBody(watchSchema) },
    201: { description: 'The watch', ...jsonBody(watchSchema) },
    404: problemAnswer('No such product'),
    409: problemAnswer('Too many watches'),
    410: problemAnswer('The data of this shopper has been deleted'),
  },
});

const listWatchesRoute = createRoute({
  method: 'get',
  path: '/watches',
  operationId: 'listWatches',
  ...access(READ),
  tags: ['Prices'],
  summary: 'What a shopper watches: last total, lowest, and whether the alert is on',
  request: { query: watchesQuerySchema },
  responses: {
    200: { description: 'Newest first', ...jsonBody(watchListSchema) },
  },
});

const deleteWatchRoute = createRoute({
  method: 'delete',
  path: '/watches/{id}',
  operationId: 'unwatchPrice',
  ...access(WRITE),
  tags: ['Prices'],
  summary: 'Watch no longer',
  request: { params: watchPath },
  responses: {
    204: { description: 'Removed' },
    404: problemAnswer('No such watch'),
  },
});

export function watchRoutes(
  app: OpenAPIHono,
  { gate, limits, store }: Pick<ApiParts, 'gate' | 'limits' | 'store'>,
): void {
  const watcherOf = gate.shopperBefore(app, createWatchRoute, shopperInBody);
  app.openapi(createWatchRoute, async (c) => {
    const wanted = { ...c.req.valid('json'), user_id: watcherOf(c) };
    await limits.take(c, 'new watches');
    if (wanted.product_id !== undefined && (await store.products.get(wanted.product_id)) === null) {
      throw new ProblemError({
        title: 'No such product',
        status: 404,
        detail: `There is no product "${wanted.product_id}".`,
        action: 'Search for it: GET /products?query=…, or watch a query.',
      });
    }
    const watch = newWatch(wanted);
    const others = (await store.watches.ofUser(watch.userId)).filter((other) => !isSameSubject(other, watch));
    if (others.length >= MAX_WATCHES_PER_USER) {
      throw new ProblemError({
        title: 'Too many watches',
        status: 409,
        detail: `A shopper may watch ${MAX_WATCHES_PER_USER} prices.`,
        action: 'Remove one first: DELETE /watches/{id}.',
      });
    }
    const kept = await store.watches.put(watch);
    return c.json(toWireWatch(kept), kept.id === watch.id ? 201 : 200);
  });

  const readerOf = gate.shopperBefore(app, listWatchesRoute, shopperInQuery);
  app.openapi(listWatchesRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    c.header('cache-control', 'private, no-cache');
    const all = await store.watches.ofUser(readerOf(c));
    const rest = cursor === undefined ? all : after(decodeCursor(cursor), all);
    const watches = rest.slice(0, limit);
    const last = watches.at(-1);
    return c.json(
      {
        watches: watches.map(toWireWatch),
        next: last !== undefined && rest.length > limit ? encodeCursor(last.id) : null,
      },
      200,
    );
  });

  gate.shopperBefore(app, deleteWatchRoute, async (c) => {
    const { id } = usable(watchPath, c.req.param());
    const watch = await store.watches.get(id);
    if (watch === null) throw unknownWatch(id);
    return watch.userId;
  });
  app.openapi(deleteWatchRoute, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await store.watches.remove(id, new Date()))) throw unknownWatch(id);
    return c.body(null, 204);
  });
}

function unknownWatch(id: string): ProblemError {
  return new ProblemError({ title: 'No such watch', status: 404, detail: `There is no watch "${id}".` });
}

/** The watches after one of them. @throws ProblemError 404 where that one has been removed. */
function after(id: string, watches: readonly WatchRecord[]): WatchRecord[] {
  const place = watches.findIndex((watch) => watch.id === id);
  if (place === -1) throw unknownCursor();
  return watches.slice(place + 1);
}

function newWatch({ user_id, product_id, query = '', currency, target_amount }: NewWatch): WatchRecord {
  const now = new Date();
  return {
    id: randomUUID(),
    userId: user_id,
    kind: product_id === undefined ? 'query' : 'product',
    subject: product_id ?? (normaliseQuery(query) || query),
    currency,
    target: target_amount === undefined ? null : moneyFromDecimal(target_amount, currency),
    createdAt: now,
    nextCheckAt: now,
    checkedAt: null,
    last: null,
    lowest: null,
    triggeredAt: null,
  };
}

function isSameSubject(a: WatchRecord, b: WatchRecord): boolean {
  return a.kind === b.kind && a.subject === b.subject && a.currency === b.currency;
}
