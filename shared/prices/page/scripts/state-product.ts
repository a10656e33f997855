import type { Availability, ProductVariant, QuotedPrice } from '../../offer.ts';
import { collapse } from '../dom.ts';
import { type QuoteContext, quoteDeclaredPrice } from '../price-quote.ts';
import { plainCode, validGtin } from '../product-code.ts';
import { availabilityFromName } from '../structured/schema-org/availability.ts';
import { plainText } from '../structured/schema-org/properties.ts';
import type { Ballot } from '../vote.ts';
import { isJsonObject, type Json, type JsonObject } from './lenient-json.ts';

/** Keys, in lower case without separators, under which shops' own data keeps what an offer needs. */
const KEYS = {
  name: 'name title productname producttitle displayname itemname fullname longname productdisplayname',
  price:
    'saleprice salesprice finalprice currentprice sellingprice specialprice offerprice nowprice discountedprice actualprice price priceamount pricevalue productprice itemprice pricenumeric unitsaleprice priceinfo prices pricing',
  listPrice:
    'listprice originalprice regularprice oldprice wasprice compareatprice msrp rrp fullprice strikeprice retailprice priceold oldpricevalue',
  currency: 'currency currencycode pricecurrency currencyiso currencyisocode',
  sku: 'sku skucode productsku itemsku productcode itemnumber articlenumber productnumber stockcode partnumber itemcode',
  id: 'productid id itemid skuid articleid code',
  brand: 'brand brandname itembrand productbrand manufacturer manufacturername vendor producer designer',
  gtin: 'gtin gtin13 gtin14 gtin12 gtin8 ean ean13 upc barcode isbn',
  mpn: 'mpn modelnumber manufacturerpartnumber mfrpartnumber partno',
  state: 'availability stockstatus stocklevelstatus availabilitystatus inventorystatus stockstate productavailability',
  inStock: 'instock isinstock available isavailable availableforsale isavailableforsale purchasable isbuyable buyable',
  outOfStock: 'soldout issoldout outofstock isoutofstock',
  image: 'image imageurl mainimage featuredimage thumbnail',
} as const;
type Key = keyof typeof KEYS;

const KEY_SETS = Object.fromEntries(Object.entries(KEYS).map(([key, names]) => [key, names.split(' ')])) as Record<
  Key,
  string[]
>;
const NAME_KEYS: ReadonlySet<string> = new Set(KEY_SETS.name);
/** Inside a price object. */
const AMOUNT_KEYS = [
  'sales',
  'sale',
  'current',
  'now',
  'final',
  'value',
  'amount',
  'price',
  'min',
  'current_price',
  'raw',
];

const MAX_NODES = 200_000;
const MAX_DEPTH = 30;

/** The objects in a page's data that bear the product's name, those that say most first. */
export function findStateProducts(values: readonly Json[], isTitle: (name: string) => boolean): StateObject[] {
  const names = new KeyNames();
  const found: { fields: StateObject; richness: number }[] = [];
  let nNodes = 0;
  const visit = (value: Json, depth: number): void => {
    nNodes += 1;
    if (nNodes > MAX_NODES || depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const member of value) visit(member, depth + 1);
      return;
    }
    let isNamed = false;
    for (const key in value) {
      const inner = value[key] ?? null;
      if (typeof inner === 'string') isNamed ||= NAME_KEYS.has(names.of(key)) && isTitle(inner);
      else visit(inner, depth + 1);
    }
    if (!isNamed) return;
    const fields = fieldsOf(value, names);
    found.push({ fields, richness: richnessOf(fields) });
  };
  for (const value of values) visit(value, 0);
  return found
    .filter(({ richness }) => richness > 0)
    .sort((a, b) => b.richness - a.richness)
    .map(({ fields }) => fields);
}

/** An object's values by key in lower case without separators. */
export type StateObject = ReadonlyMap<string, Json>;

/** Keys repeat throughout a page's data: each is brought to its plain form once. */
class KeyNames {
  readonly #names = new Map<string, string>();

  of(key: string): string {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = key.replace(/[_\-\s]/g, '').toLowerCase();
      this.#names.set(key, name);
    }
    return name;
  }
}

function fieldsOf(object: JsonObject, names: KeyNames): Map<string, Json> {
  const fields = new Map<string, Json>();
  for (const key of Object.keys(object)) {
    const name = names.of(key);
    if (!fields.has(name)) fields.set(name, object[key] ?? null);
  }
  return fields;
}

/** How many of the fields that matter an object has. */
function richnessOf(fields: ReadonlyMap<string, Json>): number {
  let richness = 0;
  for (const key of ['price', 'sku', 'id', 'brand', 'currency', 'state', 'inStock'] as const) {
    if (KEY_SETS[key].some((name) => fields.has(name))) richness += key === 'price' ? 2 : 1;
  }
  return richness;
}

/** Votes for what one object of a page's data says; `trust` falls with its rank. */
export function voteOnStateProduct(ballot: Ballot, fields: StateObject, context: QuoteContext, trust: number): void {
  const first = firstOf(fields);
  const text = (key: Key): string | null => textOf(first(key));
  const inCents = isShopifyProduct(fields);
  const quoting = { ...context, currencyHint: text('currency') ?? context.currencyHint ?? null };
  const price = priceOf(first('price'), quoting, inCents, 0);
  ballot.add('price', price, rawOf(first('price')), trust);
  ballot.add('listPrice', priceOf(first('listPrice'), quoting, inCents, 0), rawOf(first('listPrice')), trust * 0.7);
  const brand = text('brand');
  ballot.add('brand', brand !== null && brand.length <= 60 ? brand : null, brand ?? '', trust);
  ballot.add('sku', plainCode(text('sku')), text('sku') ?? '', trust);
  ballot.add('sku', plainCode(text('id')), text('id') ?? '', trust * 0.5);
  ballot.add('gtin', validGtin(text('gtin')), text('gtin') ?? '', trust);
  ballot.add('mpn', plainCode(text('mpn')), text('mpn') ?? '', trust);
  ballot.add('availability', availabilityOf(first), rawOf(first('state') ?? first('inStock')), trust * 0.7);
  const variants = variantsOf(fields, quoting, inCents);
  if (variants.length > 1) ballot.add('variants', variants, `${variants.length} variants`, trust);
}

function firstOf(fields: StateObject): (key: Key) => Json | undefined {
  return (key) => {
    for (const name of KEY_SETS[key]) {
      const value = fields.get(name);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  };
}

const MAX_VARIANTS = 250;

/** The sizes and colours that a product's data lists, as Shopify's does: each with a price or a number of its own. */
function variantsOf(fields: StateObject, context: QuoteContext, inCents: boolean): ProductVariant[] {
  const listed = fields.get('variants');
  if (!Array.isArray(listed)) return [];
  const names = new KeyNames();
  return listed
    .slice(0, MAX_VARIANTS)
    .filter(isJsonObject)
    .map((variant) => {
      const first = firstOf(fieldsOf(variant, names));
      return {
        title: textOf(first('name')),
        price: priceOf(first('price'), context, inCents, 0),
        availability: availabilityOf(first),
        sku: plainCode(textOf(first('sku'))),
        gtin: validGtin(textOf(first('gtin'))),
      };
    })
    .filter(({ price, sku }) => price !== null || sku !== null);
}

function availabilityOf(first: (key: Key) => Json | undefined): Availability | null {
  const state = first('state');
  const named = typeof state === 'string' ? availabilityFromName(state) : null;
  if (named !== null) return named;
  const inStock = first('inStock');
  if (typeof inStock === 'boolean') return inStock ? 'InStock' : 'OutOfStock';
  const soldOut = first('outOfStock');
  return typeof soldOut === 'boolean' ? (soldOut ? 'OutOfStock' : 'InStock') : null;
}

/** Shopify's product JSON has prices in hundredths of the currency unit. */
function isShopifyProduct(fields: ReadonlyMap<string, Json>): boolean {
  const variants = fields.get('variants');
  if (!Array.isArray(variants) || !(fields.has('handle') || fields.has('gid'))) return false;
  return variants.every((variant) => isJsonObject(variant) && Number.isInteger(variant.price));
}

function priceOf(value: Json | undefined, context: QuoteContext, inCents: boolean, depth: number): QuotedPrice | null {
  if (typeof value === 'number') return quoteDeclaredPrice(inCents ? value / 100 : value, context);
  if (typeof value === 'string') return value.length > 40 ? null : quoteDeclaredPrice(value, context);
  if (!isJsonObject(value) || depth > 2) return null;
  const fields = fieldsOf(value, new KeyNames());
  const currency = KEY_SETS.currency.map((key) => fields.get(key)).find((code) => typeof code === 'string');
  const inside = typeof currency === 'string' ? { ...context, currencyHint: currency } : context;
  for (const key of [...AMOUNT_KEYS, ...KEY_SETS.price]) {
    const price = priceOf(fields.get(key.replace(/_/g, '')), inside, inCents, depth + 1);
    if (price) return price;
  }
  return null;
}

function textOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return plainText(value) || null;
  if (typeof value === 'number') return String(value);
  if (isJsonObject(value)) return textOf(value.name ?? value.title ?? value.label ?? value.value);
  return null;
}

function rawOf(value: Json | undefined): string {
  return value === undefined
    ? ''
    : collapse(typeof value === 'object' ? JSON.stringify(value).slice(0, 200) : String(value));
}
