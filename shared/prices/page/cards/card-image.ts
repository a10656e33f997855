import type { Element } from 'domhandler';
import { attribute, resolveUrl, walkElements } from '../dom.ts';

/** Attributes that hold a picture's address: those of lazy loading first, since `src` then holds a placeholder. */
const SOURCES = ['data-src', 'data-lazy-src', 'data-original', 'data-lazy', 'src'];

/** Some shops put `true` into such attributes. */
const ADDRESS = /[./]/;

/** The absolute address of the first picture in an element; null when it has none. */
export function imageOf(element: Element, baseUrl: string): string | null {
  let image: string | null = null;
  walkElements(element, (inner) => {
    if (image === null && (inner.name === 'img' || inner.name === 'source')) image = addressOf(inner, baseUrl);
    return image === null;
  });
  return image;
}

function addressOf(picture: Element, baseUrl: string): string | null {
  for (const name of SOURCES) {
    const reference = attribute(picture, name);
    const address = reference !== null && ADDRESS.test(reference) ? resolveUrl(reference, baseUrl) : null;
    if (address !== null) return address;
  }
  const first = (attribute(picture, 'srcset') ?? attribute(picture, 'data-srcset'))?.split(/,\s|\s/)[0];
  return resolveUrl(first, baseUrl);
}
