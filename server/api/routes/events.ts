import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type EventReceipts,
  eventBatchSchema,
  eventReceiptsSchema,
  eventSchema,
  ownEventsSchema,
} from '../../../shared/api/events.ts';
import { describeIssue } from '../../describe-issue.ts';
import type { EventOutcome, EventRecord } from '../../store/store.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access, type DeviceAccess } from '../route-access.ts';

/** A shopper's events are written and read by the shopper's own device, or with a key. */
const WRITE: DeviceAccess = { class: 'device', scope: 'events:write' };
const READ: DeviceAccess = { class: 'device', scope: 'recommendations:read' };

const route = createRoute({
  method: 'post',
  path: '/events',
  ...access(WRITE),
  tags: ['Events'],
  summary: 'Hand over what a shopper did: views, ratings, purchases',
  description:
    'Answers per event, after a durable write: `accepted`, `duplicate` (its id is known: nothing changed) or `rejected` with the reason. Sending a batch again is safe.',
  request: { body: { required: true, ...jsonBody(eventBatchSchema) } },
  responses: {
    200: { description: 'One receipt per event, in order', ...jsonBody(eventReceiptsSchema) },
    400: problemAnswer('The body is not a batch of events'),
    507: problemAnswer('The disk of the server is full; nothing of the batch was kept'),
  },
});

/** As many as a recommendation reads. */
const MAX_OWN_EVENTS = 2000;

const ownRoute = createRoute({
  method: 'get',
  path: '/events',
  ...access(READ),
  tags: ['Events'],
  summary: 'What a shopper did, newest first',
  description: `The newest ${MAX_OWN_EVENTS}, for a device that recommends by itself. Access as for \`GET /recommendations\`.`,
  request: { query: z.object({ user_id: z.string().min(1).max(128) }) },
  responses: {
    200: { description: 'The events', ...jsonBody(ownEventsSchema) },
    401: problemAnswer('A key is needed'),
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

export function eventRoutes(app: OpenAPIHono, { gate, store }: ApiParts): void {
  app.openAPIRegistry.register('Event', eventSchema);
  app.openapi(route, async (c) => {
    const batch = c.req.valid('json').events;
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
    const stored = valid.length === 0 ? [] : await store.events.append(valid.map(({ record }) => record));
    for (const [i, { position, record }] of valid.entries()) receipts[position] = receiptFor(record, stored[i]!);
    return c.json({ receipts }, 200);
  });

  app.openapi(ownRoute, async (c) => {
    const { user_id } = c.req.valid('query');
    await gate.requireShopper(c, user_id, READ);
    const events = await store.events.ofUser(user_id, MAX_OWN_EVENTS);
    return c.json(
      {
        user_id,
        events: events.map(({ itemId, type, value, occurredAt }) => ({
          item_id: itemId,
          type,
          value,
          occurred_at: occurredAt.toISOString(),
        })),
      },
      200,
      { 'cache-control': 'private, no-cache' },
    );
  });
}
