import type { Element, ParentNode } from 'domhandler';
import type { PageKind } from '../offer.ts';
import { type Card, findCards } from './cards/find-cards.ts';
import { lineText } from './dom.ts';
import { rank } from './model/rank.ts';
import type { Page } from './page.ts';
import { listFromSchemaObjects } from './structured/schema-org/item-list.ts';
import {
  BLOCK_MARKUP,
  BLOCK_PHRASES,
  CONSENT_PHRASES,
  GONE_PHRASES,
  NO_SUCH_PAGE,
  NOTHING_FOUND,
  SERVICE_HEADING,
} from './visible/page-phrases.ts';
import { confidenceIn, findPriceCandidates } from './visible/price-candidates.ts';
import { AROUND, OF_OTHERS } from './visible/surroundings.ts';
import type { CastVote } from './vote.ts';
import { wordOverlap } from './word-overlap.ts';

/** Walls say little: pages with more visible text than this many characters are behind one, or are none. */
const MAX_WALL_LENGTH = 2_500;
/** Headings and first texts in which a page says what it is. */
const MAX_OPENING_TEXTS = 40;
const MAX_HEADING_LENGTH = 160;
/** So many repeated cards make a list, unless the page says clearly that it is about one product. */
const MIN_LIST_CARDS = 4;
/** A price this sure that stands in no card is that of the page's own product, even without a button. */
const CERTAIN_PRICE = 0.9;
/** So few make one where the page shows no other amount: a search that found two. */
const MIN_FEW_CARDS = 2;
/** Share of a card's name in the heading from which the page is about that product. */
const SAME_NAME = 0.8;
/** A product has one number of the shop's, or two; so many are those of several. */
const MIN_LIST_NUMBERS = 3;
/** From here on a visible price beside a buy button is that of a product page. */
const SURE_PRICE = 0.5;
const STRUCTURED = new Set(['json-ld', 'microdata', 'rdfa', 'selectors']);

/**
 * What kind of page this is. A page that describes its product in structured data is a product page; bot walls, consent
 * walls and empty results are recognised by what they say where there is little else; repeated cards make a list.
 */
export function kindOfPage(page: Page, votes: readonly CastVote[]): PageKind {
  const isDescribed = votes.some(
    ({ source, vote }) => STRUCTURED.has(source) && (vote.field === 'price' || vote.field === 'title'),
  );
  if (isDescribed) return 'product';
  const price = rank('price', votes)[0]?.probability ?? 0;
  const { buy, title } = page.layout.anchors;
  const sells = price >= SURE_PRICE && buy !== null && !buy.ofOthers && title !== null;
  const wall = sells ? null : wallKind(page);
  if (wall !== null) return wall;
  if (NO_SUCH_PAGE.test(page.titleText) || NO_SUCH_PAGE.test(page.layout.title ?? '')) return 'empty';
  if (/^(?:og:)?product/i.test(page.outline.meta.get('og:type') ?? '')) return 'product';
  if (!sells && saysEmpty(page)) return 'empty';
  if (!sells && SERVICE_HEADING.test(page.layout.title ?? '')) return 'unknown';
  const nNumbers = new Set(
    votes.flatMap(({ source, vote }) => (source === 'labelled-values' && vote.field === 'sku' ? [vote.value] : [])),
  ).size;
  const isNumbered = votes.some(({ source, vote }) => source === 'labelled-values' && vote.field !== 'brand');
  if ((!isNumbered || nNumbers >= MIN_LIST_NUMBERS) && showsList(page, price)) return 'list';
  if (!sells && !isNumbered && isAboutSomethingElse(page)) return 'unknown';
  return price > 0 || isNumbered ? 'product' : 'unknown';
}

const ARTICLE = /article|posting$|^(?:review|recipe|faqpage|howto|profilepage|aboutpage|contactpage)$/i;

/** Whether a page calls itself an article or the like, or is the home page: amounts on it are those of what it mentions. */
function isAboutSomethingElse(page: Page): boolean {
  if (/^article/i.test(page.outline.meta.get('og:type') ?? '')) return true;
  if (URL.parse(page.url)?.pathname === '/') return true;
  return page.jsonLd.some(({ types }) => types.some((type) => ARTICLE.test(type)));
}

/** Whether the page's own content is repeated cards: not what it recommends beside a product that it sells itself. */
function showsList(page: Page, price: number): boolean {
  const cards = findCards(page).filter(
    ({ element }) => (page.layout.surroundings.of(element) & AROUND.elsewhere) === 0,
  );
  if (listFromSchemaObjects(page.jsonLd, {}, page.baseUrl).length >= MIN_LIST_CARDS) return true;
  const { buy } = page.layout.anchors;
  if (cards.length < MIN_FEW_CARDS) return false;
  if (buy === null && price >= CERTAIN_PRICE && hasOwnPrice(cards, page)) return false;
  if (cards.length < MIN_LIST_CARDS && !holdsAllPrices(cards, page)) return false;
  return buy === null || cards.some(({ element }) => contains(element, buy.element));
}

function hasOwnPrice(cards: readonly Card[], page: Page): boolean {
  const [best] = findPriceCandidates(page).toSorted((a, b) => confidenceIn(b) - confidenceIn(a));
  return best !== undefined && !cards.some(({ element }) => contains(element, best.element));
}

/** Whether every amount near the heading stands in one of the cards, and none of them is what the heading names. */
function holdsAllPrices(cards: readonly Card[], page: Page): boolean {
  const title = page.layout.title ?? '';
  if (cards.some(({ link }) => wordOverlap(link.title, title) >= SAME_NAME)) return false;
  return findPriceCandidates(page).every(
    ({ element, around }) => (around & OF_OTHERS) !== 0 || cards.some((card) => contains(card.element, element)),
  );
}

function contains(outer: Element, inner: Element): boolean {
  for (let at: ParentNode | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

function wallKind(page: Page): PageKind | null {
  const { texts } = page.outline;
  let length = 0;
  for (let at = 0; at < texts.length && length <= MAX_WALL_LENGTH; at += 1) length += texts[at]!.data.trim().length;
  if (length > MAX_WALL_LENGTH) return null;
  const said = openingOf(page);
  if (said.some((text) => BLOCK_PHRASES.test(text)) || BLOCK_MARKUP.test(page.html)) return 'block';
  return said.some((text) => CONSENT_PHRASES.test(text)) ? 'consent' : null;
}

function saysEmpty(page: Page): boolean {
  return openingOf(page).some((text) => NOTHING_FOUND.test(text) || GONE_PHRASES.test(text));
}

/** The title, the headings and the first short texts. */
function openingOf(page: Page): string[] {
  const headings = page.outline.headings.slice(0, MAX_OPENING_TEXTS);
  const texts = page.outline.texts.slice(0, MAX_OPENING_TEXTS).map((_, at) => page.layout.line(at));
  return [page.titleText, ...headings.map(({ element }) => lineText(element, MAX_HEADING_LENGTH)), ...texts];
}
