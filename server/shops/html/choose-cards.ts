import type { ListedOffer } from '../../../shared/prices/offer.ts';
import { isRelevant } from '../../../shared/prices/relevance/relevance.ts';

/**
 * The cards of a search that may be what was asked for, in the shop's own order: of the shop itself, each product once.
 * What is advertised beside them, on other hosts or for other things, is left out.
 */
export function chooseCards(
  cards: readonly ListedOffer[],
  query: string,
  shopUrl: string,
  limit: number,
): ListedOffer[] {
  const chosen = new Map<string, ListedOffer>();
  for (const card of cards) {
    const url = new URL(card.url);
    url.hash = '';
    if (!isOfShop(url.hostname, new URL(shopUrl).hostname) || chosen.has(url.href)) continue;
    if (!isRelevant(query, { title: card.title, brand: null })) continue;
    chosen.set(url.href, { ...card, url: url.href });
    if (chosen.size === limit) break;
  }
  return [...chosen.values()];
}

/** The same host, but for `www.` and names under it. */
function isOfShop(host: string, shopHost: string): boolean {
  const domain = shopHost.replace(/^www\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}
