import { type Element, isTag, type ParentNode } from 'domhandler';
import type { QuotedPrice } from '../../offer.ts';
import { alternatives, wordsOf } from '../../words/compile.ts';
import { lineText, walkElements } from '../dom.ts';
import type { Page } from '../page.ts';
import { quoteVisiblePrice } from '../visible/price-candidates.ts';
import { findPriceTexts, type PriceText } from '../visible/price-texts.ts';
import { GROSS_WORDS, NET_WORDS, OLD_PRICE_WORDS, SIDE_MONEY_WORDS } from '../visible/price-words.ts';
import { FREE_SENDING } from '../visible/shipping-words.ts';
import { AROUND } from '../visible/surroundings.ts';
import { type CardLink, linkOf } from './card-link.ts';

/** One of the repeated cards of a list page. */
export interface Card {
  /** The largest element that holds this card alone. */
  element: Element;
  link: CardLink;
  price: QuotedPrice | null;
}

/** Between a price and the card that holds it stand no more elements than this. */
const MAX_CARD_LEVELS = 12;
/** Cards are repeated: fewer alike ones are a teaser. */
const MIN_ALIKE = 2;
const MAX_CARDS = 1_000;
const NOT_A_PRICE = AROUND.struck | AROUND.shipping | AROUND.sideMoney | AROUND.perUnit;

/**
 * The cards of the largest group of alike elements that each hold a product's link, its name and, most of them, a price.
 * Found from the prices outwards: a card is the smallest element around a price that also holds a titled link.
 */
export function findCards(page: Page): Card[] {
  // Prices that stand side by side share their ancestors.
  const links = new Map<Element, CardLink | null>();
  const linkIn = (element: Element): CardLink | null => {
    let link = links.get(element);
    if (link === undefined) {
      link = linkOf(element, page.baseUrl);
      links.set(element, link);
    }
    return link;
  };
  const priced = new Map<Element, { link: CardLink; texts: PriceText[] }>();
  for (const text of findPriceTexts(page.layout, 'page')) {
    if ((page.layout.surroundings.of(text.element) & AROUND.navigation) !== 0) continue;
    // A badge such as "-20%" stands further out than the prices.
    if (quoteVisiblePrice(text.text, page.country) === null) continue;
    const found = cardAround(text.element, linkIn);
    if (!found) continue;
    const known = priced.get(found.element);
    if (known) known.texts.push(text);
    else priced.set(found.element, { link: found.link, texts: [text] });
  }
  const groups = Map.groupBy(priced.keys(), shapeOf);
  const largest = [...groups.values()]
    .map((elements) => ({ elements, n: countAddresses(elements, priced), isOwn: isOwnList(elements, page) }))
    .filter(({ n }) => n >= MIN_ALIKE)
    .sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.n - a.n)[0]?.elements;
  if (!largest) return [];
  const elements = alikeElements(page, largest).slice(0, MAX_CARDS);
  const whole = wholeCards(elements, page.baseUrl);
  const cards = elements.flatMap((element): Card[] => {
    const known = priced.get(element);
    const link = known?.link ?? linkOf(element, page.baseUrl);
    const price = known ? priceOf(known.texts, page) : null;
    return link ? [{ element: whole.get(element) ?? element, link, price }] : [];
  });
  return [...new Map(cards.map((card) => [card.link.url, card])).values()];
}

function cardAround(
  start: Element,
  linkIn: (element: Element) => CardLink | null,
): { element: Element; link: CardLink } | null {
  let element: Element = start;
  for (let level = 0; level < MAX_CARD_LEVELS; level += 1) {
    const link = linkIn(element);
    if (link) return { element, link };
    const parent = element.parent;
    if (!parent || !isTag(parent) || parent.name === 'body') return null;
    element = parent;
  }
  return null;
}

/** Elements of one shape are of one kind: same tag, same first class names, same parent's shape. */
function shapeOf(element: Element): string {
  const parent = element.parent && isTag(element.parent) ? element.parent : null;
  return `${namesOf(parent)} > ${namesOf(element)}`;
}

/** Class names that carry numbers, states or modifiers (`card--new`) differ from card to card. */
function namesOf(element: Element | null): string {
  if (!element) return '';
  const names = [
    ...new Set((element.attribs.class ?? '').split(/\s+/).map((name) => name.replace(/--.*$/, ''))),
  ].filter(
    (name) =>
      name !== '' &&
      !/\d|active|first|last|odd|even|hover|current|sponsor|sale|sold|stock|promo|featured|discount/.test(name),
  );
  return `${element.name}.${names.slice(0, 2).join('.')}`;
}

/** Not what a page recommends beside its own list, nor the ranges of prices to filter it by. */
function isOwnList(cards: readonly Element[], page: Page): boolean {
  const nOthers = cards.filter((card) => (page.layout.surroundings.of(card) & AROUND.elsewhere) !== 0).length;
  const nRanges = cards.filter((card) => PRICE_RANGE.test(lineText(card, MAX_RANGE_LENGTH))).length;
  return Math.max(nOthers, nRanges) <= cards.length / 2;
}

const MAX_RANGE_LENGTH = 40;

/** `Under $20.00`, `$20.00 - $40.00 (12)`. */
const PRICE_RANGE = new RegExp(
  `^(?:${alternatives(wordsOf(({ rangeStart }) => rangeStart))})\\s\\D{0,4}\\d[^(]*(?:\\(\\d+\\))?$|` +
    '^\\D{0,4}\\d[\\d.,]*\\D{0,5}\\s?[-–]\\s?\\D{0,4}\\d[\\d.,]*\\D{0,5}(?:\\(\\d+\\))?$',
  'iu',
);

function countAddresses(elements: readonly Element[], priced: ReadonlyMap<Element, { link: CardLink }>): number {
  return new Set(elements.map((element) => priced.get(element)?.link.url)).size;
}

/** The priced cards and those of the same shape beside them without a price, in document order. */
function alikeElements(page: Page, cards: readonly Element[]): Element[] {
  const [first] = cards;
  if (!first) return [];
  const shape = shapeOf(first);
  const known = new Set(cards);
  const lists = new Set(cards.flatMap((card) => [card.parent, card.parent?.parent]));
  const isBeside = ({ parent }: Element): boolean => lists.has(parent) || lists.has(parent?.parent);
  const alike: Element[] = [];
  walkElements(page.document, (element) => {
    const isAlike = element.name === first.name && isBeside(element) && shapeOf(element) === shape;
    if (known.has(element) || isAlike) alike.push(element);
    return undefined;
  });
  return alike;
}

/** For each card the largest element that holds no other and leads to its product alone: pictures often stand there. */
function wholeCards(cards: readonly Element[], baseUrl: string): Map<Element, Element> {
  const nCards = new Map<Element, number>();
  for (const card of cards) {
    for (let at: ParentNode | null = card; at && isTag(at); at = at.parent) nCards.set(at, (nCards.get(at) ?? 0) + 1);
  }
  const whole = new Map<Element, Element>();
  for (const card of cards) {
    let largest = card;
    for (let at = card.parent; at && isTag(at) && nCards.get(at) === 1; at = at.parent) {
      if (linkOf(at, baseUrl) === null) break;
      largest = at;
    }
    whole.set(card, largest);
  }
  return whole;
}

/** Of the amounts on a card the one that is asked: with tax, not struck, not by the kilogram; of several the lowest. */
function priceOf(texts: readonly PriceText[], page: Page): QuotedPrice | null {
  const quotes = texts.flatMap((text) => {
    const price = quoteVisiblePrice(text.text, page.country);
    if (price === null) return [];
    const around = page.layout.surroundings.of(text.innermost);
    const words = [text.label, text.text, text.remark].filter((part) => !FREE_SENDING.test(part)).join(' ');
    const isOther =
      (around & NOT_A_PRICE) !== 0 ||
      SIDE_MONEY_WORDS.test(words) ||
      OLD_PRICE_WORDS.test(`${text.label} ${text.text}`) ||
      NET_WORDS.test(words);
    return [
      {
        price,
        isOther: isOther || (around & AROUND.old) !== 0,
        isGross: GROSS_WORDS.test(words),
        isPerUnit: (around & AROUND.perUnit) !== 0,
      },
    ];
  });
  const gross = quotes.filter(({ isGross }) => isGross);
  const asked = gross.length > 0 ? gross : quotes.filter(({ isOther }) => !isOther);
  const prices = (asked.length > 0 ? asked : quotes)
    .map(({ price }) => price)
    .sort((a, b) => Number(a.amount) - Number(b.amount));
  // Of "3.50 / unit" and "0.70 each", which are all that the card has, the pack is asked.
  return (quotes.every(({ isPerUnit }) => isPerUnit) ? prices.at(-1) : prices[0]) ?? null;
}
