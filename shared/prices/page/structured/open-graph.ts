import type { Document } from 'domhandler';
import { walkElements } from '../dom.ts';

/** OpenGraph properties in document order, and the prefixes that the page declares for them. */
export interface OpenGraph {
  namespace: Record<string, string>;
  properties: [name: string, content: string][];
}

const NAMESPACES: Record<string, string> = {
  og: 'http://ogp.me/ns#',
  music: 'http://ogp.me/ns/music#',
  video: 'http://ogp.me/ns/video#',
  article: 'http://ogp.me/ns/article#',
  book: 'http://ogp.me/ns/book#',
  product: 'http://ogp.me/ns/product#',
  profile: 'http://ogp.me/ns/profile#',
};

/**
 * The OpenGraph data of a page (ogp.me): `<meta property="prefix:name">` of every prefix that is declared or one of the
 * protocol's own; null where there is none.
 */
export function readOpenGraph(document: Document): OpenGraph | null {
  const declared = declaredPrefixes(document);
  const known = { ...NAMESPACES, ...declared };
  const used = { ...declared };
  const properties: [string, string][] = [];
  walkElements(document, (element) => {
    if (element.name !== 'meta') return undefined;
    const property = element.attribs.property ?? '';
    const prefix = property.slice(0, Math.max(0, property.indexOf(':')));
    const namespace = Object.hasOwn(known, prefix) ? known[prefix] : undefined;
    if (namespace === undefined || element.attribs.content === undefined) return undefined;
    used[prefix] = namespace;
    properties.push([property, element.attribs.content]);
    return undefined;
  });
  return properties.length > 0 ? { namespace: used, properties } : null;
}

/** `prefix="og: http://ogp.me/ns# …"` on `html` and `head`. */
function declaredPrefixes(document: Document): Record<string, string> {
  const prefixes: Record<string, string> = {};
  walkElements(document, (element) => {
    if (element.name === 'html' || element.name === 'head') {
      for (const [, prefix, address] of (element.attribs.prefix ?? '').matchAll(/(\w+):\s*(\S+)/g)) {
        if (prefix !== undefined && address !== undefined && prefix !== '__proto__') prefixes[prefix] = address;
      }
    }
    return element.name !== 'body';
  });
  return prefixes;
}
