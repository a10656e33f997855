import { z } from 'zod';
import { EVENT_TYPES } from './events.ts';
import { JOB_STATES } from './jobs.ts';
import { watchSchema } from './watches.ts';

/** `GET /me/export`: all that the server keeps of a shopper. */
export const exportedShopperSchema = z
  .object({
    format: z.literal('magpie-shopper-1'),
    user_id: z.string(),
    exported_at: z.iso.datetime(),
    /** An invented shopper of the demo, open to everybody. */
    public: z.boolean(),
    /** null: the shopper is no device's, or has written nothing yet. */
    device: z
      .object({
        /** From where it first wrote: an IPv4 address, or the first half of an IPv6 address. */
        address_group: z.string().nullable(),
        created_at: z.iso.datetime(),
      })
      .nullable(),
    /** As it is kept beside the events. */
    n_events: z.int(),
    watches: z.array(watchSchema),
    /** Recommendations that were asked for as jobs, kept for a day. */
    recommendation_jobs: z.array(
      z.object({
        job_id: z.string(),
        state: z.enum(JOB_STATES),
        created_at: z.iso.datetime(),
        payload: z.unknown(),
        result: z.unknown().nullable(),
      }),
    ),
    /** Oldest first. */
    events: z.array(
      z.object({
        id: z.string(),
        item_id: z.string(),
        type: z.enum(EVENT_TYPES),
        value: z.number(),
        occurred_at: z.iso.datetime(),
        /** `api`, or the import that it came with. */
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'ExportedShopper' });
export type ExportedShopper = z.infer<typeof exportedShopperSchema>;

/** `DELETE /me`: what was there, and is no more. */
export const deletionReceiptSchema = z
  .object({
    receipt_id: z.uuid(),
    user_id: z.string(),
    deleted_at: z.iso.datetime(),
    deleted: z.object({
      events: z.int(),
      watches: z.int(),
      devices: z.int(),
      recommendation_jobs: z.int(),
      /** Model files that held factors of the shopper. */
      models: z.int(),
    }),
  })
  .meta({ id: 'DeletionReceipt' });
export type DeletionReceipt = z.infer<typeof deletionReceiptSchema>;
