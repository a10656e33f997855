import type { ListedOffer } from '../../../shared/prices/offer.ts';
import { FetchError } from '../../fetch/fetch-error.ts';
import type { FetchResult } from '../../fetch/fetcher.ts';
import type { CandidateOffer, ShopAdapter, ShopContext } from '../shop-adapter.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { candidateFromCard, candidateFromPage } from './candidate.ts';
import { chooseCards } from './choose-cards.ts';
import type { HtmlDeclaration } from './html-declaration.ts';
import { unreadable } from './search-page.ts';

/** Product pages weigh 0.5 MB in the mean; no more than these are opened for one search. */
const MAX_PRODUCT_PAGES = 6;
/**
 * Product pages that have not come after this share of the shop's time are left: what the cards say then stands, and
 * the shop has answered in time. A polite pace lets about one page a second through.
 */
const PRODUCT_PAGES_SHARE = 0.4;
/** The same where only the product pages show prices, so that nothing is known without them. */
const ONLY_PRODUCT_PAGES_SHARE = 0.9;
/** What one product page may take of the shop's time, its turn and its retries included. */
const PRODUCT_PAGE_SHARE = 0.25;

/** A shop that is read from its pages, as a visitor sees them. */
export function openHtmlShop(declaration: HtmlDeclaration): ShopAdapter {
  const fetchPage = (url: string, { fetcher, signal, locale }: ShopContext, timeoutMs: number): Promise<FetchResult> =>
    fetcher.fetch(url, {
      purpose: 'page',
      signal,
      locale,
      timeoutMs,
      ...(declaration.render && { render: true }),
      ...(declaration.pace.min_delay_ms !== undefined && { minDelayMs: declaration.pace.min_delay_ms }),
    });

  /** null when the page is not about one product. */
  async function readProduct(url: string, context: ShopContext, timeoutMs: number) {
    const page = await fetchPage(url, context, timeoutMs);
    const { kind, offer } = await context.pages.readProduct(page, declaration.selectors);
    if (kind === 'list') return null;
    if (kind !== 'product') throw unreadable(kind, page.url, 'product page');
    return offer;
  }

  return {
    id: declaration.id,
    name: declaration.name,

    /**
     * First what the cards of the search page say, then again, and replacing it, what each product page adds. A search
     * whose one hit is no repeated card is read from the pages that it links to, or as the product page that it is.
     */
    async *search(query, context): AsyncGenerator<CandidateOffer> {
      const started = performance.now();
      const pageTimeoutMs = declaration.timeout_ms * PRODUCT_PAGE_SHARE;
      const searchPage = await fetchPage(searchUrl(declaration, query), context, declaration.timeout_ms);
      const found = await context.pages.readSearch(searchPage, query, declaration.selectors);
      if (found.kind === 'product') {
        const candidate = candidateFromPage(found.extraction.offer, searchPage.url, declaration);
        if (candidate === null) throw noPrices([found.extraction.offer], searchPage.url);
        yield candidate;
        return;
      }
      const cards = chooseCards(found.cards, query, declaration.url, context.limit);
      const priced = cards.map((card) => ({ card, candidate: candidateFromCard(card, declaration) }));
      let nCandidates = 0;
      for (const { candidate } of priced) {
        if (candidate === null) continue;
        nCandidates += 1;
        yield candidate;
      }
      const share = nCandidates > 0 ? PRODUCT_PAGES_SHARE : ONLY_PRODUCT_PAGES_SHARE;
      const leftMs = Math.max(0, started + declaration.timeout_ms * share - performance.now());
      const enough = AbortSignal.timeout(Math.round(leftMs));
      const inTime = AbortSignal.any([context.signal, enough]);
      // One after the other, as the host's pace asks anyway: a page that hangs takes its own time and no more.
      let failure: Error | null = null;
      for (const { card } of priced.sort(cheapestFirst).slice(0, MAX_PRODUCT_PAGES)) {
        if (enough.aborted) break;
        try {
          const offer = await readProduct(card.url, { ...context, signal: inTime }, pageTimeoutMs);
          const candidate = offer && candidateFromPage(offer, card.url, declaration, card);
          if (candidate === null) continue;
          nCandidates += 1;
          yield candidate;
        } catch (error) {
          context.signal.throwIfAborted();
          if (!(error instanceof FetchError || error instanceof UnreadablePageError)) throw error;
          failure ??= error;
        }
      }
      const saysNothing = found.kind === 'links' && found.saysNothing;
      if (nCandidates === 0 && cards.length > 0 && !saysNothing) throw noPrices(cards, searchPage.url, failure);
    },

    async offer(url, context) {
      const offer = await readProduct(url, context, declaration.timeout_ms);
      return offer === null ? null : candidateFromPage(offer, url, declaration);
    },
  };
}

/** Cards without a price first, since only their pages show it; then the cheapest, among which the best deal is. */
function cheapestFirst(a: { candidate: CandidateOffer | null }, b: { candidate: CandidateOffer | null }): number {
  return (a.candidate?.price.minor ?? 0) - (b.candidate?.price.minor ?? 0);
}

/** @param failure of a product page, where one was opened */
function noPrices(read: readonly Pick<ListedOffer, 'price'>[], url: string, failure: Error | null = null): Error {
  if (!read.some(({ price }) => price !== null)) return failure ?? unreadable('unknown', url, 'search page');
  const message = 'The prices of the shop show no currency: its declaration has to name it as "currency".';
  return new UnreadablePageError('unreadable', message, url);
}

function searchUrl({ search, url }: HtmlDeclaration, query: string): string {
  return new URL(search.replaceAll('{query}', encodeURIComponent(query)), url).href;
}
