import type { Extractor } from '../extractor.ts';
import { quoteDeclaredPrice } from '../price-quote.ts';
import { plainCode } from '../product-code.ts';
import { isJsonObject, type Json, type JsonObject, readJsonAt } from '../syntax/lenient-json.ts';
import { Ballot } from '../vote.ts';

/** Where shops report to advertisers which product is viewed: the mark, and the keys of price, currency and number. */
interface EventForm {
  /** Found in the page's text before or inside the object that holds the values. */
  mark: string;
  price: readonly string[];
  id: readonly string[];
  /** What the object must say for it to be a view of one product. */
  isView: (event: JsonObject) => boolean;
}

const FORMS: readonly EventForm[] = [
  { mark: 'ViewContent', price: ['value'], id: ['content_ids', 'content_id'], isView: () => true },
  {
    mark: 'ecomm_totalvalue',
    price: ['ecomm_totalvalue'],
    id: ['ecomm_prodid'],
    isView: (event) => /product|offerdetail/i.test(String(event.ecomm_pagetype ?? '')),
  },
  {
    mark: 'dynx_totalvalue',
    price: ['dynx_totalvalue'],
    id: ['dynx_itemid'],
    isView: (event) => /offerdetail|product/i.test(String(event.dynx_pagetype ?? '')),
  },
  { mark: 'view_item"', price: ['value'], id: ['item_id'], isView: (event) => 'currency' in event },
  { mark: "view_item'", price: ['value'], id: ['item_id'], isView: (event) => 'currency' in event },
];

/** The object stands this near to its mark. */
const REACH = 400;
const MAX_LENGTH = 2_000;

/** The viewed product as the page reports it to advertising pixels and analytics. */
export const analyticsEvent: Extractor = {
  name: 'analytics-event',
  vote({ html, country }) {
    const ballot = new Ballot();
    for (const { mark, price, id, isView } of FORMS) {
      const event = eventAt(html, mark);
      if (event === null || !isView(event)) continue;
      const amount = first(event, price);
      const context = { currencyHint: text(event.currency ?? null), country };
      if (amount !== null) ballot.add('price', quoteDeclaredPrice(amount, context), `${mark} ${amount}`, 0.7);
      const number = first(event, id);
      if (number !== null) ballot.add('sku', plainCode(String(number)), `${mark} ${number}`, 0.35);
    }
    return ballot.votes;
  },
};

/** The object literal around or after the first mark. */
function eventAt(html: string, mark: string): JsonObject | null {
  const at = html.indexOf(mark);
  if (at < 0) return null;
  // The older forms are keys of the object itself, the newer ones name an event whose object follows.
  const start = mark.endsWith('totalvalue') ? html.lastIndexOf('{', at) : html.indexOf('{', at);
  if (start < 0 || Math.abs(start - at) > REACH) return null;
  const literal = readJsonAt(html.slice(start, start + MAX_LENGTH), 0);
  return literal && isJsonObject(literal.value) ? literal.value : null;
}

function first(event: JsonObject, keys: readonly string[]): string | number | null {
  for (const key of keys) {
    const value = event[key];
    const single = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
    if (typeof single === 'number' || (typeof single === 'string' && single !== '')) return single;
  }
  return null;
}

function text(value: Json): string | null {
  return typeof value === 'string' ? value : null;
}
