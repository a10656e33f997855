import type { Element } from 'domhandler';
import { attribute, lineText, resolveUrl, walkElements } from '../dom.ts';

/** Where a card leads and what it calls the product. */
export interface CardLink {
  title: string;
  /** Absolute. */
  url: string;
}

/** Links of a card that do not lead to its product. */
const OTHER_ADDRESS =
  /(?:^|[/?&_-])(?:cart|basket|wishlist|wish-list|compare|login|signin|account|add-to|addtocart|review|checkout|share)(?:$|[/?&=_.-])|^(?:javascript|mailto|tel):|^#/i;
const TITLE_NAME = /title|name|heading|caption/i;
const MIN_TITLE_LENGTH = 3;
const MAX_TITLE_LENGTH = 300;
/** Larger elements hold more than one card. */
const MAX_LINKS = 30;

/**
 * The product's link and name in an element: the name from a heading, an element named for it, the longest link text, or
 * the picture's alternative text. Null when there is no such link, or when the element leads to several products.
 */
export function linkOf(element: Element, baseUrl: string): CardLink | null {
  const links: Element[] = element.name === 'a' ? [element] : [];
  let heading: string | null = null;
  let named: string | null = null;
  let pictured: string | null = null;
  walkElements(element, (inner) => {
    if (inner.name === 'a' && inner.attribs.href !== undefined) links.push(inner);
    if (/^h[1-6]$/.test(inner.name)) heading ??= titleIn(lineText(inner, MAX_TITLE_LENGTH));
    else if (TITLE_NAME.test(inner.attribs.class ?? '') || inner.attribs.itemprop === 'name') {
      named ??= titleIn(lineText(inner, MAX_TITLE_LENGTH));
    } else if (inner.name === 'img') pictured ??= titleIn(inner.attribs.alt ?? '');
    return links.length <= MAX_LINKS;
  });
  const products = links.filter((link) => !OTHER_ADDRESS.test(link.attribs.href ?? ''));
  const addresses = new Set(
    products.map((link) => resolveUrl(attribute(link, 'href'), baseUrl)?.replace(/[?#].*$/, '')),
  );
  addresses.delete(undefined);
  const [first] = products;
  if (!first || addresses.size === 0 || addresses.size > 2) return null;
  const linked = products
    .map((link) => titleIn(attribute(link, 'title') ?? lineText(link, MAX_TITLE_LENGTH)))
    .reduce((longest, text) => ((text?.length ?? 0) > (longest?.length ?? 0) ? text : longest), null);
  const title = heading ?? named ?? linked ?? pictured;
  const url = resolveUrl(attribute(first, 'href'), baseUrl);
  return title === null || url === null ? null : { title, url };
}

/** A text that may be a product's name: words, not a price alone. */
function titleIn(text: string): string | null {
  const trimmed = text.trim();
  return trimmed.length >= MIN_TITLE_LENGTH && /\p{L}{3}|\p{Script=Han}{2}|\p{Script=Hangul}{2}/u.test(trimmed)
    ? trimmed
    : null;
}
