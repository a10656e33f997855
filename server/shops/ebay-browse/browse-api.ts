import { z } from 'zod';
import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { isCurrencyCode } from '../../../shared/prices/money/currency/iso-4217.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import type { Availability, Condition } from '../../../shared/prices/offer.ts';
import type { CandidateOffer } from '../shop-adapter.ts';

const amount = z.object({
  value: z.string().regex(/^\d+(\.\d+)?$/),
  currency: z.string().refine(isCurrencyCode),
});

/**
 * What an item of a search and an item by itself have in common.
 * Source: https://developer.ebay.com/api-docs/buy/browse/types/gct:ItemSummary
 */
const itemFields = {
  title: z.string().min(1),
  itemWebUrl: z.url({ protocol: /^https?$/ }),
  price: amount,
  conditionId: z.string().nullable().catch(null),
  image: z.object({ imageUrl: z.string() }).nullable().catch(null),
  marketingPrice: z.object({ originalPrice: amount }).nullable().catch(null),
  /** Without a cost where it is calculated and eBay does not know where to. */
  shippingOptions: z.array(z.object({ shippingCost: amount.nullable().catch(null) })).catch([]),
};
export const itemSummarySchema = z.object(itemFields);

/** Source: https://developer.ebay.com/api-docs/buy/browse/resources/item/methods/getItemByLegacyId */
export const itemSchema = z.object({
  ...itemFields,
  brand: z.string().nullable().catch(null),
  gtin: z.string().nullable().catch(null),
  mpn: z.string().nullable().catch(null),
  estimatedAvailabilities: z.array(z.object({ estimatedAvailabilityStatus: z.string().catch('') })).catch([]),
});

/** Source: https://developer.ebay.com/api-docs/buy/browse/resources/item_summary/methods/search */
export const searchAnswerSchema = z
  .object({
    total: z.number().optional(),
    /** Missing where nothing matches. */
    itemSummaries: z.array(z.unknown()).optional(),
    /** The address of the next page; missing on the last. */
    next: z.string().optional(),
  })
  .refine(({ total, itemSummaries }) => total !== undefined || itemSummaries !== undefined);

/** Source: https://developer.ebay.com/api-docs/static/handling-error-messages.html */
export const errorAnswerSchema = z.object({
  errors: z.array(z.object({ errorId: z.number(), message: z.string(), longMessage: z.string().optional() })).min(1),
});

export function candidateOf(item: z.infer<typeof itemSummarySchema>): CandidateOffer | null {
  const price = moneyOf(item.price);
  if (price === null) return null;
  const original = item.marketingPrice === null ? null : moneyOf(item.marketingPrice.originalPrice);
  return {
    title: item.title,
    url: pageOf(item.itemWebUrl),
    price,
    listPrice:
      original !== null && original.currency === price.currency && original.minor > price.minor ? original : null,
    shipping: cheapest(item.shippingOptions.flatMap(({ shippingCost }) => shippingCost ?? [])),
    availability: null,
    condition: conditionOf(item.conditionId),
    brand: null,
    gtin: null,
    mpn: null,
    sku: null,
    image: item.image?.imageUrl ?? null,
  };
}

export function candidateOfItem(item: z.infer<typeof itemSchema>): CandidateOffer | null {
  const candidate = candidateOf(item);
  if (candidate === null) return null;
  const [stock] = item.estimatedAvailabilities;
  return {
    ...candidate,
    availability: AVAILABILITIES[stock?.estimatedAvailabilityStatus ?? ''] ?? null,
    brand: item.brand,
    gtin: identifyingGtin(item.gtin ?? ''),
    mpn: item.mpn,
  };
}

const AVAILABILITIES: Partial<Record<string, Availability>> = {
  IN_STOCK: 'InStock',
  LIMITED_STOCK: 'LimitedAvailability',
  OUT_OF_STOCK: 'OutOfStock',
};

/**
 * 1000 new, 1500 new (other), 1750 new with defects; 2000–2500 refurbished; 2750 like new to 6000 acceptable; 7000 for
 * parts. Source: https://developer.ebay.com/devzone/finding/callref/Enums/conditionIdList.html
 */
function conditionOf(id: string | null): Condition | null {
  const number = Number(id);
  if (id === null || !Number.isInteger(number) || number < 1000 || number > 7000) return null;
  if (number === 7000) return 'DamagedCondition';
  if (number < 2000) return 'NewCondition';
  return number <= 2500 ? 'RefurbishedCondition' : 'UsedCondition';
}

/** The page without the parameters that tell which search led there; the variation is part of the address. */
function pageOf(itemWebUrl: string): string {
  const url = new URL(itemWebUrl);
  const variation = url.searchParams.get('var');
  url.search = variation === null ? '' : new URLSearchParams({ var: variation }).toString();
  url.hash = '';
  return url.href;
}

function cheapest(costs: readonly z.infer<typeof amount>[]): Money | null {
  const known = costs.flatMap((cost) => moneyOf(cost) ?? []);
  return known.sort((a, b) => a.minor - b.minor)[0] ?? null;
}

function moneyOf({ value, currency }: z.infer<typeof amount>): Money | null {
  return moneyFromDecimal(value, currency);
}
