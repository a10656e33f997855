import { z } from 'zod';
import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isCurrencyCode } from '../../../shared/prices/money/currency/iso-4217.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import type { CandidateOffer } from '../shop-adapter.ts';

/**
 * What is asked of each product. A configurable product costs what its cheapest variant does.
 * Source: Adobe Commerce, "products query",
 * https://developer.adobe.com/commerce/webapi/graphql/schema/products/queries/products/ and "ProductInterface
 * attributes", https://developer.adobe.com/commerce/webapi/graphql/schema/products/interfaces/attributes/
 */
function productFields(gtinAttribute: string | undefined): string {
  return `name sku url_key url_suffix canonical_url stock_status only_x_left_in_stock small_image { url }
    price_range { minimum_price { final_price { value currency } regular_price { value currency } } }
    ${gtinAttribute === undefined ? '' : `gtin: ${gtinAttribute}`}`;
}

export function searchQuery(gtinAttribute: string | undefined): string {
  return oneLine(`query Search($words: String!, $pageSize: Int!, $page: Int!) {
    products(search: $words, pageSize: $pageSize, currentPage: $page) {
      items { ${productFields(gtinAttribute)} } page_info { total_pages }
    }
  }`);
}

export function byUrlKeyQuery(gtinAttribute: string | undefined): string {
  return oneLine(`query ByUrlKey($keys: [String!]) {
    products(filter: { url_key: { in: $keys } }) {
      items { ${productFields(gtinAttribute)} } page_info { total_pages }
    }
  }`);
}

/** It travels in the address. */
function oneLine(query: string): string {
  return query.replace(/\s+/g, ' ');
}

/** Numbers with up to four digits after the point. */
const amount = z.object({ value: z.number().nonnegative(), currency: z.string().refine(isCurrencyCode) });

export const magentoProductSchema = z.object({
  name: z.string().min(1),
  sku: z.string().nullable().catch(null),
  url_key: z.string().min(1),
  /** `.html` in most shops; null where addresses end with the key. */
  url_suffix: z.string().nullable().catch(null),
  /** Path; null where the shop does not use canonical links. */
  canonical_url: z.string().nullable().catch(null),
  stock_status: z.enum(['IN_STOCK', 'OUT_OF_STOCK']).nullable().catch(null),
  /** null above the shop's own threshold. */
  only_x_left_in_stock: z.number().nullable().catch(null),
  small_image: z.object({ url: z.string() }).nullable().catch(null),
  price_range: z.object({
    minimum_price: z.object({ final_price: amount, regular_price: amount.nullable().catch(null) }),
  }),
  gtin: z.string().nullable().catch(null),
});
export type MagentoProduct = z.infer<typeof magentoProductSchema>;

/** Null for what has no price of its own, such as a gift card of free value. */
export function candidateOf(product: MagentoProduct, shopUrl: string): CandidateOffer | null {
  const { final_price, regular_price } = product.price_range.minimum_price;
  const price = moneyOf(final_price);
  if (price === null || price.minor === 0) return null;
  const regular = regular_price === null ? null : moneyOf(regular_price);
  return {
    title: product.name.trim(),
    url: productUrl(product, shopUrl),
    price,
    listPrice: regular !== null && regular.currency === price.currency && regular.minor > price.minor ? regular : null,
    shipping: null,
    availability: availabilityOf(product),
    condition: null,
    brand: null,
    gtin: identifyingGtin(product.gtin ?? ''),
    mpn: null,
    sku: product.sku,
    image: product.small_image?.url ?? null,
  };
}

export function productUrl({ canonical_url, url_key, url_suffix }: MagentoProduct, shopUrl: string): string {
  return new URL(canonical_url || `${url_key}${url_suffix ?? ''}`, `${shopUrl.replace(/\/+$/, '')}/`).href;
}

function moneyOf({ value, currency }: z.infer<typeof amount>): Money | null {
  return moneyFromDecimal(value.toFixed(4), currency);
}

function availabilityOf({ stock_status, only_x_left_in_stock }: MagentoProduct): CandidateOffer['availability'] {
  if (stock_status === null) return null;
  if (stock_status === 'OUT_OF_STOCK') return 'OutOfStock';
  return only_x_left_in_stock === null ? 'InStock' : 'LimitedAvailability';
}
