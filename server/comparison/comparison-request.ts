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
  /**
   * The address was given by a caller who has proven nothing: it may not lead to the operator's own network, whatever
   * `MAGPIE_ALLOWED_ORIGINS` names there. Without meaning for words.
   */
  forAnyone: z.boolean().default(true),
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
 * @param options.trusted the caller is the operator, or has a key
 * @param shopsVersion of the enabled shops: a shop that was added, changed or removed makes it another question.
 */
export function comparisonRequest(
  query: string,
  { currency, shipTo, trusted }: { currency: string; shipTo: string | null; trusted: boolean },
  shopsVersion: string,
): ComparisonRequest {
  const address = productAddress(query);
  // Of a product that is called "?", as imported ones may be, nothing is left: then shops are asked for that.
  const normalised = address ?? (normaliseQuery(query) || query.trim());
  const forAnyone = address === null || !trusted;
  // An answer that only the operator and keys may cause is for none but them.
  const parts = [shopsVersion, currency, shipTo, normalised, ...(forAnyone ? [] : ['trusted'])];
  const key = `comparison-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
  return { query: normalised, address, forAnyone, currency, shipTo, key };
}
