import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  eventBatchSchema,
  eventReceiptsSchema,
  eventSchema,
  ownEventsQuerySchema,
  ownEventsSchema,
  type ShopperEvent,
} from '../../../shared/api/events.ts';
import { hasScope } from '../../access/caller.ts';
import type { EventOutcome, EventRecord } from '../../store/store.ts';
import { decodeCursor, encodeCursor, unknownCursor } from '../cursor.ts';
import { type Judged, judge, type Receipt, receiptsOf, recordsOf, rejected, rejectedAsDeleted } from '../judge.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { access, type DeviceAccess } from '../route-access.ts';
import { jsonOf, shopperInQuery, usable } from '../shopper-of-request.ts';

/** A shopper's events are written and read by the shopper's own device, or with a key. */
const WRITE: DeviceAccess = { class: 'device', scope: 'events:write' };
const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read' };

const route = createRoute({
  method: 'post',
  path: '/events',
  operationId: 'sendEvents',
  ...access(WRITE),
  tags: ['Events'],
  summary: 'Hand over what a shopper did: views, ratings, purchases',
  description:
    'Answers per event, after a durable write: `accepted`, `duplicate` (its id is known: nothing changed) or `rejected` with the reason. Sending a batch again is safe.',
  request: { body: { required: true, ...jsonBody(eventBatchSchema) } },
  responses: {
    200: { description: 'One receipt per event, in order', ...jsonBody(eventReceiptsSchema) },
  },
});

const ownRoute = createRoute({
  method: 'get',
  path: '/events',
  operationId: 'listEvents',
  ...access(READ),
  tags: ['Events'],
  summary: 'What a shopper did, newest first',
  description:
    'For a device that recommends by itself. Where there are more than `limit`, `next` leads on. Access as for `GET /recommendations`.',
  request: { query: ownEventsQuerySchema },
  responses: {
    200: { description: 'The events', ...jsonBody(ownEventsSchema) },
  },
});

function receiptFor(id: string, outcome: EventOutcome): Receipt {
  return outcome === 'deleted' ? rejectedAsDeleted(id) : { id, status: outcome };
}

function toRecord({ id, user_id, item_id, type, value, occurred_at }: ShopperEvent): EventRecord {
  return { id, userId: user_id, itemId: item_id, type, value, occurredAt: new Date(occurred_at), source: 'api' };
}

export function eventRoutes(app: OpenAPIHono, { gate, limits, store }: ApiParts): void {
  const judging = { gate, schema: eventSchema, what: 'event', instant: 'occurred_at', access: WRITE } as const;

  /** Keys may introduce items; everyone else writes of what is there. */
  const withoutUnknownItems = async (
    c: Context,
    batch: readonly Judged<ShopperEvent>[],
  ): Promise<Judged<ShopperEvent>[]> => {
    if (hasScope(c.get('caller'), WRITE.scope)) return [...batch];
    const known = await store.events.knownItems(recordsOf(batch).map((event) => event.item_id));
    return batch.map((one) => {
      if ('rejected' in one || known.has(one.record.item_id)) return one;
      const { id, item_id: itemId } = one.record;
      const reason = `item_id: unknown item "${itemId}"; only a key with events:write may introduce items`;
      return rejected(id, reason, { retry: true });
    });
  };

  /** Each event names a shopper of its own: the batch is judged event by event, and the handler gets what may be written. */
  const judgedOf = gate.checkBefore(app, route, async (c) => {
    const { events } = usable(eventBatchSchema, await jsonOf(c));
    await limits.take(c, 'events', events.length);
    const batch: Judged<ShopperEvent>[] = [];
    for (const event of events) batch.push(await judge(c, event, judging));
    return withoutUnknownItems(c, batch);
  });
  app.openapi(route, async (c) => {
    const batch = judgedOf(c);
    const events = recordsOf(batch);
    // Keys count in full, everyone else by address.
    const addressGroup = hasScope(c.get('caller'), WRITE.scope) ? null : gate.addressHash(c);
    const outcomes = await store.events.append(events.map(toRecord), { addressGroup });
    const outcomeOf = new Map(events.map((event, i) => [event, outcomes[i]!]));
    return c.json(
      receiptsOf(batch, (event) => receiptFor(event.id, outcomeOf.get(event)!)),
      200,
    );
  });

  const readerOf = gate.shopperBefore(app, ownRoute, shopperInQuery);
  app.openapi(ownRoute, async (c) => {
    const user_id = readerOf(c);
    const { limit, cursor } = c.req.valid('query');
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const found =
      after === undefined
        ? await store.events.ofUser(user_id, limit + 1)
        : await store.events.ofUserAfter(user_id, after, limit + 1);
    if (found === null) throw unknownCursor();
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return c.json(
      {
        user_id,
        events: events.map(({ itemId, type, value, occurredAt }) => ({
          item_id: itemId,
          type,
          value,
          occurred_at: occurredAt.toISOString(),
        })),
        next: last !== undefined && found.length > limit ? encodeCursor(last.id) : null,
      },
      200,
      { 'cache-control': 'private, no-cache' },
    );
  });
}
