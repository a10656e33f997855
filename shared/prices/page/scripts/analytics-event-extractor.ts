import type { Extractor } from '../extractor.ts';
import { quoteDeclaredPrice } from '../price-quote.ts';
import { plainCode } from '../product-code.ts';
import { Ballot } from '../vote.ts';
import { isJsonObject, type JsonObject, readJsonAt } from './lenient-json.ts';

/** How an event tells the product's price and number, and that it is a view of one product. */
interface EventForm {
  /** Whether the mark is a key of the object itself; otherwise the object follows it. */
  isKey: boolean;
  price: string;
  id: readonly string[];
  isView: (event: JsonObject) => boolean;
}

const always = (): boolean => true;
const saysProduct = (key: string) => (event: JsonObject) => /product|offerdetail/i.test(String(event[key] ?? ''));

/** By their marks: the pixel of Facebook, the remarketing of Google (retail, then dynamic), and the events of GA 4. */
const FORMS: Record<string, EventForm> = {
  ViewContent: { isKey: false, price: 'value', id: ['content_ids', 'content_id'], isView: always },
  ecomm_totalvalue: {
    isKey: true,
    price: 'ecomm_totalvalue',
    id: ['ecomm_prodid'],
    isView: saysProduct('ecomm_pagetype'),
  },
  dynx_totalvalue: { isKey: true, price: 'dynx_totalvalue', id: ['dynx_itemid'], isView: saysProduct('dynx_pagetype') },
  view_item: { isKey: false, price: 'value', id: [], isView: (event) => 'currency' in event },
};
/** One search for all marks: a page is long, and each search goes through all of it. */
const MARKS = /ViewContent|(?:ecomm|dynx)_totalvalue|view_item(?=['"])/g;
const MAX_EVENTS = 10;
/** The object begins this near to its mark, and is no longer than this. */
const REACH = 400;
const MAX_LENGTH = 2_000;

/** The viewed product as the page reports it to advertisers and to analytics. */
export const analyticsEvent: Extractor = {
  name: 'analytics-event',
  fills: ['price'],
  vote({ html, country }) {
    const ballot = new Ballot();
    let nEvents = 0;
    for (const { 0: mark, index } of html.matchAll(MARKS)) {
      nEvents += 1;
      if (nEvents > MAX_EVENTS) break;
      const form = FORMS[mark];
      const event = form ? eventAt(html, index, form.isKey) : null;
      if (!form || event === null || !form.isView(event)) continue;
      const amount = single(event[form.price]);
      const currency = typeof event.currency === 'string' ? event.currency : null;
      if (amount !== null) {
        ballot.add('price', quoteDeclaredPrice(amount, { currencyHint: currency, country }), `${mark} ${amount}`, 0.7);
      }
      const id = form.id.map((key) => single(event[key])).find((value) => value !== null);
      if (id != null) ballot.add('sku', plainCode(String(id)), `${mark} ${id}`, 0.35);
    }
    return ballot.votes;
  },
};

function eventAt(html: string, at: number, isKey: boolean): JsonObject | null {
  const start = isKey ? html.lastIndexOf('{', at) : html.indexOf('{', at);
  if (start < 0 || Math.abs(start - at) > REACH) return null;
  const literal = readJsonAt(html.slice(start, start + MAX_LENGTH), 0);
  return literal && isJsonObject(literal.value) ? literal.value : null;
}

/** A number or a text, alone or as the only member of a list. */
function single(value: JsonObject[string] | undefined): string | number | null {
  const inner = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof inner === 'number' || (typeof inner === 'string' && inner !== '') ? inner : null;
}
