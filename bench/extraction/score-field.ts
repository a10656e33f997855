import type { ExtractedOffer, ListedOffer } from '../../shared/prices/offer.ts';
import { extractList } from '../../shared/prices/page/extract-list.ts';
import { extractOfferFromPage } from '../../shared/prices/page/extract-offer.ts';
import { Page } from '../../shared/prices/page/page.ts';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import type { Accepted, FieldCase, FieldList } from './field.ts';
import { sameNumber, sameText } from './score.ts';

/** Whether an answer is among the accepted ones. */
export function isAccepted(answer: string | null, accepted: Accepted, same = sameText): boolean {
  return [accepted]
    .flat()
    .some((truth) => (truth === null || answer === null ? truth === answer : same(answer, truth)));
}

/** The fields of a case that were answered otherwise than expected, each as `field: answer`; none when it is right. */
export function faultsOf(given: FieldCase): string[] {
  const { html, url = '', input, expected } = given;
  if (input !== undefined) {
    const { amount } = parsePriceText(input.price, { currencyHint: input.currency });
    return isAccepted(amount, expected.amount ?? null, sameNumber) ? [] : [`amount: ${amount}`];
  }
  const page = new Page(html ?? '', url);
  const { kind, offer } = extractOfferFromPage(page);
  const ofItems = given.items ? itemFaults(extractList(page), given.items) : [];
  const ofFields = Object.entries(expected).flatMap(([field, accepted]) => {
    const answer = field === 'kind' ? kind : answerOf(offer, field);
    const same = field === 'price' || field === 'listPrice' ? sameNumber : sameText;
    return isAccepted(answer, accepted, same) ? [] : [`${field}: ${answer}`];
  });
  return [...ofFields, ...ofItems];
}

function itemFaults(found: readonly ListedOffer[], expected: NonNullable<FieldCase['items']>): string[] {
  const right = expected.filter(({ title, price, currency }) =>
    found.some(
      (offer) =>
        sameText(offer.title, title) &&
        offer.price !== null &&
        sameNumber(offer.price.amount, price) &&
        offer.price.currency === currency,
    ),
  );
  return right.length === expected.length && found.length === expected.length
    ? []
    : [`items: ${found.map(({ title, price }) => `${title} ${price?.amount} ${price?.currency}`).join('; ')}`];
}

/** What was answered for a field that a truth names, as text. */
export function answerOf(offer: ExtractedOffer, field: string): string | null {
  switch (field) {
    case 'price':
      return offer.price?.amount ?? null;
    case 'currency':
      return offer.price?.currency ?? null;
    case 'listPrice':
      return offer.listPrice?.amount ?? null;
    case 'title':
    case 'availability':
    case 'brand':
    case 'sku':
    case 'gtin':
    case 'mpn':
      return offer[field];
    default:
      throw new Error(`the field ${field} is not one that pages are labelled with`);
  }
}

/** An offer counts as found where one with its price and currency has its address or most of its title. */
export function scoreList(list: FieldList): { nVisible: number; nFound: number; nRight: number; found: ListedOffer[] } {
  const page = new Page(list.html, '');
  const { kind } = extractOfferFromPage(page);
  const found = kind === 'list' ? extractList(page).filter(({ price }) => price !== null) : [];
  const waiting = [...list.items];
  let nRight = 0;
  for (const offer of found) {
    const index = waiting.findIndex(
      ({ title, price, url }) =>
        sameNumber(offer.price?.amount ?? '', price) &&
        offer.price?.currency === list.currency &&
        (isSameTitle(offer.title, title) || (url !== undefined && pathOf(offer.url) === pathOf(url))),
    );
    if (index < 0) continue;
    waiting.splice(index, 1);
    nRight += 1;
  }
  return { nVisible: list.items.length, nFound: found.length, nRight, found };
}

function isSameTitle(a: string, b: string): boolean {
  const [one, other] = [a, b].map((title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
  return one !== undefined && other !== undefined && (one.startsWith(other) || other.startsWith(one));
}

function pathOf(address: string): string {
  return URL.parse(address, 'https://shop.example/')?.pathname ?? address;
}
