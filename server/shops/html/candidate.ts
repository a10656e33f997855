import { identifyingGtin } from '../../../shared/prices/matching/gtin.ts';
import { type Money, moneyFromDecimal } from '../../../shared/prices/money/money.ts';
import type { ExtractedOffer, ListedOffer, QuotedPrice } from '../../../shared/prices/offer.ts';
import { isCertainPrice } from '../../../shared/prices/page/certain-price.ts';
import type { CandidateOffer } from '../shop-adapter.ts';
import type { HtmlDeclaration } from './html-declaration.ts';

/** What of a declaration is needed to read prices. */
type Declared = Pick<HtmlDeclaration, 'currency'>;

/** What a card of a list says; null where it shows no price that can be read. */
export function candidateFromCard(card: ListedOffer, declaration: Declared): CandidateOffer | null {
  const price = quoted(card.price, declaration);
  if (price === null) return null;
  return {
    title: card.title,
    url: card.url,
    price,
    listPrice: null,
    shipping: null,
    availability: null,
    condition: null,
    brand: null,
    gtin: null,
    mpn: null,
    sku: null,
    image: card.image,
  };
}

/**
 * What a product page says, and its card where the page is silent; null without a title or a price. Where the page does
 * not tell the price surely, the card's own is more to be trusted; it stays uncertain where the two differ.
 * @param url of the card that led here, so that what the page adds replaces what the card said
 */
export function candidateFromPage(
  offer: ExtractedOffer,
  url: string,
  declaration: Declared,
  card?: ListedOffer,
): CandidateOffer | null {
  const title = offer.title ?? card?.title ?? null;
  const pagePrice = quoted(offer.price, declaration);
  const cardPrice = quoted(card?.price ?? null, declaration);
  const sure = isCertainPrice(offer) && (cardPrice === null || isDeclared(offer));
  const price = sure ? pagePrice : (cardPrice ?? pagePrice);
  if (title === null || price === null) return null;
  const differs = cardPrice === null || (pagePrice !== null && pagePrice.minor !== cardPrice.minor);
  const listPrice = quoted(offer.listPrice, declaration);
  return {
    title,
    url,
    price,
    ...(!sure && differs && { uncertain: true }),
    listPrice: listPrice !== null && listPrice.minor > price.minor ? listPrice : null,
    shipping: quoted(offer.shipping, declaration),
    ...shippingTo(offer.shippingTo, declaration),
    availability: offer.availability,
    condition: offer.condition,
    brand: offer.brand,
    gtin: offer.gtin === null ? null : identifyingGtin(offer.gtin),
    mpn: offer.mpn,
    sku: offer.sku,
    image: offer.image ?? card?.image ?? null,
  };
}

/** Whether more than the text of a page says its price; an amount among the text may be that of another product on it. */
function isDeclared({ evidence }: ExtractedOffer): boolean {
  const votes = evidence['price'] ?? [];
  return votes.some(({ source, confidence }) => source !== 'visible-price' && confidence === votes[0]?.confidence);
}

function shippingTo(quotes: ExtractedOffer['shippingTo'], declaration: Declared): Pick<CandidateOffer, 'shippingTo'> {
  const told = Object.entries(quotes ?? {}).flatMap(([country, quote]) => {
    const cost = quoted(quote, declaration);
    return cost === null ? [] : [[country, cost] as const];
  });
  return told.length === 0 ? {} : { shippingTo: Object.fromEntries(told) };
}

/** A page that tells no currency means the one that the shop's operator declared; otherwise there is no price. */
function quoted(price: QuotedPrice | null, declaration: Declared): Money | null {
  const currency = price?.currency ?? declaration.currency;
  return price === null || currency === undefined ? null : moneyFromDecimal(price.amount, currency);
}
