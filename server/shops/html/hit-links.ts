import type { Element } from 'domhandler';
import type { ListedOffer } from '../../../shared/prices/offer.ts';
import { linkOf } from '../../../shared/prices/page/cards/card-link.ts';
import { ancestorsOf, readableText, walkElements } from '../../../shared/prices/page/dom.ts';
import type { Page } from '../../../shared/prices/page/page.ts';
import { findPriceTexts } from '../../../shared/prices/page/visible/price-texts.ts';
import { isRelevant } from '../../../shared/prices/relevance/relevance.ts';

/** Parts of a page that are the same whatever was searched for. */
const FRAME_TAGS: ReadonlySet<string> = new Set(['nav', 'header', 'footer', 'aside', 'form']);
const FRAME_ROLES: ReadonlySet<string> = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'search']);
/** Between a hit's link and the element that also holds its name and price stand no more elements than this. */
const MAX_LEVELS = 4;
/** Characters of the text around a link and a price that are looked at for the name. */
const MAX_ROW_LENGTH = 500;
/** Each costs the shop a request, and where there are no repeated cards there are only a few hits. */
const MAX_HIT_LINKS = 4;

/**
 * Where the hits of a search may be when they do not stand in repeated cards, as the only hit of a search does not:
 * links in the page's own content that name what was asked for. The likeliest first: those beside a price, then those
 * of most words, as products have longer names than their categories. Their pages then tell whether they are products.
 */
export function findHitLinks(page: Page, query: string): ListedOffer[] {
  const holdsPrice = new Set(
    findPriceTexts(page.layout, 'page').flatMap(({ element }) => [element, ...ancestorsOf(element)]),
  );
  const found = new Map<string, { hit: ListedOffer; hasPrice: boolean; nWords: number }>();
  const mains: Element[] = [];
  walkElements(page.document, (element) => {
    if (element.name === 'main' || element.attribs.role === 'main') mains.push(element);
    return undefined;
  });
  for (const root of mains.length > 0 ? mains : [page.document]) {
    walkElements(root, (element) => {
      if (FRAME_TAGS.has(element.name) || FRAME_ROLES.has(element.attribs.role ?? '')) return false;
      if (element.name !== 'a' || element.attribs.href === undefined) return undefined;
      const around = namedAround(element, page.baseUrl, query, holdsPrice);
      if (around === null || isSameSearch(around.url, page.url)) return undefined;
      const known = found.get(around.url);
      const hasPrice = holdsPrice.has(around.element) || known?.hasPrice === true;
      const nWords = Math.max(around.title.split(/\s+/).length, known?.nWords ?? 0);
      const hit = known?.hit ?? { title: around.title, url: around.url, price: null, image: null };
      found.set(around.url, { hit, hasPrice, nWords });
      return undefined;
    });
  }
  return [...found.values()]
    .sort((a, b) => Number(b.hasPrice) - Number(a.hasPrice) || b.nWords - a.nWords)
    .slice(0, MAX_HIT_LINKS)
    .map(({ hit }) => hit);
}

interface NamedElement {
  element: Element;
  title: string;
  /** Where its link leads. */
  url: string;
}

/**
 * The largest element around a link that leads nowhere else and is named as what was asked for. The name is what the
 * innermost such element says: the ones around it only tell whether a price stands beside it.
 */
function namedAround(
  link: Element,
  baseUrl: string,
  query: string,
  holdsPrice: ReadonlySet<Element>,
): NamedElement | null {
  let outermost = link;
  let url: string | null = null;
  let title: string | undefined;
  for (const element of [link, ...ancestorsOf(link).slice(0, MAX_LEVELS)]) {
    if (element.name === 'body' || element.name === 'main') break;
    const found = linkOf(element, baseUrl);
    if (found === null && element === link) continue;
    if (found === null || (url !== null && found.url !== url)) break;
    const texts = [found.title, ...(holdsPrice.has(element) ? linesOf(element) : [])];
    title ??= texts.find((text) => isRelevant(query, { title: text }));
    if (title === undefined) continue;
    outermost = element;
    url = found.url;
  }
  return title === undefined || url === null ? null : { element: outermost, title, url };
}

/** A link may say no more than "Details", and the name stand beside it, in a row with the price. */
function linesOf(element: Element): string[] {
  return readableText(element, MAX_ROW_LENGTH).split('\n');
}

/** The search itself, sorted or paged in another way: the same path with all that was asked. */
export function isSameSearch(address: string, searchAddress: string): boolean {
  const url = new URL(address);
  const search = new URL(searchAddress);
  if (url.origin !== search.origin || !url.pathname.endsWith(search.pathname)) return false;
  return [...search.searchParams].every(([name, value]) => url.searchParams.get(name) === value);
}
