import type { ListedOffer, PageKind } from '../../../shared/prices/offer.ts';
import { readableText } from '../../../shared/prices/page/dom.ts';
import { extractList } from '../../../shared/prices/page/extract-list.ts';
import { type Extraction, extractOfferFromPage } from '../../../shared/prices/page/extract-offer.ts';
import { Page } from '../../../shared/prices/page/page.ts';
import type { SelectorDeclaration } from '../../../shared/prices/page/selectors/selector-declaration.ts';
import { NOTHING_FOUND } from '../../../shared/prices/page/visible/page-phrases.ts';
import { normaliseQuery } from '../../../shared/prices/relevance/normalise-query.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { findHitLinks, isSameSearch } from './hit-links.ts';

/**
 * The answer of a shop's search: cards to choose from; the one product that it led to; or, where the page alone settles
 * neither, links to what may be the hits.
 */
export type SearchPage =
  | { kind: 'list'; cards: ListedOffer[] }
  | { kind: 'product'; extraction: Extraction }
  /** `saysNothing`: the page says that it found nothing. */
  | { kind: 'links'; cards: ListedOffer[]; saysNothing: boolean };

/** A search's answer, decoded; `redirects` as in FetchResult. */
interface AnsweredPage {
  url: string;
  redirects: readonly string[];
  html: string;
}

/** Pages say that nothing was found before they recommend other goods. */
const READ_CHARACTERS = 50_000;

/** Extractors that read a page's own description of its one product. */
const DESCRIBED: ReadonlySet<string> = new Set(['json-ld', 'microdata', 'rdfa']);

/**
 * Reads the page that a shop's search answered.
 * @throws UnreadablePageError for a page that is neither: blocked, asking for consent, empty, or not understood.
 */
export function readSearchPage(answer: AnsweredPage, query: string, selectors: SelectorDeclaration): SearchPage {
  const page = new Page(answer.html, answer.url);
  // A search with one hit often leads straight to the product, whose page lists others that were not asked for.
  const asked = answer.redirects[0];
  const ledElsewhere = asked !== undefined && !isSameSearch(answer.url, asked);
  if (!ledElsewhere) {
    const cards = extractList(page, selectors);
    if (cards.length > 0) return { kind: 'list', cards };
  }
  const extraction = extractOfferFromPage(page, selectors);
  if (ledElsewhere && extraction.kind === 'product') return { kind: 'product', extraction };
  if (ledElsewhere) {
    const cards = extractList(page, selectors);
    if (cards.length > 0) return { kind: 'list', cards };
  }
  if (extraction.kind === 'block' || extraction.kind === 'consent') {
    throw unreadable(extraction.kind, answer.url, 'search page');
  }
  const links = findHitLinks(page, query);
  if (extraction.kind === 'product' && isAboutItself(extraction, links, page)) return { kind: 'product', extraction };
  const saysNothing = extraction.kind === 'list' || NOTHING_FOUND.test(readableText(page.document, READ_CHARACTERS));
  if (links.length > 0) return { kind: 'links', cards: links, saysNothing };
  if (saysNothing) return { kind: 'list', cards: [] };
  throw unreadable(extraction.kind, answer.url, 'search page');
}

/**
 * Whether a page that could be a product's is one, and not the search page with the product's card on it: a card has a
 * link of the product's name to its page, where a product page describes itself or can be bought from.
 */
function isAboutItself({ offer }: Extraction, links: readonly ListedOffer[], page: Page): boolean {
  const name = normaliseQuery(offer.title ?? '');
  const isLinked = links.some(({ title }) => {
    const linked = normaliseQuery(title);
    return name.startsWith(linked) || linked.startsWith(name);
  });
  if (isLinked) return false;
  const evidence = [...(offer.evidence['title'] ?? []), ...(offer.evidence['price'] ?? [])];
  if (evidence.some(({ source }) => DESCRIBED.has(source))) return true;
  const isDeclared = evidence.some(({ source }) => source === 'selectors');
  return links.length === 0 && (isDeclared || page.layout.anchors.buy !== null);
}

/** The error that names what came instead of a page with offers. */
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
        `The shop's ${what} is empty: it may be built by scripts, which are run only with "render": true in its declaration.`,
        url,
      );
    case 'product':
    case 'list':
    case 'unknown':
      return new UnreadablePageError(
        'unreadable',
        `No offers could be read on the shop's ${what}. Where scripts build its pages, "render": true in its declaration runs them.`,
        url,
      );
    default:
      return kind satisfies never;
  }
}
