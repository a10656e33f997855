import type { Extractor } from './extractor.ts';
import { Ballot } from './vote.ts';

/** Parameters that carry a shop's own number of the product. */
const PARAMETERS = /^(?:sku|pid|product_?id|item_?id|itemno|article|artnr|id)$/i;
/** Numbers of products have this many digits; fewer are years and counts, more are timestamps. */
const NUMBER = /(?<![\da-z])(?:[a-z]{0,3}[-_]?)?(\d{5,14})(?![\da-z])/gi;

/** The address of a product page, which often ends in the shop's own number of it. */
export const pageAddress: Extractor = {
  name: 'page-address',
  vote(page) {
    const ballot = new Ballot();
    const url = URL.parse(page.url);
    if (!url) return [];
    const inPath = [...decode(url.pathname).matchAll(NUMBER)].at(-1)?.[1] ?? null;
    ballot.add('sku', inPath, url.pathname, 0.3);
    for (const [name, value] of url.searchParams) {
      if (PARAMETERS.test(name) && /^[\w-]{3,20}$/.test(value)) ballot.add('sku', value, `${name}=${value}`, 0.25);
    }
    return ballot.votes;
  },
};

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
