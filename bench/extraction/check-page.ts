import { isCurrencyCode } from '../../shared/prices/currency/iso-4217.ts';
import { extractList } from '../../shared/prices/extraction/extract-list.ts';
import { extractOffer } from '../../shared/prices/extraction/extract-offer.ts';
import type { QuotedPrice } from '../../shared/prices/offer.ts';

/** No page may take more CPU time: that of a clock would blame a busy machine on the page. */
const MAX_CPU_MS = 1_000;
const AMOUNT = /^\d+(?:\.\d+)?$/;

/**
 * Extracts from a page and says what is wrong with how that went; null when nothing is. Whatever the page: nothing is
 * thrown, it takes under a second of CPU time, prices are decimal amounts with a real currency or none, and pages that are no
 * product page tell nothing.
 */
export function faultOf(html: string, url: string): string | null {
  const start = process.cpuUsage();
  try {
    const { kind, offer } = extractOffer(html, url);
    const list = extractList(html, url);
    const quotes = [offer.price, offer.listPrice, offer.shipping, ...offer.variants.map(({ price }) => price)];
    if ([...quotes, ...list.map(({ price }) => price)].some((quote) => quote !== null && !isSound(quote))) {
      return `unsound price in ${JSON.stringify(quotes)}`;
    }
    if (kind !== 'product' && (offer.price ?? offer.availability ?? offer.title) !== null)
      return `${kind} page was read`;
  } catch (error) {
    return `thrown: ${error instanceof Error ? error.stack : String(error)}`;
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  return ms > MAX_CPU_MS ? `took ${Math.round(ms)} ms` : null;
}

function isSound({ amount, currency }: QuotedPrice): boolean {
  return AMOUNT.test(amount) && (currency === null || isCurrencyCode(currency));
}
