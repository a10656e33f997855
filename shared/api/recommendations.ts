import { z } from 'zod';
import { moneySchema } from './money.ts';

/** Why an item is recommended: the shopper's own item that adds most to the score. */
export const reasonSchema = z
  .object({
    kind: z.enum(['because_of', 'popular', 'similar_category']),
    /** For `because_of`: the item that the shopper bought, rated or looked at. */
    item_id: z.string().optional(),
    title: z.string().optional(),
    event: z.enum(['purchase', 'rating', 'view']).optional(),
    /** Share of the score that this item explains, 0…1. */
    share: z.number().optional(),
  })
  .meta({ id: 'Reason' });

export const recommendedItemSchema = z
  .object({
    item_id: z.string(),
    score: z.number(),
    title: z.string(),
    reasons: z.array(reasonSchema),
    image: z.string().nullable(),
    category: z.string().nullable(),
    price: moneySchema.nullable(),
  })
  .meta({ id: 'RecommendedItem' });

export const recommendationsQuerySchema = z.object({
  user_id: z.string().min(1).max(128).meta({ example: '123' }),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  async: z.enum(['true', 'false']).default('false').meta({ description: '`true` answers 202 with a job_id' }),
});

/** `GET /recommendations`: scores descending; an unknown user gets popular items and `fallback: "popular"`. */
export const recommendationsSchema = z
  .object({
    user_id: z.string(),
    model_version: z.string().nullable(),
    fallback: z.enum(['popular']).nullable(),
    items: z.array(recommendedItemSchema),
  })
  .meta({ id: 'Recommendations' });
export type Recommendations = z.infer<typeof recommendationsSchema>;
export type RecommendedItem = z.infer<typeof recommendedItemSchema>;
export type Reason = z.infer<typeof reasonSchema>;
