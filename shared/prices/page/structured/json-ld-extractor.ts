import type { Extractor } from '../extractor.ts';
import { voteOnSchemaObjects } from './schema-org/product-votes.ts';
import { schemaContext } from './schema-org/schema-context.ts';

/** schema.org in JSON-LD: what shops write for search engines, the most reliable source where it is there. */
export const jsonLd: Extractor = {
  name: 'json-ld',
  vote: (page) => (page.jsonLd.length === 0 ? [] : voteOnSchemaObjects(page.jsonLd, schemaContext(page, 0.95))),
};
