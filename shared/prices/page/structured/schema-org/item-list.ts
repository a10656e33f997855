import type { ListedOffer } from '../../../offer.ts';
import { resolveUrl } from '../../dom.ts';
import type { QuoteContext } from '../../price-quote.ts';
import { collectProducts } from './find-product.ts';
import { offersOf } from './offers.ts';
import { imageAddress, objectsOf, textOf } from './properties.ts';
import type { SchemaObject } from './schema-object.ts';

/** A list has at least so many members; fewer are a product and its maker's other one. */
const MIN_MEMBERS = 2;
const MAX_DEPTH = 4;

/** The products that structured data lists (`ItemList`, or several products side by side), in its order. */
export function listFromSchemaObjects(
  objects: readonly SchemaObject[],
  context: QuoteContext,
  baseUrl: string,
): ListedOffer[] {
  const listed = objects.flatMap((object) => itemsOf(object, 0));
  const members = listed.length >= MIN_MEMBERS ? listed : collectProducts(objects);
  if (members.length < MIN_MEMBERS) return [];
  const offers = members.flatMap((member): ListedOffer[] => {
    const title = textOf(member, 'name');
    const url = resolveUrl(textOf(member, 'url') ?? member.id, baseUrl);
    if (title === null || url === null) return [];
    const price = offersOf(member, context).find((offer) => offer.price !== null)?.price ?? null;
    return [{ title, url, price, image: resolveUrl(imageAddress(member), baseUrl) }];
  });
  return [...new Map(offers.map((offer) => [offer.url, offer])).values()];
}

/** The things that an `ItemList` holds, also inside the page that it is the main part of; breadcrumbs are none. */
function itemsOf(object: SchemaObject, depth: number): SchemaObject[] {
  if (depth > MAX_DEPTH || object.types.includes('BreadcrumbList')) return [];
  const items = objectsOf(object, 'itemListElement').map((element) => {
    const [item] = objectsOf(element, 'item');
    return item ?? element;
  });
  if (items.length > 0) return items;
  return objectsOf(object, 'mainEntity').flatMap((inner) => itemsOf(inner, depth + 1));
}
