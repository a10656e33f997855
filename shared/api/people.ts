import { z } from 'zod';
import { EVENT_TYPES } from './events.ts';
import { JOB_STATES } from './jobs.ts';
import { watchSchema } from './watches.ts';

/** `GET /me/export`: all that the server keeps of a shopper. */
export const exportedShopperSchema = z
  .object({
    format: z.literal('magpie-shopper-1').describe('Name and version of this form.'),
    user_id: z.string().describe('The shopper.'),
    exported_at: z.iso.datetime().describe('When this was read.'),
    public: z.boolean().describe('An invented shopper of the demo, open to everybody.'),
    device: z
      .object({
        address_group: z
          .string()
          .nullable()
          .describe(
            'From where it first wrote: a keyed hash of the IPv4 address, or of the first half of the IPv6 address.',
          ),
        created_at: z.iso.datetime().describe('When it first wrote.'),
      })
      .nullable()
      .describe('Null where the shopper is no device’s, or has written nothing yet.'),
    linked_devices: z
      .array(
        z.object({
          device_id: z.string().describe('Id of the device.'),
          name: z.string().describe('What people call it.'),
          linked_at: z.iso.datetime().describe('When it became one of the shopper’s.'),
          last_seen_at: z.iso.datetime().describe('When it last asked, to the minute.'),
        }),
      )
      .describe('The devices that were linked; none where there is one alone.'),
    earlier_ids: z.array(z.string()).describe('Ids that stand for this shopper, of those that joined them.'),
    n_events: z.int().describe('How many events there are, as it is kept beside them.'),
    watches: z.array(watchSchema).describe('Newest first.'),
    formerly_watched: z
      .array(
        z.object({
          product_id: z.string().describe('The product.'),
          removed_at: z.iso.datetime().describe('When it was taken off the list.'),
        }),
      )
      .optional()
      .describe('Products that were watched, kept so that no device of the shopper puts them back.'),
    recommendation_jobs: z
      .array(
        z.object({
          job_id: z.string().describe('Id of the job.'),
          state: z.enum(JOB_STATES).describe('How far it is.'),
          created_at: z.iso.datetime().describe('When it was added.'),
          payload: z.unknown().describe('What was asked.'),
          result: z.unknown().nullable().describe('The recommendations; null until there are some.'),
        }),
      )
      .describe('Recommendations that were asked for as jobs, kept for a day.'),
    events: z
      .array(
        z.object({
          id: z.string().describe('Id of the event.'),
          item_id: z.string().describe('The product.'),
          type: z.enum(EVENT_TYPES).describe('What the shopper did.'),
          value: z.number().describe('`rating`: 1 to 5; `purchase`: the quantity; `view`: 1.'),
          occurred_at: z.iso.datetime().describe('When, by the clock of the client that sent it.'),
          source: z.string().describe('`api`, or the import that it came with.'),
        }),
      )
      .describe('Oldest first.'),
  })
  .meta({ id: 'ExportedShopper', description: 'All that the server keeps of a shopper.' });
export type ExportedShopper = z.infer<typeof exportedShopperSchema>;

/** `DELETE /me`: what was there, and is no more. */
export const deletionReceiptSchema = z
  .object({
    receipt_id: z.uuid().describe('Id of this receipt.'),
    user_id: z.string().describe('The shopper.'),
    deleted_at: z.iso.datetime().describe('When it was deleted.'),
    deleted: z
      .object({
        events: z.int().describe('How many events.'),
        watches: z.int().describe('How many watches.'),
        devices: z.int().describe('How many devices.'),
        recommendation_jobs: z.int().describe('How many recommendations that were asked for as jobs.'),
        models: z.int().describe('How many model files that held factors of the shopper.'),
      })
      .describe('What was there, and is no more.'),
  })
  .meta({ id: 'DeletionReceipt', description: 'What was deleted.' });
export type DeletionReceipt = z.infer<typeof deletionReceiptSchema>;
