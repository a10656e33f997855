import { wordOverlap } from '../../word-overlap.ts';
import { textOf } from './properties.ts';
import type { SchemaObject } from './schema-object.ts';

const PRODUCT_TYPES = new Set(
  (
    'Product ProductGroup ProductModel IndividualProduct SomeProducts Vehicle Car Motorcycle Book Drug ' +
    'SoftwareApplication MobileApplication WebApplication VideoGame MusicAlbum Movie Course'
  ).split(' '),
);
/** Only types under `Product` say by themselves that the page sells the thing; the others need an offer. */
const SOLD_BY_TYPE = /^(?:Product|.*Products?|ProductGroup|ProductModel|Vehicle|Car|Motorcycle|Drug)$/;

/** Properties that lead to other products than the page's own. */
const ELSEWHERE = new Set(
  (
    'isRelatedTo isSimilarTo isAccessoryOrSparePartFor isConsumableFor itemListElement review reviews itemReviewed ' +
    'hasVariant isVariantOf relatedLink related_products significantLink potentialAction breadcrumb publisher author ' +
    'offers seller brand manufacturer'
  ).split(' '),
);
const MAX_DEPTH = 6;

/** What else the page says of its product: used to choose when structured data describes several. */
export interface ProductHint {
  /** The address of the page, or empty. */
  url: string;
  /** The page's title or heading, or empty. */
  title: string;
}

/**
 * The product that a page is about among the things it describes, with `certain` false when several fit as well; null
 * when no product is described.
 */
export function findProduct(
  objects: readonly SchemaObject[],
  hint: ProductHint,
): { product: SchemaObject; certain: boolean; nProducts: number } | null {
  const products = collectProducts(objects);
  const [first, ...others] = products;
  if (!first) return null;
  if (others.length === 0) return { product: first, certain: true, nProducts: 1 };
  const ranked = products
    .map((product, index) => ({ product, score: likeness(product, hint) - index * 0.01 }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked as [(typeof ranked)[0], (typeof ranked)[0]];
  const sameName = textOf(best.product, 'name') === textOf(second.product, 'name');
  return { product: best.product, certain: sameName || best.score - second.score >= 1, nProducts: products.length };
}

/** Products in document order, without those that belong to other things. */
export function collectProducts(objects: readonly SchemaObject[]): SchemaObject[] {
  const found: SchemaObject[] = [];
  const seen = new Set<SchemaObject>();
  const visit = (object: SchemaObject, depth: number): void => {
    if (seen.has(object) || depth > MAX_DEPTH) return;
    seen.add(object);
    if (isProduct(object)) {
      found.push(object);
      return;
    }
    for (const [name, values] of object.properties) {
      if (ELSEWHERE.has(name)) continue;
      for (const value of values) if (typeof value === 'object') visit(value, depth + 1);
    }
  };
  for (const object of objects) visit(object, 0);
  return found.filter((product) => product.properties.size > 1);
}

function isProduct(object: SchemaObject): boolean {
  if (!object.types.some((type) => PRODUCT_TYPES.has(type))) return false;
  return object.types.some((type) => SOLD_BY_TYPE.test(type)) || object.properties.has('offers');
}

/** How well a described product fits the page: by address, by name, and by how much is said of it. */
function likeness(product: SchemaObject, hint: ProductHint): number {
  let score = product.properties.has('offers') ? 1 : 0;
  const address = textOf(product, 'url') ?? product.id;
  if (hint.url !== '' && address !== null && samePath(address, hint.url)) score += 2;
  const name = textOf(product, 'name');
  if (name !== null && hint.title !== '') score += 2 * wordOverlap(name, hint.title);
  return score + Math.min(product.properties.size, 10) * 0.05;
}

function samePath(reference: string, pageUrl: string): boolean {
  const page = URL.parse(pageUrl);
  const target = page ? URL.parse(reference, page.href) : null;
  return target !== null && page !== null && target.pathname === page.pathname;
}
