import { z } from 'zod';
import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isCurrencyCode } from '../../../shared/prices/money/currency/iso-4217.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import { searchWords } from '../../store/search-text.ts';
import type { CandidateOffer } from '../shop-adapter.ts';

/** Amounts as `suggest.json` writes them: decimals as text. */
const decimal = z.string().regex(/^\d+(\.\d+)?$/);
/** Amounts as `.js` writes them: hundredths, whatever the currency (1,000 yen are 100000). */
const hundredths = z.int().nonnegative();
const image = z.string().nullable().catch(null);

/** The cart of a visitor who has put nothing in it. Source: https://shopify.dev/docs/api/ajax/reference/cart */
export const cartSchema = z.object({ currency: z.string().refine(isCurrencyCode) });

/** Source: https://shopify.dev/docs/api/ajax/reference/predictive-search */
export const suggestionsSchema = z.object({
  resources: z.object({ results: z.object({ products: z.array(z.unknown()) }) }),
});
export const suggestedProductSchema = z.object({
  title: z.string().min(1),
  handle: z.string().min(1),
  /** Path, with parameters that count the click. */
  url: z.string().startsWith('/'),
  vendor: z.string().catch(''),
  image,
  available: z.boolean(),
  price: decimal,
  /** `0.00` where nothing was reduced. */
  compare_at_price_min: decimal.catch('0'),
});
export type SuggestedProduct = z.infer<typeof suggestedProductSchema>;

/** Source: https://shopify.dev/docs/api/ajax/reference/product */
export const productSchema = z.object({
  title: z.string().min(1),
  vendor: z.string().catch(''),
  featured_image: image,
  variants: z
    .array(
      z.object({
        id: z.number(),
        title: z.string(),
        price: hundredths,
        compare_at_price: hundredths.nullable().catch(null),
        available: z.boolean(),
        sku: z.string().nullable().catch(null),
        barcode: z.string().nullable().catch(null),
      }),
    )
    .min(1),
});
export type Product = z.infer<typeof productSchema>;
type Variant = Product['variants'][number];

/** Null for an amount that is none, such as the zero of a product that is not for sale yet. */
export function candidateOfSuggestion(
  { title, url, vendor, image: picture, available, price, compare_at_price_min }: SuggestedProduct,
  { shopUrl, currency }: { shopUrl: string; currency: string },
): CandidateOffer | null {
  const money = moneyFromDecimal(price, currency);
  if (money === null || money.minor === 0) return null;
  return {
    title,
    url: new URL(url.replace(/[?#].*$/, ''), shopUrl).href,
    price: money,
    listPrice: higher(moneyFromDecimal(compare_at_price_min, currency), money),
    shipping: null,
    availability: available ? 'InStock' : 'OutOfStock',
    condition: null,
    brand: vendor || null,
    gtin: null,
    mpn: null,
    sku: null,
    image: imageUrl(picture, shopUrl),
  };
}

/** The offer of one variant. Where there are several, the title says which. */
export function candidateOfVariant(
  product: Product,
  variant: Variant,
  { url, currency }: { url: string; currency: string },
): CandidateOffer | null {
  const price = moneyFromHundredths(variant.price, currency);
  if (price === null || price.minor === 0) return null;
  const before = variant.compare_at_price === null ? null : moneyFromHundredths(variant.compare_at_price, currency);
  return {
    title: product.variants.length > 1 ? `${product.title} – ${variant.title}` : product.title,
    url,
    price,
    listPrice: higher(before, price),
    shipping: null,
    availability: variant.available ? 'InStock' : 'OutOfStock',
    condition: null,
    brand: product.vendor || null,
    gtin: identifyingGtin(variant.barcode ?? ''),
    mpn: null,
    sku: variant.sku || null,
    image: imageUrl(product.featured_image, url),
  };
}

/** The variant that the query names ("… large", "… 256 GB"); among equals one that can be had, then the cheapest. */
export function chooseVariant({ variants }: Product, query: string): Variant | undefined {
  const asked = new Set(searchWords(query));
  const nNamed = new Map(
    variants.map((variant) => [variant, searchWords(variant.title).filter((word) => asked.has(word)).length]),
  );
  return [...variants].sort(
    (a, b) =>
      (nNamed.get(b) ?? 0) - (nNamed.get(a) ?? 0) || Number(b.available) - Number(a.available) || a.price - b.price,
  )[0];
}

function moneyFromHundredths(amount: number, currency: string): Money | null {
  const digits = String(amount).padStart(3, '0');
  return moneyFromDecimal(`${digits.slice(0, -2)}.${digits.slice(-2)}`, currency);
}

function higher(before: Money | null, price: Money): Money | null {
  return before !== null && before.minor > price.minor ? before : null;
}

/** Pictures come without a scheme: `//cdn.shopify.com/…`. */
function imageUrl(source: string | null, base: string): string | null {
  return source === null ? null : (URL.parse(source, base)?.href ?? null);
}
