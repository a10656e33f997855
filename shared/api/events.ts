import { z } from 'zod';

export const EVENT_TYPES = ['view', 'rating', 'purchase'] as const;

/** One thing that a shopper did. `id` is made on the device (UUIDv7), so that sending it twice changes nothing. */
export const eventSchema = z
  .object({
    id: z.uuid(),
    user_id: z.string().min(1).max(128),
    item_id: z.string().min(1).max(128),
    type: z.enum(EVENT_TYPES),
    /** rating: 1…5; purchase: quantity; view: 1. */
    value: z.number().finite(),
    /** ISO 8601 instant on the device's clock. */
    occurred_at: z.iso.datetime(),
  })
  .refine((event) => event.type !== 'rating' || (event.value >= 1 && event.value <= 5), {
    message: 'a rating is from 1 to 5',
    path: ['value'],
  })
  .refine((event) => event.type === 'rating' || event.value > 0, { message: 'must be above 0', path: ['value'] })
  .meta({ id: 'Event' });
export type ShopperEvent = z.infer<typeof eventSchema>;
export type EventType = (typeof EVENT_TYPES)[number];

export const eventBatchSchema = z
  .object({
    /** Each is judged by itself, so that a broken one does not hold up the others. */
    events: z
      .array(z.unknown().meta({ allOf: [{ $ref: '#/components/schemas/Event' }] }))
      .min(1)
      .max(500),
  })
  .meta({ id: 'EventBatch' });

/** `POST /events` answers per id; an event may leave the outbox only on this answer. */
export const eventReceiptsSchema = z
  .object({
    receipts: z.array(
      z.object({
        id: z.string().nullable(),
        status: z.enum(['accepted', 'duplicate', 'rejected']),
        reason: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'EventReceipts' });
export type EventReceipts = z.infer<typeof eventReceiptsSchema>;

/** `GET /events`: a shopper's own, newest first. */
export const ownEventsSchema = z
  .object({
    user_id: z.string(),
    events: z.array(
      z.object({ item_id: z.string(), type: z.enum(EVENT_TYPES), value: z.number(), occurred_at: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'OwnEvents' });
export type OwnEvents = z.infer<typeof ownEventsSchema>;
