import { extractList } from '../../../shared/prices/extraction/extract-list.ts';
import { type Extraction, extractOffer } from '../../../shared/prices/extraction/extract-offer.ts';
import type { ListedOffer, PageKind } from '../../../shared/prices/offer.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { HtmlDeclaration } from './html-declaration.ts';
import { saysNothingFound } from './nothing-found.ts';

/** What a shop's search came to: cards to choose from, or the one product that it led to at once. */
export type SearchPage = { kind: 'list'; cards: ListedOffer[] } | { kind: 'product'; extraction: Extraction };

/**
 * Reads the page that a shop's search answered.
 * @throws UnreadablePageError for a page that is neither: blocked, asking for consent, empty, or not understood.
 */
export function readSearchPage(page: FetchResult, { selectors }: HtmlDeclaration): SearchPage {
  const html = page.text();
  // A search with one hit often leads straight to the product, whose page lists others that were not asked for.
  const ledElsewhere = page.redirects.length > 0;
  if (!ledElsewhere) {
    const cards = extractList(html, page.url, selectors);
    if (cards.length > 0) return { kind: 'list', cards };
  }
  const extraction = extractOffer(html, page.url, selectors);
  if (extraction.kind === 'product') return { kind: 'product', extraction };
  if (ledElsewhere) {
    const cards = extractList(html, page.url, selectors);
    if (cards.length > 0) return { kind: 'list', cards };
  }
  if (extraction.kind === 'list' || saysNothingFound(html)) return { kind: 'list', cards: [] };
  throw unreadable(extraction.kind, page.url, 'search page');
}

/** Names what came instead of a page that can be read. */
export function unreadable(kind: PageKind, url: string, what: string): UnreadablePageError {
  switch (kind) {
    case 'block':
      return new UnreadablePageError(
        'blocked_by_shop',
        `The shop answered with a block page instead of its ${what}.`,
        url,
      );
    case 'consent':
      return new UnreadablePageError('blocked_by_shop', `The shop asks for consent before it shows its ${what}.`, url);
    case 'empty':
      return new UnreadablePageError(
        'unreadable',
        `The shop's ${what} is empty: it may be built by scripts, which are not run.`,
        url,
      );
    case 'product':
    case 'list':
    case 'unknown':
      return new UnreadablePageError('unreadable', `No offers could be read on the shop's ${what}.`, url);
    default:
      return kind satisfies never;
  }
}
