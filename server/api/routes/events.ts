import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
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

type Receipt = EventReceipts['receipts'][number];

function receiptFor({ id }: EventRecord, outcome: EventOutcome): Receipt {
  if (outcome !== 'deleted') return { id, status: outcome };
  return { id, status: 'rejected', reason: 'user_id: the data of this shopper has been deleted', retry: false };
}

function givenId(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('id' in event)) return null;
  return typeof event.id === 'string' ? event.id : null;
}

/** What becomes of one event of a batch: it may be written, or it is rejected. */
type Judged = { record: EventRecord } | { rejected: Receipt };

/** @param retry whether the reason can pass */
function rejected(id: string | null, reason: string, { retry }: { retry: boolean }): { rejected: Receipt } {
  return { rejected: { id, status: 'rejected', reason, retry } };
}

export function eventRoutes(app: OpenAPIHono, { gate, limits, store }: ApiParts): void {
  const judge = async (c: Context, given: unknown): Promise<Judged> => {
    const parsed = eventSchema.safeParse(given);
    if (!parsed.success) {
      const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'event'}: ${describeIssue(issue)}`);
      return rejected(givenId(given), reasons.join('; '), { retry: false });
    }
    const { id, user_id: userId, item_id: itemId, type, value, occurred_at } = parsed.data;
    let shopperId: string;
    try {
      shopperId = await gate.requireShopper(c, userId, WRITE);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return rejected(id, error.message, { retry: true });
    }
    return { record: { id, userId: shopperId, itemId, type, value, occurredAt: new Date(occurred_at), source: 'api' } };
  };

  /** Keys may introduce items; everyone else writes of what is there. */
  const withoutUnknownItems = async (c: Context, batch: readonly Judged[]): Promise<Judged[]> => {
    if (hasScope(c.get('caller'), WRITE.scope)) return [...batch];
    const known = await store.events.knownItems(batch.flatMap((one) => ('record' in one ? [one.record.itemId] : [])));
    return batch.map((one) => {
      if ('rejected' in one || known.has(one.record.itemId)) return one;
      const { id, itemId } = one.record;
      const reason = `item_id: unknown item "${itemId}"; only a key with events:write may introduce items`;
      return rejected(id, reason, { retry: true });
    });
  };

  /** Each event names a shopper of its own: the batch is judged event by event, and the handler gets what may be written. */
  const judgedOf = gate.checkBefore(app, route, async (c) => {
    const { events } = usable(eventBatchSchema, await jsonOf(c));
    await limits.take(c, 'events', events.length);
    const batch: Judged[] = [];
    for (const event of events) batch.push(await judge(c, event));
    return withoutUnknownItems(c, batch);
  });
  app.openapi(route, async (c) => {
    const batch = judgedOf(c);
    const records = batch.flatMap((one) => ('record' in one ? [one.record] : []));
    // Keys count in full, everyone else by address.
    const addressGroup = hasScope(c.get('caller'), WRITE.scope) ? null : gate.addressHash(c);
    const outcomes = await store.events.append(records, { addressGroup });
    const outcomeOf = new Map(records.map((record, i) => [record, outcomes[i]!]));
    const receipts = batch.map((one) =>
      'rejected' in one ? one.rejected : receiptFor(one.record, outcomeOf.get(one.record)!),
    );
    return c.json({ receipts }, 200);
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
