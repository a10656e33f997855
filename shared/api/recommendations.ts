import { z } from 'zod';
import { moneySchema } from './money.ts';
import { currencySchema, idSchema, positiveAmountSchema, textSchema, wholeNumberSchema } from './values.ts';

/** Why an item is recommended: the shopper's own item that adds most to the score. */
export const reasonSchema = z
  .object({
    kind: z.enum(['because_of', 'popular', 'similar_category']).describe('What speaks for the item.'),
    item_id: z.string().optional().describe('For `because_of`: the item that the shopper bought, rated or looked at.'),
    title: z.string().optional().describe('Its title.'),
    event: z.enum(['purchase', 'rating', 'view']).optional().describe('What the shopper did with it.'),
    share: z.number().optional().describe('Share of the score that this item explains, 0 to 1.'),
  })
  .meta({ id: 'Reason', description: 'Why an item is recommended.' });

export const recommendedItemSchema = z
  .object({
    item_id: z.string().describe('Id of the product.'),
    score: z.number().describe('Higher is better; comparable within one answer alone.'),
    title: z.string().describe('Title, for people.'),
    reasons: z.array(reasonSchema).describe('What explains the score, most first.'),
    image: z.string().nullable().describe('Path of a picture on this server; null without one.'),
    category: z.string().nullable().describe('Category; null where it is not known.'),
    price: moneySchema.nullable().describe('List price; null where it is not known.'),
  })
  .meta({ id: 'RecommendedItem', description: 'An item for this shopper.' });

/** Longer lists belong into the shopper's events: what they have seen is left out by itself. */
const MAX_EXCLUDED = 200;

export const recommendationsQuerySchema = z.object({
  user_id: idSchema().meta({ example: '123', description: 'The shopper.' }),
  limit: wholeNumberSchema({ min: 1, max: 100 }).default(10).describe('How many items at most.'),
  async: z.enum(['true', 'false']).default('false').describe('`true` answers 202 with a `job_id`.'),
  category: textSchema({ min: 1, max: 100 }).optional().describe('Only items of this category.'),
  price_min: positiveAmountSchema
    .optional()
    .describe('Only items whose list price is known in `currency` and at least this.'),
  price_max: positiveAmountSchema
    .optional()
    .describe('Only items whose list price is known in `currency` and at most this.'),
  currency: currencySchema
    .default('EUR')
    .describe(
      'Currency of `price_min` and `price_max`; items priced in another are left out where one of these is given.',
    ),
  exclude: textSchema({ min: 1, max: 8000 })
    .regex(new RegExp(`^[^,]{1,128}(,[^,]{1,128}){0,${MAX_EXCLUDED - 1}}$`), {
      error: `is no list of at most ${MAX_EXCLUDED} ids with commas between them`,
    })
    .transform((text) => text.split(','))
    .optional()
    .describe(`Ids of items to leave out, with commas between them; at most ${MAX_EXCLUDED}.`),
});
export type RecommendationsQuery = z.infer<typeof recommendationsQuerySchema>;

/** `GET /recommendations`: scores descending; an unknown user gets popular items and `fallback: "popular"`. */
export const recommendationsSchema = z
  .object({
    user_id: z.string().describe('The shopper.'),
    model_version: z.string().nullable().describe('The model that answered; null while there is none.'),
    fallback: z
      .enum(['popular'])
      .nullable()
      .describe('`popular` where nothing is known of the shopper; null for personal recommendations.'),
    items: z.array(recommendedItemSchema).describe('Scores descending.'),
  })
  .meta({ id: 'Recommendations', description: 'Items for one shopper, best first.' });
export type Recommendations = z.infer<typeof recommendationsSchema>;
export type RecommendedItem = z.infer<typeof recommendedItemSchema>;
export type Reason = z.infer<typeof reasonSchema>;
