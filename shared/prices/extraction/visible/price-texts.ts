import { type Element, isTag, isText, type Text } from 'domhandler';
import { collapse, isNear, UNSEEN_TAGS } from '../dom.ts';

/** A run of text that may show a price, and the smallest element that holds all of it. */
export interface PriceText {
  text: string;
  element: Element;
  /** Index of its first text among the page's texts. */
  at: number;
  /** The short text right before it, where it stands in the same part of the page: "Now", "RRP", "Shipping". */
  label: string;
}

/** A price with its label is no longer than this. */
const MAX_LENGTH = 40;
const MAX_CLIMB = 4;
/** Pages show fewer prices than this before it is a list of other products. */
const MAX_CANDIDATES = 300;

/** Signs and words that make a number a price. Codes and words only beside a digit, so that prose does not match. */
const CURRENCY =
  /[$€£¥₹₽₩₺₴₫฿₪₱₦₸₼₾₡₲]|(?<!\p{L})(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|czk|huf|ron|rub|uah|try|inr|pkr|jpy|cny|rmb|krw|brl|mxn|ars|clp|cop|pen|zar|aed|sar|ils|thb|vnd|idr|myr|sgd|hkd|twd|php|nzd|bgn|hrk|egp|ngn|kes|mad|kzt|rs|kr|zł|zl|kč|ft|lei|ron|руб|р|грн|тг|лв|din|kn|rm|rp|tl|nt|hk|us|au|円|元|원|บาท|դր|dhs?|sfr|fr|eu|евро)(?!\p{L})|,-|円|元|원/iu;
const DIGIT = /\d/;
const CENTS_NAME = /cent|decimal|fraction|kop|grosz|penn|minor|pence|superscript/i;

/** The texts of a page that may be prices, in document order. */
export function findPriceTexts(texts: readonly Text[], isPriceNamed: (element: Element) => boolean): PriceText[] {
  const found: PriceText[] = [];
  const seen = new Set<Element>();
  for (let at = 0; at < texts.length && found.length < MAX_CANDIDATES; at += 1) {
    const node = texts[at]!;
    if (node.data.length > 400 || !DIGIT.test(node.data)) continue;
    const parent = node.parent;
    if (!parent || !isTag(parent)) continue;
    const candidate = climb(parent, isPriceNamed) ?? labelledIn(node, parent);
    if (!candidate || seen.has(candidate.element)) continue;
    seen.add(candidate.element);
    found.push({ ...candidate, at, label: labelBefore(texts, at, candidate.element) });
  }
  return found;
}

/** "Price" before an amount in running text, which is too long to be taken whole. */
const PRICE_LABEL =
  /(?<!\p{L})(?:price|preis|prix|precio|preço|prezzo|cena|prijs|pris|hinta|preț|pret|цена|ціна|fiyat|ár|価格|价格|價格|售价|售價|가격|giá|ราคา)(?:\s*\([^)]{0,20}\))?\s*[:：]\s*(.{1,30})/iu;

function labelledIn(node: Text, element: Element): Omit<PriceText, 'at' | 'label'> | null {
  const text = PRICE_LABEL.exec(node.data)?.[1];
  return text !== undefined && DIGIT.test(text) && CURRENCY.test(text) ? { text: collapse(text), element } : null;
}

const MAX_LABEL_LENGTH = 40;
function labelBefore(texts: readonly Text[], at: number, element: Element): string {
  const before = texts[at - 1];
  if (!before || before.data.length > 4 * MAX_LABEL_LENGTH) return '';
  const text = collapse(before.data);
  return text.length <= MAX_LABEL_LENGTH && !DIGIT.test(text) && isNear(before, element) ? text : '';
}

/** From the digits outwards until the text names a currency, as long as it stays short. */
function climb(start: Element, isPriceNamed: (element: Element) => boolean): Omit<PriceText, 'at' | 'label'> | null {
  let element = start;
  let best: Omit<PriceText, 'at' | 'label'> | null = null;
  for (let step = 0; step < MAX_CLIMB; step += 1) {
    const text = priceText(element);
    if (text === null) break;
    if (CURRENCY.test(text)) return { text, element };
    if (best === null && isPriceNamed(element) && text.length <= 20) best = { text, element };
    const parent = element.parent;
    if (!parent || !isTag(parent)) break;
    element = parent;
  }
  return best;
}

/**
 * The text of a small element on one line, with the separator restored where the minor units stand raised without one
 * (`<b>12</b><sup>99</sup>`); null when it is too long for a price.
 */
function priceText(element: Element): string | null {
  const parts: string[] = [];
  let length = 0;
  const collect = (parent: Element): boolean => {
    for (const child of parent.children) {
      if (isText(child)) {
        const data = child.data;
        if (data.length > MAX_LENGTH && data.trim().length > MAX_LENGTH) return false;
        const isCents =
          /^\s*\d{2}\s*$/.test(data) &&
          followsWholeAmount(parts) &&
          (isRaised(parent) || (parent !== element && /\d$/.test(parts.join(''))));
        const part = isCents ? `.${data.trim()}` : data;
        parts.push(part);
        length += part.trim().length;
        if (length > MAX_LENGTH) return false;
      } else if (isTag(child) && !UNSEEN_TAGS.has(child.name)) {
        if (!collect(child)) return false;
        if (child.name === 'div' || child.name === 'p' || child.name === 'br' || child.name === 'li') parts.push(' ');
      }
    }
    return true;
  };
  return collect(element) ? collapse(parts.join('')) : null;
}

/** Digits without a separator end directly before. */
function followsWholeAmount(parts: readonly string[]): boolean {
  return (
    /(?:^|[^\d.,])\d{1,4}(?:[.,\s]\d{3})*$/.test(parts.join('').trimEnd()) &&
    !/[.,]\d{1,2}$/.test(parts.join('').trimEnd())
  );
}

function isRaised({ name, attribs }: Element): boolean {
  return name === 'sup' || CENTS_NAME.test(attribs.class ?? '');
}
