import type { Element, ParentNode } from 'domhandler';
import { alternatives, wordsOf } from '../../words/compile.ts';
import { availabilityFromText } from '../availability-phrases.ts';
import { attribute, collapse, lineText, resolveUrl, walkElements, walkTexts } from '../dom.ts';
import { wordOverlap } from '../word-overlap.ts';

/** Where a card leads and what it calls the product. */
export interface CardLink {
  title: string;
  /** Absolute. */
  url: string;
}

/** Links of a card that do not lead to its product. */
const OTHER_ADDRESS =
  /(?:^|[/?&_#-])(?:cart|basket|wishlist|wish-list|compare|login|signin|account|add-to|addtocart|reviews?|checkout|share)(?:$|[/?&=_.-])|^(?:javascript|mailto|tel):|^#/i;
const TITLE_NAME = /title|name|heading|caption/i;
const MIN_TITLE_LENGTH = 3;
const MAX_TITLE_LENGTH = 300;
/** A stock state is no longer than this; a longer text that holds such words is a name. */
const MAX_STATE_LENGTH = 30;
const LEADING_PRICE = /^(?:\p{Sc}\s?[\d.,\s]*\d|\d[\d.,\s]*\s?\p{Sc})\s*/u;
const AMOUNT_OF_MONEY = /\p{Sc}\s?\d|\d\s?\p{Sc}/u;
/** `List: $49.99` and `4.5 out of 5 stars` stand in links too, and are no names. */
const LABELLED_PRICE = /^[\p{L} .]{0,20}[:：]?\s*(?:\p{Sc}\s?[\d.,\s]*\d|\d[\d.,\s]*\s?\p{Sc})[\s*]*$/u;
const RATING = new RegExp(
  `^\\d(?:[.,]\\d)?\\s*(?:${alternatives(wordsOf(({ ratingOf }) => ratingOf))}|/)\\s*(?:5|10)(?![\\d"″])`,
  'iu',
);
/** Larger elements hold more than one card. */
const MAX_LINKS = 30;

/**
 * The product's link and name in an element: the name from a heading, an element named for it, the longest link text, or
 * the picture's alternative text; the link is that of the heading, where it has one. Null when there is no such link, or
 * when the element leads to several products.
 */
export function linkOf(element: Element, baseUrl: string): CardLink | null {
  const links: Element[] = element.name === 'a' ? [element] : [];
  const headings: Element[] = [];
  let heading: string | null = null;
  let named: string | null = null;
  let pictured: string | null = null;
  walkElements(element, (inner) => {
    if (inner.name === 'a' && inner.attribs.href !== undefined) links.push(inner);
    if (/^h[1-6]$/.test(inner.name)) {
      heading ??= titleIn(lineText(inner, MAX_TITLE_LENGTH));
      headings.push(inner);
    } else if (TITLE_NAME.test(inner.attribs.class ?? '') || inner.attribs.itemprop === 'name') {
      named ??= titleIn(lineText(inner, MAX_TITLE_LENGTH));
    } else if (inner.name === 'img') pictured ??= titleIn(inner.attribs.alt ?? '');
    return links.length <= MAX_LINKS;
  });
  const products = links.filter((link) => !OTHER_ADDRESS.test(link.attribs.href ?? ''));
  const ofHeadings = products.filter((link) => headings.some((inner) => holds(inner, link) || holds(link, inner)));
  const first = ofHeadings[0] ?? products[0];
  const [nAddresses, nOfHeadings] = [countAddresses(products, baseUrl), countAddresses(ofHeadings, baseUrl)];
  if (!first || nAddresses === 0 || (nOfHeadings === 1 ? nAddresses > MAX_ADDRESSES : nAddresses > 2)) return null;
  const linked = products
    .map((link) => titleIn(attribute(link, 'title') ?? nameInLink(link)))
    .reduce((longest, text) => ((text?.length ?? 0) > (longest?.length ?? 0) ? text : longest), null);
  const title = heading ?? named ?? linked ?? pictured;
  const url = resolveUrl(attribute(first, 'href'), baseUrl);
  return title === null || url === null ? null : { title, url };
}

/** Beside its product a card may lead to its maker, to questions and to the account. */
const MAX_ADDRESSES = 6;

function countAddresses(links: readonly Element[], baseUrl: string): number {
  const addresses = new Set(links.map((link) => resolveUrl(attribute(link, 'href'), baseUrl)?.replace(/[?#].*$/, '')));
  addresses.delete(undefined);
  return addresses.size;
}

function holds(outer: Element, inner: Element): boolean {
  for (let at: ParentNode | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/**
 * The name in a link that holds a whole card, beside price, place and date: the line that shares most words with the
 * link's address, the longest of such, and rather one that names no amount ("incl. € 0.12 recycling fee").
 */
function nameInLink(link: Element): string {
  const address = (link.attribs.href ?? '').replace(/[?#].*$/, '');
  let best = '';
  let bestScore = Number.NEGATIVE_INFINITY;
  walkTexts(link, (data) => {
    const line = collapse(data);
    const money = AMOUNT_OF_MONEY.test(line) ? -1 : 0;
    const score = money + 2 * wordOverlap(address, line) + Math.min(line.length, MAX_TITLE_LENGTH) / MAX_TITLE_LENGTH;
    if (line !== '' && score > bestScore) {
      best = line;
      bestScore = score;
    }
  });
  return best.slice(0, MAX_TITLE_LENGTH);
}

/** A text that may be a product's name: words, no stock state, and without the price that a link's text may begin with. */
function titleIn(text: string): string | null {
  const trimmed = text.replace(LEADING_PRICE, '').trim();
  if (trimmed.length < MIN_TITLE_LENGTH || !/\p{L}{3}|\p{Script=Han}{2}|\p{Script=Hangul}{2}/u.test(trimmed))
    return null;
  if (LABELLED_PRICE.test(trimmed) || RATING.test(trimmed)) return null;
  return trimmed.length <= MAX_STATE_LENGTH && availabilityFromText(trimmed) !== null ? null : trimmed;
}
