/**
 * Comparisons as the API shows them. The job makes this form itself, since its result and its events reach the caller,
 * and wait in the cache, as they are.
 */
import { wireBestDeal } from '../../shared/api/best-deal.ts';
import type {
  ComparedOffer,
  Comparison,
  ShopFailure,
  ShopResult,
  RecognisedProduct as WireRecognisedProduct,
} from '../../shared/api/comparison.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import { unitPrice } from '../../shared/prices/money/unit-price/unit-price.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { AskedShop } from './asked-shop.ts';
import type { ComparisonRequest } from './comparison-request.ts';
import { nextStep } from './next-step.ts';
import type { OfferingShop, PricedOffer } from './priced-offer.ts';
import { ranked } from './ranking.ts';
import type { Question } from './read-answer.ts';
import { type RecognisedProduct, unknownShop } from './recognise-product.ts';
import type { FailureReason } from './shop-failure.ts';

export interface ComparisonFindings {
  request: ComparisonRequest;
  question: Question;
  recognised: RecognisedProduct | null;
  asked: readonly AskedShop[];
  /** Ranked. */
  offers: readonly PricedOffer[];
  /** The product of each offer that has one. */
  productIds: ReadonlyMap<PricedOffer, string>;
  imageLinks: ImageLinks;
  checkedAtMs: number;
  /** Day of the exchange rates. */
  ratesDate: string;
}

export function toWireComparison(findings: ComparisonFindings): Comparison {
  const { request, question, recognised, asked, offers, productIds, imageLinks } = findings;
  const failures = asked.flatMap(({ shop, failure }) => (failure === null ? [] : toWireFailure(shop, failure)));
  const nothingSaid = failures.length === 0 && asked.every((shop) => shop.offers.length === 0);
  return {
    query: question.query,
    recognised: recognised && toWireProduct(recognised),
    currency: request.currency,
    ship_to: request.shipTo,
    cache: 'miss',
    complete: !asked.some(({ kept }) => kept.answer.cutOff),
    best: wireBestDeal(offers.map(ranked)),
    offers: offers.map((offer) => imageLinks.linked(toWireOffer(offer, productIds.get(offer) ?? null))),
    failures,
    next_step: nothingSaid ? nextStep(question.query, { nShops: asked.length }) : null,
    shops_asked: asked.length,
    checked_at: new Date(findings.checkedAtMs).toISOString(),
    rates_date: offers.some(isConverted) ? findings.ratesDate : null,
  };
}

/** The answer where the page that was to be compared could not be read: no shop has been asked. */
export function unrecognisedComparison(
  request: ComparisonRequest,
  address: string,
  failure: FailureReason,
  atMs: number,
): Comparison {
  return {
    query: request.query,
    recognised: null,
    currency: request.currency,
    ship_to: request.shipTo,
    cache: 'miss',
    complete: true,
    best: null,
    offers: [],
    failures: [toWireFailure(unknownShop(address), failure)],
    next_step: 'The page of that address could not be read, so no shop was asked: compare by the name of the product.',
    shops_asked: 0,
    checked_at: new Date(atMs).toISOString(),
    rates_date: null,
  };
}

/** What one shop came to, in full or so far. */
export function toShopResult(
  {
    shop,
    offers,
    failure,
    elapsedMs,
  }: { shop: OfferingShop; offers: readonly PricedOffer[]; failure: FailureReason | null; elapsedMs: number },
  imageLinks: ImageLinks,
): ShopResult {
  if (failure !== null && offers.length === 0)
    return { status: 'failed', elapsed_ms: elapsedMs, failure: toWireFailure(shop, failure) };
  return {
    status: 'answered',
    shop: shop.declaration.id,
    shop_name: shop.declaration.name,
    offers: offers.map((offer) => imageLinks.linked(toWireOffer(offer, null))),
    elapsed_ms: elapsedMs,
  };
}

export function toWireProduct({ url, shop, title, brand, gtin }: RecognisedProduct): WireRecognisedProduct {
  return { url, shop: shop.declaration.id, title, brand, gtin };
}

function toWireFailure({ declaration }: OfferingShop, failure: FailureReason): ShopFailure {
  return { shop: declaration.id, shop_name: declaration.name, ...failure };
}

function toWireOffer(offer: PricedOffer, productId: string | null): ComparedOffer {
  const { candidate, shop, price } = offer;
  return {
    shop: shop.declaration.id,
    shop_name: shop.declaration.name,
    title: candidate.title,
    url: candidate.url,
    image: candidate.image,
    price: toWireMoney(price),
    unconfirmed: offer.unconfirmed,
    original_price: isConverted(offer) ? toWireMoney(candidate.price) : null,
    list_price: offer.listPrice === null ? null : toWireMoney(offer.listPrice),
    shipping: offer.shipping === null ? null : toWireMoney(offer.shipping),
    total: offer.total && toWireMoney(offer.total),
    unit_price: unitPrice(candidate.title, price),
    availability: candidate.availability,
    condition: candidate.condition,
    brand: candidate.brand,
    gtin: candidate.gtin,
    sku: candidate.sku,
    product_id: productId,
    checked_at: offer.checkedAt,
  };
}

function isConverted({ candidate, price }: PricedOffer): boolean {
  return candidate.price.currency !== price.currency;
}
