import type { Page } from '../../page.ts';
import type { SchemaVoteContext } from './product-votes.ts';

/** What a page tells the reader of its schema.org data; `trust` is that of the syntax. */
export function schemaContext(page: Page, trust: number): SchemaVoteContext {
  return {
    hint: { url: page.url, title: page.titleText },
    baseUrl: page.baseUrl,
    country: page.country,
    currencyHint: page.declaredCurrency,
    trust,
  };
}
