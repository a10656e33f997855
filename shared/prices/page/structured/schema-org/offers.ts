import type { Availability, Condition, QuotedPrice } from '../../../offer.ts';
import { type QuoteContext, quoteDeclaredPrice } from '../../price-quote.ts';
import { availabilityFromName, conditionFromName } from './availability.ts';
import { objectsOf, textOf, valuesOf } from './properties.ts';
import type { SchemaObject } from './schema-object.ts';

/** What one `Offer` says. */
export interface SchemaOffer {
  price: QuotedPrice | null;
  rawPrice: string;
  listPrice: QuotedPrice | null;
  availability: Availability | null;
  rawAvailability: string;
  condition: Condition | null;
  shipping: QuotedPrice | null;
  /** By ISO 3166-1 alpha-2 code of the country. */
  shippingTo: Record<string, QuotedPrice>;
  sku: string | null;
  gtin: string | null;
  url: string | null;
  title: string | null;
  /** A price from `lowPrice` or `minPrice`: the cheapest of several. */
  isRange: boolean;
}

const MAX_OFFERS = 500;
const LIST_PRICE_TYPES = /ListPrice|StrikethroughPrice|SRP|MSRP|RegularPrice/i;

/** The offers of a product, with those inside an `AggregateOffer` before the aggregate itself. */
export function offersOf(product: SchemaObject, context: QuoteContext): SchemaOffer[] {
  const offers = objectsOf(product, 'offers', 'offer');
  const inner = offers.flatMap((offer) => (offer.types.includes('AggregateOffer') ? objectsOf(offer, 'offers') : []));
  return [...inner, ...offers].slice(0, MAX_OFFERS).map((offer) => readOffer(offer, context));
}

function readOffer(offer: SchemaObject, context: QuoteContext): SchemaOffer {
  const specifications = objectsOf(offer, 'priceSpecification');
  const listed = specifications.find((specification) => isListPrice(specification));
  const paid = specifications.find(
    (specification) => !isListPrice(specification) && !isPerUnit(specification) && !isForSome(specification),
  );
  const low = valuesOf(offer, 'lowPrice', 'minPrice')[0];
  const holder = valuesOf(offer, 'price').length > 0 || low !== undefined ? offer : (paid ?? offer);
  const hint = textOf(holder, 'priceCurrency') ?? textOf(offer, 'priceCurrency', 'currency') ?? context.currencyHint;
  const quoting: QuoteContext = { ...context, currencyHint: hint ?? null };
  const rawPrice = textOf(holder, 'price', 'lowPrice', 'minPrice') ?? '';
  const rawAvailability = textOf(offer, 'availability') ?? '';
  return {
    price: priceOf(holder, quoting, 'price', 'lowPrice', 'minPrice'),
    rawPrice,
    listPrice: listed ? priceOf(listed, quoting, 'price') : null,
    availability: availabilityOf(offer, rawAvailability),
    rawAvailability,
    condition: conditionFromName(textOf(offer, 'itemCondition') ?? ''),
    shipping: shippingOf(offer, quoting),
    shippingTo: shippingByCountry(offer, quoting),
    sku: textOf(offer, 'sku'),
    gtin: textOf(offer, 'gtin13', 'gtin', 'gtin14', 'gtin12', 'gtin8'),
    url: textOf(offer, 'url') ?? offer.id,
    title: textOf(offer, 'name'),
    isRange: valuesOf(holder, 'price').length === 0,
  };
}

function priceOf(holder: SchemaObject, context: QuoteContext, ...names: string[]): QuotedPrice | null {
  const value = valuesOf(holder, ...names)[0];
  if (value === undefined || typeof value === 'boolean') return null;
  if (typeof value !== 'object') return quoteDeclaredPrice(value, context);
  const nested = valuesOf(value, 'price', 'value', 'amount')[0];
  return typeof nested === 'string' || typeof nested === 'number' ? quoteDeclaredPrice(nested, context) : null;
}

function availabilityOf(offer: SchemaObject, raw: string): Availability | null {
  const named = availabilityFromName(raw);
  if (named !== null) return named;
  const level = objectsOf(offer, 'inventoryLevel')[0];
  const count = Number(level ? textOf(level, 'value') : textOf(offer, 'inventoryLevel'));
  if (!offer.properties.has('inventoryLevel') || Number.isNaN(count)) return null;
  return count > 0 ? 'InStock' : 'OutOfStock';
}

function isListPrice(specification: SchemaObject): boolean {
  return LIST_PRICE_TYPES.test(textOf(specification, 'priceType') ?? '');
}

/** A price per kilogram or litre beside the price itself (schema.org `UnitPriceSpecification`). */
function isPerUnit(specification: SchemaObject): boolean {
  return specification.properties.has('referenceQuantity') || specification.properties.has('unitCode');
}

/** A price for members, or for larger quantities. */
function isForSome(specification: SchemaObject): boolean {
  if (specification.properties.has('validForMemberTier')) return true;
  const least = objectsOf(specification, 'eligibleQuantity').map((quantity) => textOf(quantity, 'minValue', 'value'));
  return least.some((count) => Number(count) > 1);
}

function shippingOf(offer: SchemaObject, context: QuoteContext): QuotedPrice | null {
  const rate = objectsOf(offer, 'shippingDetails').flatMap((details) => objectsOf(details, 'shippingRate'))[0];
  return rate === undefined ? null : rateOf(rate, context);
}

/**
 * schema.org `OfferShippingDetails`: what it costs to send to each country that is named as a whole; the cheapest way,
 * where there are several. Rates for a region or postal codes say nothing about the rest of the country.
 */
function shippingByCountry(offer: SchemaObject, context: QuoteContext): Record<string, QuotedPrice> {
  const cheapest: Record<string, QuotedPrice> = {};
  for (const details of objectsOf(offer, 'shippingDetails')) {
    const [rate] = objectsOf(details, 'shippingRate');
    const price = rate === undefined ? null : rateOf(rate, context);
    if (price === null) continue;
    for (const country of objectsOf(details, 'shippingDestination').flatMap(wholeCountries)) {
      const known = cheapest[country];
      if (known === undefined || Number(price.amount) < Number(known.amount)) cheapest[country] = price;
    }
  }
  return cheapest;
}

/** Codes of a `DefinedRegion` that is no part of a country. */
function wholeCountries(region: SchemaObject): string[] {
  const isPart = ['addressRegion', 'postalCode', 'postalCodePrefix', 'postalCodeRange'].some(
    (name) => valuesOf(region, name).length > 0,
  );
  if (isPart) return [];
  const named = valuesOf(region, 'addressCountry').map((country) =>
    typeof country === 'object' ? (textOf(country, 'name') ?? '') : String(country),
  );
  return named.map((code) => code.trim().toUpperCase()).filter((code) => /^[A-Z]{2}$/.test(code));
}

function rateOf(rate: SchemaObject, context: QuoteContext): QuotedPrice | null {
  const amount = textOf(rate, 'value', 'price');
  const currency = textOf(rate, 'currency', 'priceCurrency') ?? context.currencyHint ?? null;
  if (amount !== null && Number(amount) === 0) return { amount: '0', currency };
  return amount === null ? null : quoteDeclaredPrice(amount, { ...context, currencyHint: currency });
}
