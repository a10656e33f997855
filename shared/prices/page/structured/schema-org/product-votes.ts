import type { ProductVariant } from '../../../offer.ts';
import { resolveUrl } from '../../dom.ts';
import { type QuoteContext, samePrice } from '../../price-quote.ts';
import { plainCode, validGtin } from '../../product-code.ts';
import { Ballot, type Vote } from '../../vote.ts';
import { findProduct, type ProductHint } from './find-product.ts';
import { offersOf, type SchemaOffer } from './offers.ts';
import { imageAddress, objectsOf, textOf } from './properties.ts';
import type { SchemaObject } from './schema-object.ts';

export interface SchemaVoteContext extends QuoteContext {
  hint: ProductHint;
  /** What relative addresses are resolved against; may be empty. */
  baseUrl: string;
  /** How far this syntax is to be trusted, 0…1. */
  trust: number;
}

const GTIN_PROPERTIES = ['gtin13', 'gtin', 'gtin14', 'gtin12', 'gtin8', 'ean', 'isbn'];
/** Trust in a value when the page describes several products and it is not sure which is its own. */
const UNCERTAIN = 0.5;
/** So many products side by side, none of them clearly the page's own, are a list. */
const MIN_LIST = 3;
const MAX_VARIANTS = 250;

/** The votes of one page's schema.org description, whatever syntax it was written in. */
export function voteOnSchemaObjects(objects: readonly SchemaObject[], context: SchemaVoteContext): Vote[] {
  const found = findProduct(objects, context.hint);
  if (!found || (!found.certain && found.nProducts >= MIN_LIST)) return [];
  const ballot = new Ballot();
  const trust = context.trust * (found.certain ? 1 : UNCERTAIN);
  const { product } = found;
  const variants = variantsOf(product);
  const chosen = variants.find((variant) => isAt(variant, context.hint.url));
  const described = chosen ? [chosen, product] : [product];

  voteOnIdentity(ballot, described, context, trust);
  const group = chosen ? offersOf(chosen, context) : [];
  const offers = group.length > 0 ? group : offersOf(product, context);
  const ofVariants =
    offers.length > 0 ? offers : variants.slice(0, MAX_VARIANTS).flatMap((variant) => offersOf(variant, context));
  voteOnOffers(ballot, ofVariants, context, trust);
  if (variants.length > 0) {
    const read = variants.slice(0, MAX_VARIANTS).map((variant) => readVariant(variant, context));
    ballot.add('variants', read, `${variants.length} variants`, trust);
  } else if (offers.length > 1) {
    const read = offers.filter((offer) => offer.sku !== null).map(variantOfOffer);
    if (read.length > 1) ballot.add('variants', read, `${read.length} offers`, trust * UNCERTAIN);
  }
  return ballot.votes;
}

function voteOnIdentity(ballot: Ballot, described: SchemaObject[], context: SchemaVoteContext, trust: number): void {
  const first = (...names: string[]): string | null => {
    for (const object of described) {
      const text = textOf(object, ...names);
      if (text !== null) return text;
    }
    return null;
  };
  const title = first('name');
  ballot.add('title', title, title ?? '', trust);
  const brand = first('brand');
  ballot.add('brand', brandName(brand), brand ?? '', trust);
  const maker = first('manufacturer');
  ballot.add('brand', brandName(maker), maker ?? '', trust * 0.6);
  const sku = first('sku');
  ballot.add('sku', plainCode(sku), sku ?? '', trust);
  const productId = first('productID', 'identifier');
  ballot.add('sku', plainCode(productId), productId ?? '', trust * 0.6);
  const mpn = first('mpn', 'model');
  ballot.add('mpn', plainCode(first('mpn')), mpn ?? '', trust);
  const gtin = first(...GTIN_PROPERTIES);
  ballot.add('gtin', validGtin(gtin), gtin ?? '', trust);
  const image = described.map(imageAddress).find((address) => address !== null) ?? null;
  ballot.add('image', resolveUrl(image, context.baseUrl), image ?? '', trust);
  voteOnRating(ballot, described, trust);
}

/** A brand by its name; a brand that is only linked has none here. */
function brandName(text: string | null): string | null {
  return text === null || /^(?:https?:)?\/\/|^\/[^ ]*$/i.test(text) ? null : text.replace(/\s*[®™©]$/, '');
}

function voteOnRating(ballot: Ballot, described: SchemaObject[], trust: number): void {
  const rating = described.flatMap((object) => objectsOf(object, 'aggregateRating'))[0];
  if (!rating) return;
  const raw = textOf(rating, 'ratingValue') ?? '';
  const value = Number(raw.replace(',', '.'));
  const best = Number(textOf(rating, 'bestRating') ?? 5);
  const count = Number(textOf(rating, 'ratingCount', 'reviewCount')?.replace(/\D/g, '') || Number.NaN);
  if (!(value > 0) || !(best >= value)) return;
  ballot.add('rating', { value, best, count: Number.isNaN(count) ? null : count }, raw, trust);
}

function voteOnOffers(ballot: Ballot, offers: SchemaOffer[], context: SchemaVoteContext, trust: number): void {
  const own = offerAt(offers, context.hint.url);
  const priced = offers.filter((offer) => offer.price !== null);
  const first = priced[0];
  const offer = own?.price && priced.some((other) => !samePrice(other.price!, own.price!)) ? own : first;
  const unanimous = priced.every((other) => samePrice(other.price!, offer!.price!));
  for (const candidate of priced) {
    if (!candidate.price || !offer?.price) continue;
    const agreed = candidate === offer;
    if (!agreed && samePrice(candidate.price, offer.price)) continue;
    const sure = agreed ? (unanimous ? (candidate.isRange ? 0.9 : 1) : own === offer ? 0.9 : 0.7) : 0.2;
    ballot.add('price', candidate.price, candidate.rawPrice, trust * sure);
  }
  ballot.add('listPrice', offer?.listPrice ?? null, offer?.listPrice?.amount ?? '', trust);
  ballot.add('shipping', offer?.shipping ?? null, offer?.shipping?.amount ?? '', trust);
  const destinations = Object.keys(offer?.shippingTo ?? {});
  if (destinations.length > 0) ballot.add('shippingTo', offer?.shippingTo ?? null, destinations.join(' '), trust);
  const condition = offers.find((candidate) => candidate.condition !== null);
  ballot.add('condition', condition?.condition ?? null, condition?.condition ?? '', trust);
  ballot.add('sku', plainCode(offer?.sku ?? null), offer?.sku ?? '', trust * 0.8);
  ballot.add('gtin', validGtin(offer?.gtin ?? null), offer?.gtin ?? '', trust * 0.9);
  voteOnAvailability(ballot, offers, own, trust);
}

/** The one offer that has the page's own address; undefined when several share it, as sizes do. */
function offerAt(offers: SchemaOffer[], pageUrl: string): SchemaOffer | undefined {
  const here = offers.filter((offer) => offer.url !== null && isSameAddress(offer.url, pageUrl));
  return here.length === 1 ? here[0] : undefined;
}

/** One of several offers in stock makes the product available; all must be gone for it to be gone. */
function voteOnAvailability(ballot: Ballot, offers: SchemaOffer[], own: SchemaOffer | undefined, trust: number): void {
  const stated = offers.filter((offer) => offer.availability !== null);
  const offer =
    (own?.availability ? own : undefined) ?? stated.find((other) => other.availability === 'InStock') ?? stated[0];
  if (!offer?.availability) return;
  const unanimous = stated.every((other) => other.availability === offer.availability);
  ballot.add('availability', offer.availability, offer.rawAvailability, trust * (unanimous || offer === own ? 1 : 0.9));
}

function variantsOf(product: SchemaObject): SchemaObject[] {
  return objectsOf(product, 'hasVariant', 'model').filter((variant) =>
    variant.types.some((type) => type === 'Product' || type === 'ProductModel' || type === 'IndividualProduct'),
  );
}

function readVariant(variant: SchemaObject, context: QuoteContext): ProductVariant {
  const offer = offersOf(variant, context).find((candidate) => candidate.price !== null);
  return {
    title: textOf(variant, 'name'),
    price: offer?.price ?? null,
    availability: offer?.availability ?? null,
    sku: plainCode(textOf(variant, 'sku')),
    gtin: validGtin(textOf(variant, ...GTIN_PROPERTIES)),
  };
}

function variantOfOffer({ title, price, availability, sku, gtin }: SchemaOffer): ProductVariant {
  return { title, price, availability, sku: plainCode(sku), gtin: validGtin(gtin) };
}

function isAt(variant: SchemaObject, pageUrl: string): boolean {
  const address = textOf(variant, 'url') ?? objectsOf(variant, 'offers').map((offer) => textOf(offer, 'url'))[0];
  return address != null && isSameAddress(address, pageUrl);
}

function isSameAddress(reference: string, pageUrl: string): boolean {
  const page = URL.parse(pageUrl);
  const target = page ? URL.parse(reference, page.href) : null;
  if (!page || !target) return false;
  return target.pathname === page.pathname && (target.search === '' || target.search === page.search);
}
