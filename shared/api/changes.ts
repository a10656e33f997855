import { z } from 'zod';
import { CURRENCY_CODES } from '../prices/money/currency/iso-4217.ts';
import { EVENT_TYPES } from './events.ts';
import { currencySchema, cursorSchema, idSchema, wholeNumberSchema } from './values.ts';

/**
 * That a product is watched from an instant on, or no longer is. Of two changes to a product the later one holds, of two at
 * the same instant that of the greater id (decision 25).
 */
export const watchChangeSchema = z
  .object({
    id: z.uuid().describe('Made by the client: sending a change again changes nothing.'),
    user_id: idSchema().describe('The shopper.'),
    product_id: idSchema().describe('The product.'),
    watched: z.boolean().describe('Whether it is watched from then on.'),
    currency: currencySchema.default('EUR').describe('Currency in which its price is watched.'),
    changed_at: z.iso
      .datetime()
      .describe(
        'When, by the client’s clock, and after all that the client knew then: from 1970 on, at most a day ahead of the server’s clock.',
      ),
  })
  .refine((change) => Date.parse(change.changed_at) >= 0, { message: 'is before 1970', path: ['changed_at'] })
  .meta({ id: 'WatchChange', description: 'That a product is watched from an instant on, or no longer is.' });
export type WatchChange = z.infer<typeof watchChangeSchema>;

/** `POST /watches/changes`: answered by receipts, as events are. */
export const watchChangeBatchSchema = z
  .object({
    changes: z
      .array(z.unknown().meta({ $ref: '#/$defs/WatchChange' }))
      .min(1)
      .max(500)
      .describe('Each is judged by itself, so that a broken one does not hold up the others.'),
  })
  .meta({ id: 'WatchChangeBatch', description: 'What a shopper began or ceased to watch, in any order.' });

export const MAX_CHANGES = 2000;

export const changesQuerySchema = z.object({
  user_id: idSchema().describe('The shopper.').meta({ example: '123' }),
  limit: wholeNumberSchema({ min: 1, max: MAX_CHANGES }).default(500).describe('How many events at most.'),
  cursor: cursorSchema
    .optional()
    .describe(
      '`next` of the answer before: what arrived after it. Opaque; one that does not fit any more starts anew.',
    ),
});

/** `GET /changes`: what arrived of a shopper, from any of their devices. */
export const changesSchema = z
  .object({
    user_id: z.string().describe('The shopper.'),
    from_start: z
      .boolean()
      .describe(
        'Whether the events are the first ones: without a cursor, or where others arrived before its place since, or went.',
      ),
    events: z
      .array(
        z
          .object({
            id: z.string().describe('Id of the event.'),
            item_id: z.string().describe('The product.'),
            type: z.enum(EVENT_TYPES).describe('What the shopper did.'),
            value: z.number().describe('`rating`: 1 to 5; `purchase`: the quantity; `view`: 1.'),
            occurred_at: z.iso.datetime().describe('When, by the clock of the client that sent it.'),
          })
          .meta({ id: 'ArrivedEvent', description: 'One thing that the shopper did.' }),
      )
      .describe('In the order in which they arrived.'),
    watches: z
      .array(
        z
          .object({
            id: z.string().describe('Id of the change.'),
            product_id: z.string().describe('The product.'),
            watched: z.boolean().describe('Whether it is watched.'),
            currency: z.string().meta({ enum: CURRENCY_CODES, description: 'Currency in which its price is watched.' }),
            changed_at: z.iso.datetime().describe('Since when.'),
          })
          .meta({ id: 'WatchState', description: 'The last change to what a shopper watches of one product.' }),
      )
      .nullable()
      .describe('The last change to each product that was ever watched; null where none is new since the cursor.'),
    next: z.string().describe('The `cursor` for what arrives after this.'),
    more: z.boolean().describe('Whether more events have arrived by now.'),
  })
  .meta({ id: 'Changes', description: 'What arrived of a shopper.' });
export type Changes = z.infer<typeof changesSchema>;
