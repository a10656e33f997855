import { createHash } from 'node:crypto';
import { z } from 'zod';
import { productAddress } from '../../shared/prices/product-address.ts';
import { normaliseQuery } from '../../shared/prices/relevance/normalise-query.ts';

/** Payload of a comparison's job. */
export const comparisonRequestSchema = z.object({
  /** As the shops are asked: normalised, so that `  Head Phones` and `head phones` are one question. */
  query: z.string().min(1),
  /** Of the product's page, where that was given instead of words; `query` is the same then. */
  address: z.url().nullable(),
  /** ISO 4217 code that every price is converted into. */
  currency: z.string().length(3),
  /** ISO 3166-1 alpha-2 code of the country to send to; null: none was named. */
  shipTo: z.string().length(2).nullable().default(null),
  /** Of the cached answer, and the job's deduplication id: the single-flight. */
  key: z.string().min(1),
});
export type ComparisonRequest = z.infer<typeof comparisonRequestSchema>;

/**
 * The question as cache and queue know it.
 * @param shopsVersion of the enabled shops: a shop that was added, changed or removed makes it another question.
 */
export function comparisonRequest(
  query: string,
  { currency, shipTo }: { currency: string; shipTo: string | null },
  shopsVersion: string,
): ComparisonRequest {
  const address = productAddress(query);
  // Of a product that is called "?", as imported ones may be, nothing is left: then shops are asked for that.
  const normalised = address ?? (normaliseQuery(query) || query.trim());
  const parts = JSON.stringify([shopsVersion, currency, shipTo, normalised]);
  const key = `comparison-${createHash('sha256').update(parts).digest('base64url')}`;
  return { query: normalised, address, currency, shipTo, key };
}
