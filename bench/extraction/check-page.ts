import { isCurrencyCode } from '../../shared/prices/money/currency/iso-4217.ts';
import type { QuotedPrice } from '../../shared/prices/offer.ts';
import { extractList } from '../../shared/prices/page/extract-list.ts';
import { extractOffer } from '../../shared/prices/page/extract-offer.ts';
import { Page } from '../../shared/prices/page/page.ts';

/** No page may take more CPU time: that of a clock would blame a busy machine on the page. */
const MAX_CPU_MS = 1_000;
const AMOUNT = /^\d+(?:\.\d+)?$/;

/**
 * Extracts from a page and says what is wrong with how that went, null when nothing is, and how long it took. Whatever
 * the page: nothing is thrown, it takes under a second of CPU time, prices are decimal amounts with a real currency or
 * none, and pages that are no product page tell nothing.
 */
export function checkPage(html: string, url: string): { fault: string | null; cpuMs: number } {
  const start = process.cpuUsage();
  const fault = faultOf(html, url);
  const { user, system } = process.cpuUsage(start);
  const cpuMs = Math.round((user + system) / 1000);
  return { fault: fault ?? (cpuMs > MAX_CPU_MS ? `took ${cpuMs} ms` : null), cpuMs };
}

function faultOf(html: string, url: string): string | null {
  try {
    const { kind, offer } = extractOffer(html, url);
    const quotes = [offer.price, offer.listPrice, offer.shipping, ...offer.variants.map(({ price }) => price)];
    const listed = extractList(new Page(html, url)).map(({ price }) => price);
    const unsound = [...quotes, ...listed].find((quote) => quote !== null && !isSound(quote));
    if (unsound) return `unsound price ${JSON.stringify(unsound)}`;
    const told = offer.price ?? offer.availability ?? offer.title;
    return kind !== 'product' && told !== null ? `${kind} page was read` : null;
  } catch (error) {
    return `thrown: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function isSound({ amount, currency }: QuotedPrice): boolean {
  return AMOUNT.test(amount) && (currency === null || isCurrencyCode(currency));
}
