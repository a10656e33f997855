import { identifyingGtin } from '../../shared/prices/matching/gtin.ts';
import { type Money, moneyFromDecimal } from '../../shared/prices/money/money.ts';
import { parsePriceText } from '../../shared/prices/price-text/parse-price-text.ts';
import type { ProductRecord } from '../store/store.ts';

const MAX_ID_CHARACTERS = 128;
const MAX_TITLE_CHARACTERS = 500;

/** One product from the fields of a catalogue, by the names of Google's product data specification, or why it is none. */
export function readProduct(fields: Record<string, string>, source: string): ProductRecord | string {
  const id = (fields['id'] ?? fields['item_id'] ?? fields['product_id'] ?? '').trim();
  const title = (fields['title'] ?? fields['name'] ?? '').trim();
  if (id === '') return 'no id';
  if (id.length > MAX_ID_CHARACTERS) return `the id is longer than ${MAX_ID_CHARACTERS} characters`;
  if (title === '') return 'no title';
  return {
    id,
    title: title.slice(0, MAX_TITLE_CHARACTERS),
    brand: field(fields, 'brand'),
    category: lastOfPath(
      field(fields, 'product_type') ?? field(fields, 'category') ?? field(fields, 'google_product_category'),
    ),
    description: field(fields, 'description'),
    gtin: identifyingGtin(fields['gtin'] ?? ''),
    mpn: field(fields, 'mpn'),
    image: httpUrl(field(fields, 'image_link') ?? field(fields, 'image')),
    listPrice: readListPrice(field(fields, 'price'), field(fields, 'currency')),
    source,
  };
}

function field(fields: Record<string, string>, name: string): string | null {
  const text = fields[name]?.trim();
  return text === undefined || text === '' ? null : text;
}

/** `Home > Kitchen > Kettles` → `Kettles` */
function lastOfPath(category: string | null): string | null {
  return category?.split('>').at(-1)?.trim() || null;
}

function httpUrl(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

/** Why a product has no price although its row names one; null where it has one, or none is named. */
export function priceProblem(
  { listPrice }: ProductRecord,
  fields: Record<string, string>,
): { reason: string; value: string } | null {
  const value = field(fields, 'price');
  if (listPrice !== null || value === null) return null;
  const { amount, currency } = parsePrice(value, field(fields, 'currency'));
  if (amount === null) return { reason: 'the price is not a number', value };
  return { reason: currency === null ? 'the price names no currency' : 'the price is not an amount of money', value };
}

function readListPrice(text: string | null, currency: string | null): Money | null {
  if (text === null) return null;
  const price = parsePrice(text, currency);
  return price.amount === null || price.currency === null ? null : moneyFromDecimal(price.amount, price.currency);
}

/** What programs write, and no shop: 1E+03, 0x10. Of such a number the first digits would pass for the price. */
const OTHER_NOTATION = /\de[+-]?\d|\b0x[\da-f]/i;

function parsePrice(text: string, currency: string | null): { amount: string | null; currency: string | null } {
  const price = parsePriceText(text, { currencyHint: currency });
  return OTHER_NOTATION.test(text) ? { ...price, amount: null } : price;
}
