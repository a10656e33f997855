import { z } from 'zod';
import { visibleLine } from '../text/visible-text.ts';
import { moneySchema } from './money.ts';
import {
  currencySchema,
  cursorSchema,
  idSchema,
  nextSchema,
  positiveAmountSchema,
  textSchema,
  wholeNumberSchema,
} from './values.ts';

/** `POST /watches`: a product or a query, never both. */
export const newWatchSchema = z
  .object({
    user_id: idSchema().describe('The shopper.'),
    product_id: idSchema().optional().describe('The product to watch; or else `query`.'),
    query: textSchema({ min: 1, max: 200 })
      .overwrite(visibleLine)
      .trim()
      .regex(/\S/, { error: 'is empty' })
      .optional()
      .meta({
        example: 'headphones',
        description: 'The words to watch what the shops find for; or else `product_id`.',
      }),
    currency: currencySchema.default('EUR').describe('Currency of all amounts of the watch.'),
    target_amount: positiveAmountSchema
      .optional()
      .describe('Alert at this total or below, in `currency`; without it, at each new lowest.'),
  })
  .refine(({ product_id, query }) => (product_id === undefined) !== (query === undefined), {
    message: 'give either product_id or query',
    path: ['query'],
  })
  .meta({
    id: 'NewWatch',
    description: 'What to watch: either `product_id` or `query`.',
    oneOf: [{ required: ['product_id'] }, { required: ['query'] }],
  });
export type NewWatch = z.infer<typeof newWatchSchema>;

/** Each costs every shop some requests an hour. */
export const MAX_WATCHES_PER_USER = 100;

export const watchesQuerySchema = z.object({
  user_id: idSchema().describe('The shopper.').meta({ example: '123' }),
  limit: wholeNumberSchema({ min: 1, max: MAX_WATCHES_PER_USER })
    .default(MAX_WATCHES_PER_USER)
    .describe('How many watches at most.'),
  cursor: cursorSchema.optional(),
});

export const watchSchema = z
  .object({
    watch_id: z.string().describe('Id of the watch.'),
    user_id: z.string().describe('The shopper.'),
    product_id: z.string().nullable().describe('The product that is watched; null where a query is.'),
    query: z.string().nullable().describe('The words as the shops are asked; null where a product is watched.'),
    currency: z.string().describe('ISO 4217 code of all amounts of the watch.'),
    target: moneySchema.nullable().describe('Alert at this total or below; null: at each new lowest.'),
    created_at: z.iso.datetime().describe('When it was made.'),
    checked_at: z.iso.datetime().nullable().describe('When the shops were last asked; null: not yet.'),
    next_check_at: z.iso.datetime().describe('When they are asked next.'),
    last: z
      .object({
        total: moneySchema.describe('Its total; the price alone where shipping is unknown.'),
        shop: z.string().describe('Id of the shop.'),
        url: z.string().describe('Address of the offer’s page.'),
      })
      .nullable()
      .describe('The best offer at the last check; null where no shop had it.'),
    lowest: z
      .object({
        total: moneySchema.describe('The total; the price alone where shipping is unknown.'),
        observed_at: z.iso.datetime().describe('When it was seen.'),
      })
      .nullable()
      .describe('The lowest total since the watch was made; null: none yet.'),
    triggered_at: z.iso
      .datetime()
      .nullable()
      .describe(
        'The alert. With a target: since when the total has been at or below it; null while it is above. Without one: when it last fell below the lowest total until then.',
      ),
  })
  .meta({ id: 'Watch', description: 'A price that is watched for a shopper.' });
export type WireWatch = z.infer<typeof watchSchema>;

/** `GET /watches`: newest first. */
export const watchListSchema = z
  .object({ watches: z.array(watchSchema).describe('Newest first.'), next: nextSchema })
  .meta({ id: 'WatchList', description: 'What a shopper watches.' });
