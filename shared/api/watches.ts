import { z } from 'zod';
import { isCurrencyCode } from '../prices/money/currency/iso-4217.ts';
import { moneySchema } from './money.ts';

/** `POST /watches`: a product or a query, never both. */
export const newWatchSchema = z
  .object({
    user_id: z.string().min(1).max(128),
    product_id: z.string().min(1).max(128).optional(),
    query: z.string().trim().min(1).max(200).optional().meta({ example: 'headphones' }),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/)
      .transform((code) => code.toUpperCase())
      .refine(isCurrencyCode, { error: 'is not an ISO 4217 currency code' })
      .default('EUR'),
    /** Alert at this total or below; without it, at each new lowest. In `currency`. */
    target_amount: z
      .string()
      .regex(/^(?!0*(\.0*)?$)\d{1,9}(\.\d{1,4})?$/, { error: 'must be a decimal above 0, such as "99.90"' })
      .optional(),
  })
  .refine(({ product_id, query }) => (product_id === undefined) !== (query === undefined), {
    message: 'give either product_id or query',
    path: ['query'],
  })
  .meta({ id: 'NewWatch' });
export type NewWatch = z.infer<typeof newWatchSchema>;

export const watchSchema = z
  .object({
    watch_id: z.string(),
    user_id: z.string(),
    product_id: z.string().nullable(),
    /** As the shops are asked, where no product is watched. */
    query: z.string().nullable(),
    currency: z.string(),
    target: moneySchema.nullable(),
    created_at: z.iso.datetime(),
    /** null: not yet. */
    checked_at: z.iso.datetime().nullable(),
    next_check_at: z.iso.datetime(),
    /** The best offer at the last check; null where no shop had it. */
    last: z.object({ total: moneySchema, shop: z.string(), url: z.string() }).nullable(),
    /** The lowest total since the watch was made. */
    lowest: z.object({ total: moneySchema, observed_at: z.iso.datetime() }).nullable(),
    /**
     * The alert. With a target: since when the total has been at or below it; null while it is above. Without one: when
     * it last fell below the lowest total until then.
     */
    triggered_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Watch' });
export type WireWatch = z.infer<typeof watchSchema>;

/** `GET /watches`: newest first. */
export const watchListSchema = z.object({ watches: z.array(watchSchema) }).meta({ id: 'WatchList' });
