import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isCurrencyCode } from '../../../shared/prices/money/currency/iso-4217.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import {
  availabilityFromName,
  conditionFromName,
} from '../../../shared/prices/page/structured/schema-org/availability.ts';
import { parsePriceText } from '../../../shared/prices/price-text/parse-price-text.ts';
import type { CandidateOffer } from '../candidate-offer.ts';
import type { FeedDeclaration } from './feed-declaration.ts';

/** One product of a feed, and its reduced price with the time in which it holds. */
export interface FeedProduct {
  offer: CandidateOffer;
  sale: { price: Money; fromMs: number; untilMs: number } | null;
}

/** `15.00 USD`, as the specification writes every amount. */
const SPECIFIED_PRICE = /^(\d{1,12}(?:\.\d{1,6})?) ?([A-Z]{3})$/;

/**
 * Reads one product by the names of Google's product data specification,
 * https://support.google.com/merchants/answer/7052112; null without title, link or price.
 */
export function readFeedProduct(
  row: Record<string, string>,
  { url: shopUrl, currency, ship_to }: Pick<FeedDeclaration, 'url' | 'currency' | 'ship_to'>,
): FeedProduct | null {
  const title = row['title']?.trim();
  const link = webAddress(row['link'], shopUrl);
  const price = readPrice(row['price'], currency);
  if (!title || link === null || price === null) return null;
  const offer: CandidateOffer = {
    title,
    url: link,
    price,
    listPrice: null,
    ...shippingOf(row['shipping'], ship_to, currency),
    availability: availabilityFromName(row['availability'] ?? ''),
    condition: conditionFromName(row['condition'] ?? ''),
    brand: row['brand']?.trim() || null,
    gtin: identifyingGtin(row['gtin'] ?? ''),
    mpn: row['mpn']?.trim() || null,
    sku: row['id']?.trim() || null,
    image: webAddress(row['image_link'], shopUrl),
  };
  return { offer, sale: readSale(row, price) };
}

function webAddress(text: string | undefined, shopUrl: string): string | null {
  const url = text?.trim() ? URL.parse(text.trim(), shopUrl) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** What the product costs at an instant. */
export function offerAt({ offer, sale }: FeedProduct, nowMs: number): CandidateOffer {
  if (sale === null || nowMs < sale.fromMs || nowMs >= sale.untilMs) return offer;
  return { ...offer, price: sale.price, listPrice: offer.price };
}

function readPrice(text: string | undefined, currency: string | undefined): Money | null {
  const [, amount, code] = SPECIFIED_PRICE.exec(text?.trim() ?? '') ?? [];
  if (amount !== undefined && code !== undefined && isCurrencyCode(code)) return moneyFromDecimal(amount, code);
  const parsed = parsePriceText(text ?? '', { currencyHint: currency });
  return parsed.amount === null || parsed.currency === null ? null : moneyFromDecimal(parsed.amount, parsed.currency);
}

/** `sale_price`, and `sale_price_effective_date` as two ISO 8601 instants with a slash between them; always, without. */
function readSale(row: Record<string, string>, price: Money): FeedProduct['sale'] {
  const reduced = readPrice(row['sale_price'], price.currency);
  if (reduced === null || reduced.currency !== price.currency || reduced.minor >= price.minor) return null;
  const dates = row['sale_price_effective_date']?.trim();
  if (!dates) return { price: reduced, fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER };
  const [fromMs = Number.NaN, untilMs = Number.NaN] = dates.split('/').map(instantMs);
  return Number.isNaN(fromMs + untilMs) ? null : { price: reduced, fromMs, untilMs };
}

/** `2026-02-24T11:07:31+0100`, with or without the colon in its offset. */
function instantMs(text: string): number {
  return Date.parse(text.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

interface ShippingEntry {
  /** Empty: everywhere. */
  country: string;
  price: Money;
}

/**
 * `shipping` holds `country:region:service:price` for each way of sending it; what holds for a part of a country is
 * left out. By country the cheapest; without one asked for, the declared country's, or the only one's.
 */
function shippingOf(
  text: string | undefined,
  declared: string | undefined,
  currency: string | undefined,
): Pick<CandidateOffer, 'shipping' | 'shippingTo'> {
  const entries = shippingEntries(text ?? '', currency);
  const countries = [...new Set(entries.map(({ country }) => country))];
  const costTo = (country: string) =>
    entries
      .filter((entry) => entry.country === '' || entry.country === country)
      .map(({ price }) => price)
      .sort((a, b) => a.minor - b.minor)[0] ?? null;
  const asked = declared ?? (countries.length === 1 ? countries[0] : undefined);
  const named = countries.filter((country) => country !== '').map((country) => [country, costTo(country)] as const);
  return {
    shipping: asked === undefined ? null : costTo(asked),
    ...(named.length > 0 && { shippingTo: Object.fromEntries(named.filter(isTold)) }),
  };
}

function isTold(entry: readonly [string, Money | null]): entry is readonly [string, Money] {
  return entry[1] !== null;
}

function shippingEntries(text: string, currency: string | undefined): ShippingEntry[] {
  if (text === '') return [];
  return text.split(',').flatMap((entry) => {
    const parts = entry.split(':').map((part) => part.trim());
    const [country = '', region = ''] = parts.length > 1 ? parts : [];
    const price = readPrice(parts[3] ?? parts.at(-1), currency);
    return price === null || region !== '' ? [] : [{ country: country.toUpperCase(), price }];
  });
}
