import { extractOffer } from '../../../shared/prices/extraction/extract-offer.ts';
import type { ListedOffer } from '../../../shared/prices/offer.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { candidateFromCard, candidateFromPage } from './candidate.ts';
import { chooseCards } from './choose-cards.ts';
import type { HtmlDeclaration } from './html-declaration.ts';
import { readSearchPage, unreadable } from './search-page.ts';
import { asTheySettle } from './settle.ts';

/** Product pages weigh 0.5 MB in the mean; no more than these are opened for one search, the likeliest ones. */
const MAX_PRODUCT_PAGES = 6;
/**
 * Product pages that have not come after this share of the shop's time are left: what the cards say then stands, and
 * the shop has answered in time. A polite pace lets about one page a second through.
 */
const PRODUCT_PAGES_SHARE = 0.6;

/** A shop that is read from its pages, as a visitor sees them. */
export function openHtmlShop(declaration: HtmlDeclaration): ShopAdapter {
  const fetchPage = (url: string, { fetcher, signal, locale }: ShopContext): Promise<FetchResult> =>
    fetcher.fetch(url, {
      purpose: 'page',
      signal,
      locale,
      ...(declaration.pace.min_delay_ms !== undefined && { minDelayMs: declaration.pace.min_delay_ms }),
    });

  /** null when the page is not about one product. */
  async function readProduct(url: string, context: ShopContext) {
    const page = await fetchPage(url, context);
    const { kind, offer } = extractOffer(page.text(), page.url, declaration.selectors);
    if (kind === 'list') return null;
    if (kind !== 'product') throw unreadable(kind, page.url, 'product page');
    return offer;
  }

  return {
    id: declaration.id,
    name: declaration.name,

    /** First what the cards of the search page say, then again, and replacing it, what each product page adds. */
    async *search(query, context): AsyncGenerator<CandidateOffer> {
      const enough = AbortSignal.timeout(declaration.timeout_ms * PRODUCT_PAGES_SHARE);
      const searchPage = await fetchPage(searchUrl(declaration, query), context);
      const found = readSearchPage(searchPage, declaration);
      if (found.kind === 'product') {
        const candidate = candidateFromPage(found.extraction.offer, searchPage.url, declaration);
        if (candidate === null) throw unreadable('unknown', searchPage.url, 'product page');
        yield candidate;
        return;
      }
      const cards = chooseCards(found.cards, query, declaration.url, context.limit);
      let nCandidates = 0;
      for (const card of cards) {
        const candidate = candidateFromCard(card, declaration);
        if (candidate === null) continue;
        nCandidates += 1;
        yield candidate;
      }
      const failures: unknown[] = [];
      const inTime = { ...context, signal: AbortSignal.any([context.signal, enough]) };
      const opened = cards.slice(0, MAX_PRODUCT_PAGES).map(async (card) => {
        const offer = await readProduct(card.url, inTime);
        return offer === null ? null : candidateFromPage(offer, card.url, declaration, card);
      });
      for await (const outcome of asTheySettle(opened)) {
        if (outcome.status === 'rejected') failures.push(outcome.reason);
        else if (outcome.value !== null) {
          nCandidates += 1;
          yield outcome.value;
        }
      }
      if (nCandidates === 0 && cards.length > 0) throw failures[0] ?? noPrices(cards, searchPage.url);
    },

    async offer(url, context) {
      const offer = await readProduct(url, context);
      return offer === null ? null : candidateFromPage(offer, url, declaration);
    },
  };
}

function noPrices(cards: readonly ListedOffer[], url: string): UnreadablePageError {
  if (!cards.some(({ price }) => price !== null)) return unreadable('unknown', url, 'search page');
  const message = 'The prices of the shop show no currency: its declaration has to name it as "currency".';
  return new UnreadablePageError('unreadable', message, url);
}

function searchUrl({ search, url }: HtmlDeclaration, query: string): string {
  return new URL(search.replaceAll('{query}', encodeURIComponent(query)), url).href;
}
