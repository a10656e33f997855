import { z } from 'zod';
import type { RecommendationsQuery } from '../../shared/api/recommendations.ts';
import { moneyFromDecimal } from '../../shared/prices/money/money.ts';

/** Which items a shopper wants to see. In JSON, since it travels in a job's payload. */
export const recommendationFilterSchema = z.object({
  category: z.string().nullable(),
  /** List prices of this currency within these bounds, in its minor unit. */
  price: z.object({ currency: z.string(), minMinor: z.int().nullable(), maxMinor: z.int().nullable() }).nullable(),
  /** Ids of items to leave out. */
  exclude: z.array(z.string()),
});
export type RecommendationFilter = z.infer<typeof recommendationFilterSchema>;

export const NO_FILTER: RecommendationFilter = { category: null, price: null, exclude: [] };

/** Whether products have to be looked up to apply it. */
export function restrictsProducts({ category, price }: RecommendationFilter): boolean {
  return category !== null || price !== null;
}

export function filterOf(query: RecommendationsQuery): RecommendationFilter {
  const { category, price_min, price_max, currency, exclude } = query;
  const minor = (amount: string | undefined): number | null =>
    amount === undefined ? null : (moneyFromDecimal(amount, currency)?.minor ?? null);
  const hasBounds = price_min !== undefined || price_max !== undefined;
  return {
    category: category ?? null,
    price: hasBounds ? { currency, minMinor: minor(price_min), maxMinor: minor(price_max) } : null,
    exclude: exclude ?? [],
  };
}
