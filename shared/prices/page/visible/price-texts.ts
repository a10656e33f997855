import { type Element, isTag, isText, type ParentNode, type Text } from 'domhandler';
import { withAsciiDigits } from '../../price-text/characters.ts';
import { BLOCK_TAGS, collapse, isNear, UNSEEN_TAGS } from '../dom.ts';
import type { VisibleLayout } from './layout.ts';
import { COUNTED_PAYMENTS, namesCurrency, PRICE_IN_PROSE, SPAN_OF_TIME } from './price-words.ts';
import { AROUND } from './surroundings.ts';

/** A run of text that may show a price, and the smallest element that holds all of it. */
export interface PriceText {
  text: string;
  element: Element;
  /** The innermost element around its digits: names and styles of the amount stand there. */
  innermost: Element;
  /** Index of its first text among the page's texts. */
  at: number;
  /** The short text right before it, where it stands in the same part of the page: "Now", "RRP", "Shipping". */
  label: string;
  /** The short text right behind it, unless that is the label of the next amount: "ex. VAT", "off". */
  remark: string;
}
type UnplacedText = Pick<PriceText, 'text' | 'element'>;

/** A price with its label is no longer than this. */
const MAX_LENGTH = 40;
const MAX_LABEL_LENGTH = 40;
const MAX_PROSE_LENGTH = 400;
const MAX_CLIMB = 4;
/** Longer lists are cut off. */
const MAX_TEXTS = 1_000;
/** A price stands this far before and after the title, in texts. */
const BEFORE_TITLE = 80;
const AFTER_TITLE = 300;

const DIGIT = /\d/;
/** An amount alone: only the markup can say that it is a price. */
const BARE_AMOUNT = /^\D{0,3}\d{1,3}(?:[.,'’\s]?\d{3}){0,3}(?:[.,]\d{1,2})?\D{0,3}$/;
const AMOUNT = "\\d{1,3}(?:[.,'’\\s]?\\d{3})*(?:[.,]\\d{1,4})?";
const ONE_AMOUNT = new RegExp(`^\\D*${AMOUNT}\\D*$`);
/** The two ends of a range, whose currency may stand in another element. */
const AMOUNT_RANGE = new RegExp(`^\\D{0,3}${AMOUNT}\\s?[-–—~〜～]\\s?${AMOUNT}\\D{0,3}$`);
const MAX_CURRENCY_LENGTH = 6;
const CENTS_NAME = /cent|decimal|fraction|kop|grosz|penn|minor|pence|superscript/i;
/** Elements that set the minor units smaller or higher. */
const CENTS_ELEMENTS = new Set(['sup', 'sub', 'small']);

/** The texts around the title, or of the whole page, that may be prices, in document order. */
export function findPriceTexts(layout: VisibleLayout, where: 'title' | 'page' = 'title'): PriceText[] {
  const found: PriceText[] = [];
  const seen = new Set<Element>();
  const [before, after] = where === 'title' ? [BEFORE_TITLE, AFTER_TITLE] : [layout.texts.length, layout.texts.length];
  for (const { node, at, text } of layout.around(before, after, MAX_PROSE_LENGTH)) {
    if (found.length >= MAX_TEXTS) break;
    const parent = node.parent;
    if (!DIGIT.test(text) || !parent || !isTag(parent)) continue;
    const candidate = text.length <= MAX_LENGTH ? amountAt(text, parent, at, layout) : labelledIn(text, parent);
    if (!candidate || seen.has(candidate.element)) continue;
    seen.add(candidate.element);
    const { element } = candidate;
    found.push({
      ...candidate,
      innermost: parent,
      at,
      label: labelBefore(layout, at, element),
      remark: remarkAfter(layout, at, element),
    });
  }
  return found;
}

function labelledIn(prose: string, element: Element): UnplacedText | null {
  const text = PRICE_IN_PROSE.exec(prose)?.[1];
  return text !== undefined && DIGIT.test(text) && namesCurrency(text) ? { text, element } : null;
}

function labelBefore(layout: VisibleLayout, at: number, element: Element): string {
  let first = at - 1;
  while (isInside(layout.texts[first], element)) first -= 1;
  const before = layout.texts[first];
  const text = layout.line(first);
  if (!before || text.length > MAX_LABEL_LENGTH) return '';
  if (DIGIT.test(text.replace(PERCENTAGE, '').replace(SPAN_OF_TIME, '')) && !COUNTED_PAYMENTS.test(text)) return '';
  if (
    DIGIT.test(layout.line(first - 1)) &&
    isInside(layout.texts[first - 1], before.parent) &&
    !holds(before.parent, element)
  )
    return '';
  return isNear(before, element) ? text : '';
}

const PERCENTAGE = /\d+\s?%/;
const MAX_REMARK_LENGTH = 24;

function remarkAfter(layout: VisibleLayout, at: number, element: Element): string {
  let next = at + 1;
  while (isInside(layout.texts[next], element)) next += 1;
  const behind = layout.texts[next];
  const text = layout.line(next);
  if (!behind || text.length > MAX_REMARK_LENGTH || DIGIT.test(text) || text.endsWith(':')) return '';
  if (!isNear(behind, element)) return '';
  // "incl. VAT", "¥", "1,100": the words belong to the amount behind their currency.
  if (isCurrency(layout.line(next + 1)) && DIGIT.test(layout.line(next + 2))) return '';
  return !DIGIT.test(layout.line(next + 1)) ||
    (holds(behind.parent, element) && !isInside(layout.texts[next + 1], behind.parent))
    ? text
    : '';
}

function isInside(text: Text | undefined, element: ParentNode | null): boolean {
  return text !== undefined && holds(element, text);
}

/** Whether an element is or contains a node. */
function holds(element: ParentNode | null, node: Text | Element): boolean {
  if (element === null) return false;
  for (let at: ParentNode | null = isText(node) ? node.parent : node; at; at = at.parent)
    if (at === element) return true;
  return false;
}

/** A number among words is an amount only with its currency; alone it may have that beside it. */
function amountAt(text: string, parent: Element, at: number, layout: VisibleLayout): UnplacedText | null {
  return BARE_AMOUNT.test(text) || AMOUNT_RANGE.test(text) || namesCurrency(text) ? climb(parent, at, layout) : null;
}

/** From the digits outwards until the text names a currency, as long as it stays short and one amount. */
function climb(start: Element, at: number, layout: VisibleLayout): UnplacedText | null {
  let element = start;
  let bare: UnplacedText | null = null;
  for (let step = 0; step < MAX_CLIMB; step += 1) {
    const text = priceText(element);
    if (text === null) break;
    if (step > 0 && !ONE_AMOUNT.test(text) && !AMOUNT_RANGE.test(text)) return bare ?? beside(start, at, layout);
    if (namesCurrency(text)) return withMinorUnits(text, element);
    if (BARE_AMOUNT.test(text) && (layout.surroundings.of(element) & AROUND.price) !== 0) bare = { text, element };
    const parent = element.parent;
    if (!parent || !isTag(parent)) break;
    element = parent;
  }
  return bare;
}

/** Adds the minor units that stand in an element of their own beside it: `<b>$12</b><sup>99</sup>`, `<b>£3.</b>95`. */
function withMinorUnits(text: string, element: Element): UnplacedText {
  const parent = element.parent;
  if (!ENDS_WHOLE.test(text) || !parent || !isTag(parent)) return { text, element };
  const joined = priceText(parent);
  const isWhole = joined !== null && ONE_AMOUNT.test(joined) && /[.,]\d{2}(?!\d)/.test(joined);
  return isWhole && digitsOf(joined).slice(0, -2) === digitsOf(text)
    ? { text: joined, element: parent }
    : { text, element };
}

/** Digits, or a currency behind them, and a separator without minor units. */
const ENDS_WHOLE = /(?:^|[^\d.,])\d{1,3}(?:[.,'’\s]?\d{3})*(?:[.,]|\D{0,6})$/;

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** An amount among others in one element, with the currency in the text before or after it. */
function beside(element: Element, at: number, layout: VisibleLayout): UnplacedText | null {
  const amount = layout.line(at);
  const [before, after] = [layout.line(at - 1), layout.line(at + 1)];
  if (isCurrency(before)) return { text: `${before} ${amount}`, element };
  return isCurrency(after) ? { text: `${amount} ${after}`, element } : null;
}

function isCurrency(text: string): boolean {
  return text.length <= MAX_CURRENCY_LENGTH && !DIGIT.test(text) && namesCurrency(text);
}

/**
 * The text of a small element on one line, with the separator restored where the minor units stand in an element of
 * their own without one (`<b>12</b><sup>99</sup>`); null when it is too long for a price.
 */
export function priceText(element: Element): string | null {
  const parts = { text: '', length: 0 };
  return collectText(element, element, parts) ? withAsciiDigits(collapse(parts.text)) : null;
}

function collectText(parent: Element, root: Element, parts: { text: string; length: number }): boolean {
  for (const child of parent.children) {
    if (isText(child)) {
      const data = child.data.trim();
      parts.length += data.length;
      if (parts.length > MAX_LENGTH) return false;
      if (isMinorUnits(data, parent, root, parts.text)) parts.text = joinMinorUnits(parts.text.trimEnd(), data);
      else parts.text += child.data;
    } else if (isTag(child) && !UNSEEN_TAGS.has(child.name)) {
      if (!collectText(child, root, parts)) return false;
      if (BLOCK_TAGS.has(child.name)) parts.text += ' ';
    }
  }
  return true;
}

/** Whether two digits are the minor units of the amount before them, which may end in its separator or its currency. */
function isMinorUnits(data: string, parent: Element, root: Element, before: string): boolean {
  if (!/^\d{2}$/.test(data) || !WHOLE_BEFORE.test(before)) return false;
  const isSmaller = CENTS_ELEMENTS.has(parent.name) || CENTS_NAME.test(parent.attribs.class ?? '');
  if (isSmaller || /\d[.,]\s*$/.test(before)) return isSmaller || !/\d\s[.,]\s*$/.test(before);
  return parent !== root && /\d$/.test(before);
}

/** An amount without minor units, with or without what ends it. */
const WHOLE_BEFORE = /(?:^|[^\d.,])\d{1,4}(?:[.,\s]\d{3})*(?:[.,]|\s?[\p{L}\p{Sc}.]{1,4})?\s*$/u;

/** `12` + `99` → `12.99`; `3.` + `95` → `3.95`; `819 €` + `95` → `819.95 €`. */
function joinMinorUnits(whole: string, cents: string): string {
  const [, amount = whole, separator = '', currency = ''] = /^(.*\d)([.,]?)(.*)$/s.exec(whole) ?? [];
  return `${amount}${separator || '.'}${cents}${currency}`;
}
