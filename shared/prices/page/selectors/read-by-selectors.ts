import type { Cheerio, CheerioAPI } from 'cheerio/slim';
import { type AnyNode, isTag } from 'domhandler';
import type { ListedOffer } from '../../offer.ts';
import { availabilityFromText } from '../availability-phrases.ts';
import { lineText, resolveUrl } from '../dom.ts';
import type { Page } from '../page.ts';
import { type QuoteContext, quotePriceText } from '../price-quote.ts';
import { plainCode, validGtin } from '../product-code.ts';
import { availabilityFromName, conditionFromName } from '../structured/schema-org/availability.ts';
import { priceText } from '../visible/price-texts.ts';
import { Ballot, type Vote } from '../vote.ts';
import type { FieldSelector, SelectorDeclaration } from './selector-declaration.ts';

/** Confidence in a declared selector, above all else: its operator has looked at the page. */
const CONFIDENCE = 0.98;
/** Longer text is not what a declared pattern is meant for, and could make it slow. */
const MAX_TEXT_LENGTH = 2_000;
/** Read when the declaration names no attribute and the element has no text. */
const VALUE_ATTRIBUTES = ['content', 'value', 'href', 'src', 'data-src'];

/** The votes of declared selectors on one product page. */
export function voteBySelectors(page: Page, selectors: NonNullable<SelectorDeclaration['product']>): Vote[] {
  const ballot = new Ballot();
  const context: QuoteContext = { country: page.country };
  const read = (field: FieldSelector | undefined, reading?: Reading): string | null =>
    field === undefined ? null : readField(page.$, page.$.root(), field, reading);

  const title = read(selectors.title);
  ballot.add('title', title, title ?? '', CONFIDENCE);
  const price = read(selectors.price, AMOUNT);
  ballot.add('price', price === null ? null : quotePriceText(price, context), price ?? '', CONFIDENCE);
  const listPrice = read(selectors.list_price, AMOUNT);
  ballot.add('listPrice', listPrice === null ? null : quotePriceText(listPrice, context), listPrice ?? '', CONFIDENCE);
  const shipping = read(selectors.shipping, AMOUNT);
  ballot.add('shipping', shipping === null ? null : quotePriceText(shipping, context), shipping ?? '', CONFIDENCE);
  const stock = read(selectors.availability);
  const availability = stock === null ? null : (availabilityFromName(stock) ?? availabilityFromText(stock));
  ballot.add('availability', availability, stock ?? '', CONFIDENCE);
  const condition = read(selectors.condition);
  ballot.add('condition', condition === null ? null : conditionFromName(condition), condition ?? '', CONFIDENCE);
  const sku = read(selectors.sku);
  ballot.add('sku', plainCode(sku), sku ?? '', CONFIDENCE);
  const mpn = read(selectors.mpn);
  ballot.add('mpn', plainCode(mpn), mpn ?? '', CONFIDENCE);
  const gtin = read(selectors.gtin);
  ballot.add('gtin', validGtin(gtin), gtin ?? '', CONFIDENCE);
  const brand = read(selectors.brand);
  ballot.add('brand', brand, brand ?? '', CONFIDENCE);
  const image = read(selectors.image, { attributes: ['src', 'data-src', 'content', 'href'] });
  ballot.add('image', resolveUrl(image, page.baseUrl), image ?? '', CONFIDENCE);
  return ballot.votes;
}

/** The cards of a list page by declared selectors; a card without a link or a title is left out. */
export function listBySelectors(page: Page, selectors: NonNullable<SelectorDeclaration['list']>): ListedOffer[] {
  const { $ } = page;
  const offers: ListedOffer[] = [];
  for (const node of $(selectors.item).toArray()) {
    const card = $(node);
    const link = selectors.link
      ? readField($, card, selectors.link, { attributes: ['href'] })
      : (card.attr('href') ?? card.find('a[href]').first().attr('href') ?? null);
    const url = resolveUrl(link, page.baseUrl);
    const title = selectors.title
      ? readField($, card, selectors.title)
      : lineText(card.find('a[href], h1, h2, h3, h4').get(0) ?? node);
    if (url === null || !title) continue;
    const price = selectors.price ? readField($, card, selectors.price, AMOUNT) : null;
    const image = selectors.image
      ? readField($, card, selectors.image, { attributes: ['src', 'data-src'] })
      : (card.find('img').attr('src') ?? null);
    offers.push({
      title,
      url,
      price: price === null ? null : quotePriceText(price, { country: page.country }),
      image: resolveUrl(image, page.baseUrl),
    });
  }
  return offers;
}

/** How the value of a field stands in its element. */
interface Reading {
  /** Read before the text. */
  attributes?: readonly string[];
  /** The text on one line. */
  text?: (node: AnyNode) => string;
}

/** An amount whose cents may stand raised, without a separator: `<b>7</b><sup>99</sup>`. */
const AMOUNT: Reading = {
  text: (node) => (isTag(node) ? priceText(node) : null) ?? lineText(node, MAX_TEXT_LENGTH),
};

/**
 * The first non-empty value of a declared field inside `scope`. Without a declared attribute the text is read, or the
 * first of `attributes` when these are given (or when there is no text).
 */
function readField(
  $: CheerioAPI,
  scope: Cheerio<AnyNode>,
  field: FieldSelector,
  { attributes = [], text: textOf = (node) => lineText(node, MAX_TEXT_LENGTH) }: Reading = {},
): string | null {
  const { selector, attribute, pattern } = typeof field === 'string' ? { selector: field } : field;
  for (const node of scope.find(selector).toArray()) {
    const element = $(node);
    const sources = attribute === undefined ? attributes : [attribute];
    const values = sources.map((name) => element.attr(name));
    if (attribute === undefined) values.push(textOf(node));
    if (attribute === undefined) values.push(...VALUE_ATTRIBUTES.map((name) => element.attr(name)));
    const text = values.find((value) => value !== undefined && value.trim() !== '')?.trim();
    const value = text === undefined ? null : applyPattern(text, pattern);
    if (value !== null) return value;
  }
  return null;
}

function applyPattern(text: string, pattern: string | undefined): string | null {
  if (pattern === undefined) return text;
  const match = new RegExp(pattern, 'u').exec(text.slice(0, MAX_TEXT_LENGTH));
  return match ? (match[1] ?? match[0]).trim() || null : null;
}
