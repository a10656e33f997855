import type { Document, Element } from 'domhandler';
import { uniqueSort } from 'domutils';
import { readableText, walkElements } from '../dom.ts';

/** A microdata item. Values are strings or items, every property a list in document order. */
export interface MicrodataItem {
  type?: string[];
  id?: string;
  properties: Record<string, MicrodataValue[]>;
  /** The text of an item that has no properties: shops write `<span itemprop="brand" itemscope>Acme</span>`. */
  value?: string;
}
export type MicrodataValue = string | MicrodataItem;

/** The attribute that holds the value of a property, by element (HTML Standard, 5.2.4 "Values"). */
const VALUE_ATTRIBUTE: Record<string, string> = {
  meta: 'content',
  audio: 'src',
  embed: 'src',
  iframe: 'src',
  img: 'src',
  source: 'src',
  track: 'src',
  video: 'src',
  a: 'href',
  area: 'href',
  link: 'href',
  object: 'data',
  data: 'value',
  meter: 'value',
  time: 'datetime',
};
const URL_ATTRIBUTES = new Set(['src', 'href', 'data']);

/** Items nested or linked deeper than this are left out. */
const MAX_ITEM_DEPTH = 50;

/**
 * The top-level microdata items of a document (HTML Standard, section 5 "Microdata"). Addresses are resolved against
 * `baseUrl` and stay as written where there is none. Item cycles through `itemref` are cut.
 * @param isWanted whether a top-level item's element is read
 */
export function readMicrodata(
  document: Document,
  baseUrl: string | null,
  isWanted: (element: Element) => boolean = () => true,
): MicrodataItem[] {
  const roots: Element[] = [];
  let hasReferences = false;
  walkElements(document, (element) => {
    if ('itemscope' in element.attribs && !('itemprop' in element.attribs) && isWanted(element)) roots.push(element);
    if ('itemref' in element.attribs) hasReferences = true;
    return undefined;
  });
  if (roots.length === 0) return [];
  const reader = new MicrodataReader(baseUrl, hasReferences ? elementsById(document) : new Map());
  return roots.map((root) => reader.item(root, []));
}

function elementsById(document: Document): Map<string, Element> {
  const byId = new Map<string, Element>();
  walkElements(document, (element) => {
    const id = element.attribs.id;
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    return undefined;
  });
  return byId;
}

class MicrodataReader {
  readonly baseUrl: string | null;
  readonly byId: ReadonlyMap<string, Element>;

  constructor(baseUrl: string | null, byId: ReadonlyMap<string, Element>) {
    this.baseUrl = baseUrl;
    this.byId = byId;
  }

  item(scope: Element, ancestors: readonly Element[]): MicrodataItem {
    const item: MicrodataItem = { properties: {} };
    const types = tokens(scope.attribs.itemtype);
    if (types.length > 0) item.type = types;
    if (scope.attribs.itemid !== undefined) item.id = this.#address(scope.attribs.itemid);
    const path = [...ancestors, scope];
    for (const element of this.#propertyElements(scope)) {
      if (path.includes(element) || path.length > MAX_ITEM_DEPTH) continue;
      const value = 'itemscope' in element.attribs ? this.item(element, path) : this.#value(element);
      for (const name of tokens(element.attribs.itemprop)) {
        const values = Object.hasOwn(item.properties, name) ? item.properties[name] : undefined;
        if (values) values.push(value);
        else if (name !== '__proto__') item.properties[name] = [value];
      }
    }
    if (Object.keys(item.properties).length === 0) item.value = scope.attribs.content ?? readableText(scope);
    return item;
  }

  /** The elements that add properties to an item: inside it or referred to, not inside a nested item. */
  #propertyElements(scope: Element): Element[] {
    const found: Element[] = [];
    const seen = new Set<Element>([scope]);
    const collect = (element: Element): boolean => {
      if (seen.has(element)) return false;
      seen.add(element);
      if ('itemprop' in element.attribs) found.push(element);
      return !('itemscope' in element.attribs);
    };
    walkElements(scope, collect);
    const referred = tokens(scope.attribs.itemref);
    for (const id of referred) {
      const element = this.byId.get(id);
      if (element && collect(element)) walkElements(element, collect);
    }
    return referred.length > 0 ? (uniqueSort(found) as Element[]) : found;
  }

  #value(element: Element): string {
    const name = VALUE_ATTRIBUTE[element.name];
    const raw = name === undefined ? undefined : element.attribs[name];
    if (raw !== undefined) return name !== undefined && URL_ATTRIBUTES.has(name) ? this.#address(raw) : raw;
    return element.attribs.content ?? readableText(element);
  }

  #address(raw: string): string {
    const address = raw.trim();
    if (this.baseUrl === null) return address;
    return URL.parse(address, this.baseUrl)?.href ?? address;
  }
}

function tokens(attribute: string | undefined): string[] {
  return attribute?.split(/\s+/).filter((token) => token !== '') ?? [];
}
