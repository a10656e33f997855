import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
  type EventReceipts,
  eventBatchSchema,
  eventReceiptsSchema,
  eventSchema,
  ownEventsQuerySchema,
  ownEventsSchema,
} from '../../../shared/api/events.ts';
import { hasScope } from '../../access/caller.ts';
import { describeIssue } from '../../describe-issue.ts';
import type { EventOutcome, EventRecord } from '../../store/store.ts';
import { decodeCursor, encodeCursor, unknownCursor } from '../cursor.ts';
import { jsonBody } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access, type DeviceAccess } from '../route-access.ts';

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

type Receipt = EventReceipts['receipts'][number];

function receiptFor({ id }: EventRecord, outcome: EventOutcome): Receipt {
  if (outcome !== 'deleted') return { id, status: outcome };
  return { id, status: 'rejected', reason: 'user_id: the data of this shopper has been deleted' };
}

function givenId(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('id' in event)) return null;
  return typeof event.id === 'string' ? event.id : null;
}

export function eventRoutes(app: OpenAPIHono, { gate, limits, store }: ApiParts): void {
  app.openapi(route, async (c) => {
    const batch = c.req.valid('json').events;
    await limits.take(c, 'events', batch.length);
    gate.belongsToNobody(c); // a batch of events of which none can be used
    const receipts: Receipt[] = [];
    const valid: { position: number; record: EventRecord }[] = [];
    for (const [position, given] of batch.entries()) {
      const parsed = eventSchema.safeParse(given);
      if (!parsed.success) {
        const reason = parsed.error.issues
          .map((issue) => `${issue.path.join('.') || 'event'}: ${describeIssue(issue)}`)
          .join('; ');
        receipts[position] = { id: givenId(given), status: 'rejected', reason };
        continue;
      }
      const event = parsed.data;
      try {
        await gate.requireShopper(c, event.user_id, WRITE);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        receipts[position] = { id: event.id, status: 'rejected', reason: error.message };
        continue;
      }
      valid.push({
        position,
        record: {
          id: event.id,
          userId: event.user_id,
          itemId: event.item_id,
          type: event.type,
          value: event.value,
          occurredAt: new Date(event.occurred_at),
          source: 'api',
        },
      });
    }
    // Keys may introduce items and count in full; everyone else writes of what is there, and counts by address.
    const isTrusted = hasScope(c.get('caller'), WRITE.scope);
    const known = isTrusted ? null : await store.events.knownItems(valid.map(({ record }) => record.itemId));
    const used = valid.filter(({ record }) => known === null || known.has(record.itemId));
    for (const { position, record } of valid) {
      const reason = `item_id: unknown item "${record.itemId}"; only a key with events:write may introduce items`;
      receipts[position] = { id: record.id, status: 'rejected', reason };
    }
    const stored = await store.events.append(
      used.map(({ record }) => record),
      { addressGroup: isTrusted ? null : gate.addressHash(c) },
    );
    for (const [i, { position, record }] of used.entries()) receipts[position] = receiptFor(record, stored[i]!);
    return c.json({ receipts }, 200);
  });

  app.openapi(ownRoute, async (c) => {
    const { user_id, limit, cursor } = c.req.valid('query');
    await gate.requireShopper(c, user_id, READ);
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
