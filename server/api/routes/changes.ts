import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
  changesQuerySchema,
  changesSchema,
  type WatchChange,
  watchChangeBatchSchema,
  watchChangeSchema,
} from '../../../shared/api/changes.ts';
import { eventReceiptsSchema } from '../../../shared/api/events.ts';
import { MAX_WATCHES_PER_USER } from '../../../shared/api/watches.ts';
import type { EventRecord, WatchChangeOutcome, WatchChangeRecord } from '../../store/store.ts';
import { readChangesCursor, watchesTag, writeChangesCursor } from '../changes-cursor.ts';
import { type Judged, judge, type Receipt, receiptsOf, recordsOf, rejected, rejectedAsDeleted } from '../judge.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access, type DeviceAccess } from '../route-access.ts';
import { jsonOf, shopperInQuery, usable } from '../shopper-of-request.ts';

const WRITE: DeviceAccess = { class: 'device', scope: 'events:write' };
const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read' };

const route = createRoute({
  method: 'post',
  path: '/watches/changes',
  operationId: 'sendWatchChanges',
  ...access(WRITE),
  tags: ['Events'],
  summary: 'Hand over what a shopper began to watch, or ceased to',
  description:
    'Answers per change, after a durable write: `accepted`, `duplicate` (nothing changed: it is known, or a later one is) or `rejected` with the reason. Sending a batch again, in any order, is safe: of two changes to a product the later one holds.',
  request: { body: { required: true, ...jsonBody(watchChangeBatchSchema) } },
  responses: {
    200: { description: 'One receipt per change, in order', ...jsonBody(eventReceiptsSchema) },
  },
});

const changesRoute = createRoute({
  method: 'get',
  path: '/changes',
  operationId: 'listChanges',
  ...access(READ),
  tags: ['Events'],
  summary: 'What arrived of a shopper since the last time, from any of their devices',
  description:
    'For a device that keeps what the others did. An answer `from_start` begins with the first event again; what a device keeps and such a list lacks, a restored backup has lost, and may be sent again.',
  request: { query: changesQuerySchema },
  responses: {
    200: { description: 'The changes', ...jsonBody(changesSchema) },
  },
});

export function changeRoutes(app: OpenAPIHono, { gate, limits, store }: ApiParts): void {
  const judging = {
    ...{ gate, schema: watchChangeSchema, what: 'change', instant: 'changed_at' as const, access: WRITE },
  } as const;

  const withoutUnknownProducts = async (batch: readonly Judged<WatchChange>[]): Promise<Judged<WatchChange>[]> => {
    const added = recordsOf(batch).filter(({ watched }) => watched);
    const known = await store.products.getMany(added.map((change) => change.product_id));
    return batch.map((one) => {
      if ('rejected' in one || !one.record.watched || known.has(one.record.product_id)) return one;
      return rejected(one.record.id, `product_id: unknown product "${one.record.product_id}"`, { retry: true });
    });
  };

  const judgedOf = gate.checkBefore(app, route, async (c) => {
    const { changes } = usable(watchChangeBatchSchema, await jsonOf(c));
    await limits.take(c, 'events', changes.length);
    const batch: Judged<WatchChange>[] = [];
    for (const change of changes) batch.push(await judge(c, change, judging));
    return withoutUnknownProducts(batch);
  });
  app.openapi(route, async (c) => {
    const batch = judgedOf(c);
    const changes = recordsOf(batch);
    const outcomes = await store.changes.applyToWatches(changes.map(toRecord));
    const outcomeOf = new Map(changes.map((change, i) => [change, outcomes[i]!]));
    return c.json(
      receiptsOf(batch, (change) => receiptFor(change.id, outcomeOf.get(change)!)),
      200,
    );
  });

  const readerOf = gate.shopperBefore(app, changesRoute, shopperInQuery);
  app.openapi(changesRoute, async (c) => {
    const userId = readerOf(c);
    const { limit, cursor } = c.req.valid('query');
    const epoch = await store.changes.epoch();
    const before = readChangesCursor(cursor);
    const known = before?.epoch === epoch ? before : null;
    const watches = await store.changes.watches(userId);
    const tag = watchesTag(watches);
    const arrived = await store.changes.events(userId, { after: known?.place ?? null, limit });
    return c.json(
      {
        user_id: userId,
        from_start: arrived.fromStart,
        events: arrived.events.map(toWireEvent),
        watches: known?.watchesTag === tag ? null : watches.map(toWireWatch),
        next: writeChangesCursor({ epoch, place: arrived.place, watchesTag: tag }),
        more: arrived.more,
      },
      200,
      { 'cache-control': 'private, no-cache' },
    );
  });
}

function receiptFor(id: string, outcome: WatchChangeOutcome): Receipt {
  if (outcome === 'deleted') return rejectedAsDeleted(id);
  if (outcome !== 'too many') return { id, status: outcome };
  return rejected(id, `A shopper may watch ${MAX_WATCHES_PER_USER} prices.`, { retry: true }).rejected;
}

function toRecord({ id, user_id, product_id, watched, currency, changed_at }: WatchChange): WatchChangeRecord {
  return {
    ...{ id, userId: user_id, productId: product_id, isWatched: watched, currency },
    changedAt: new Date(changed_at),
  };
}

function toWireEvent({ id, itemId, type, value, occurredAt }: EventRecord) {
  return { id, item_id: itemId, type, value, occurred_at: occurredAt.toISOString() };
}

function toWireWatch({ id, productId, isWatched, currency, changedAt }: WatchChangeRecord) {
  return { id, product_id: productId, watched: isWatched, currency, changed_at: changedAt.toISOString() };
}
