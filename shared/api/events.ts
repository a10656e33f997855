import { z } from 'zod';
import { cursorSchema, idSchema, nextSchema, wholeNumberSchema } from './values.ts';

export const EVENT_TYPES = ['view', 'rating', 'purchase'] as const;

/** Far above any honest order; a quantity is added up, so that one that is absurd would drown all others. */
const MAX_QUANTITY = 1_000_000;
/** Clocks of devices run ahead, seldom by more than a zone. */
const MAX_AHEAD_MS = 24 * 3600 * 1000;

/** One thing that a shopper did. `id` is made on the device (UUIDv7), so that sending it twice changes nothing. */
export const eventSchema = z
  .object({
    id: z.uuid().describe('Made by the client (UUIDv7): sending an event again changes nothing.'),
    user_id: idSchema().describe('The shopper.'),
    item_id: idSchema().describe('The product.'),
    type: z.enum(EVENT_TYPES).describe('What the shopper did.'),
    value: z
      .number()
      .min(0)
      .max(MAX_QUANTITY)
      .describe(`\`rating\`: 1 to 5; \`purchase\`: the quantity, above 0 and at most ${MAX_QUANTITY}; \`view\`: 1.`),
    occurred_at: z.iso
      .datetime()
      .describe('When, by the client’s clock: from 1970 on, and at most a day ahead of the server’s clock.'),
  })
  .refine((event) => event.type !== 'rating' || (event.value >= 1 && event.value <= 5), {
    message: 'a rating is from 1 to 5',
    path: ['value'],
  })
  .refine((event) => event.type === 'rating' || event.value > 0, { message: 'must be above 0', path: ['value'] })
  .refine((event) => event.type !== 'view' || event.value === 1, { message: 'of a view is 1', path: ['value'] })
  .refine((event) => Date.parse(event.occurred_at) >= 0, { message: 'is before 1970', path: ['occurred_at'] })
  .meta({ id: 'Event', description: 'One thing that a shopper did.' });
export type ShopperEvent = z.infer<typeof eventSchema>;
export type EventType = (typeof EVENT_TYPES)[number];

/** Whether an instant is further ahead of this machine's clock than those of devices are: no list is sorted by it then. */
export function isTooFarAhead(instant: string): boolean {
  return Date.parse(instant) > Date.now() + MAX_AHEAD_MS;
}

export const eventBatchSchema = z
  .object({
    events: z
      .array(z.unknown().meta({ $ref: '#/$defs/Event' }))
      .min(1)
      .max(500)
      .describe('Each is judged by itself, so that a broken one does not hold up the others.'),
  })
  .meta({ id: 'EventBatch', description: 'What shoppers did, in any order.' });

/** `POST /events` answers per id; an event may leave the outbox only on this answer. */
export const eventReceiptsSchema = z
  .object({
    receipts: z
      .array(
        z
          .object({
            id: z.string().nullable().describe('Id of the event; null where it had none.'),
            status: z
              .enum(['accepted', 'duplicate', 'rejected'])
              .describe(
                '`accepted`: kept for good; `duplicate`: its id was known, nothing changed; `rejected`: see `reason`.',
              ),
            reason: z.string().optional().describe('Why it was rejected, with the name of the field.'),
            retry: z
              .boolean()
              .optional()
              .describe(
                'Whether the reason of a rejection can pass (an unknown item, a missing credential), so that the event is worth keeping and sending again.',
              ),
            server_time: z.iso
              .datetime()
              .optional()
              .describe(
                'The server’s clock, where the client’s is too far ahead: with this instant the event is taken when it is sent again.',
              ),
          })
          .meta({ id: 'EventReceipt', description: 'What became of one event.' }),
      )
      .describe('One per event, in their order.'),
  })
  .meta({ id: 'EventReceipts', description: 'What became of a batch of events.' });
export type EventReceipts = z.infer<typeof eventReceiptsSchema>;

/** As many as a recommendation reads. */
export const MAX_OWN_EVENTS = 2000;

export const ownEventsQuerySchema = z.object({
  user_id: idSchema().describe('The shopper.').meta({ example: '123' }),
  limit: wholeNumberSchema({ min: 1, max: MAX_OWN_EVENTS })
    .default(MAX_OWN_EVENTS)
    .describe('How many events at most.'),
  cursor: cursorSchema.optional(),
});

/** `GET /events`: a shopper's own, newest first. */
export const ownEventsSchema = z
  .object({
    user_id: z.string().describe('The shopper.'),
    events: z
      .array(
        z
          .object({
            item_id: z.string().describe('The product.'),
            type: z.enum(EVENT_TYPES).describe('What the shopper did.'),
            value: z.number().describe('`rating`: 1 to 5; `purchase`: the quantity; `view`: 1.'),
            occurred_at: z.iso.datetime().describe('When, by the clock of the client that sent it.'),
          })
          .meta({ id: 'OwnEvent', description: 'One thing that the shopper did.' }),
      )
      .describe('Newest first.'),
    next: nextSchema,
  })
  .meta({ id: 'OwnEvents', description: 'What a shopper did.' });
export type OwnEvents = z.infer<typeof ownEventsSchema>;
