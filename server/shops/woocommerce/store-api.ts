import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { z } from 'zod';
import { isCurrencyCode } from '../../../shared/prices/money/currency/iso-4217.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import type { Availability } from '../../../shared/prices/offer.ts';
import type { CandidateOffer } from '../shop-adapter.ts';

/**
 * The part of a product that is used. Source: WooCommerce, "Products API",
 * https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/src/StoreApi/docs/products.md
 * Fields that later versions added (`is_on_backorder`, `brands`) may be missing.
 */
export const storeProductSchema = z.object({
  name: z.string(),
  permalink: z.url({ protocol: /^https?$/ }),
  sku: z.string().default(''),
  prices: z.object({
    currency_code: z.string().refine(isCurrencyCode),
    currency_minor_unit: z.int().min(0).max(6),
    /** Digits of the shop's smallest unit; empty where there is no price. Of a variable product: its cheapest variant. */
    price: z.string().regex(/^\d*$/),
    regular_price: z.string().regex(/^\d*$/).catch(''),
  }),
  images: z.array(z.object({ src: z.string() })).catch([]),
  brands: z.array(z.object({ name: z.string() })).catch([]),
  is_purchasable: z.boolean(),
  is_in_stock: z.boolean(),
  is_on_backorder: z.boolean().default(false),
  low_stock_remaining: z.number().nullable().default(null),
});
export type StoreProduct = z.infer<typeof storeProductSchema>;

/** Null for what has no price of its own: grouped products, and those that are sold elsewhere. */
export function candidateOf(product: StoreProduct): CandidateOffer | null {
  const { prices } = product;
  const price = shopMoney(prices.price, prices.currency_minor_unit, prices.currency_code);
  if (price === null || (price.minor === 0 && !product.is_purchasable)) return null;
  const regular = shopMoney(prices.regular_price, prices.currency_minor_unit, prices.currency_code);
  return {
    title: plainText(product.name),
    url: product.permalink,
    price,
    listPrice: regular !== null && regular.minor > price.minor ? regular : null,
    shipping: null,
    availability: availabilityOf(product),
    condition: null,
    brand: product.brands[0] ? plainText(product.brands[0].name) : null,
    gtin: null,
    mpn: null,
    sku: plainText(product.sku) || null,
    image: product.images[0]?.src ?? null,
  };
}

/** The shop's smallest unit is its own setting, not the currency's: whole euros are `"5"` with no digits. */
function shopMoney(units: string, unitDigits: number, currency: string): Money | null {
  if (units === '') return null;
  const padded = units.padStart(unitDigits + 1, '0');
  const point = padded.length - unitDigits;
  const decimal = unitDigits === 0 ? padded : `${padded.slice(0, point)}.${padded.slice(point)}`;
  return moneyFromDecimal(decimal, currency);
}

function availabilityOf(product: StoreProduct): Availability {
  if (product.is_on_backorder) return 'BackOrder';
  if (!product.is_in_stock) return 'OutOfStock';
  return product.low_stock_remaining === null ? 'InStock' : 'LimitedAvailability';
}

/** Names come as HTML: `Tea &#8211; 200&nbsp;g`. */
function plainText(html: string): string {
  if (!/[&<]/.test(html)) return html.trim();
  return textContent(parseDocument(html)).replace(/\s+/g, ' ').trim();
}
