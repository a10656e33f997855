import { type ChildNode, type Document, type Element, isDirective, isTag, isText, type ParentNode } from 'domhandler';
import { following, walkElements } from '../dom.ts';
import { RdfaNames } from './rdfa-names.ts';

/** A node of expanded JSON-LD: `@id`, `@type`, and values by full property name. */
export interface ExpandedNode {
  '@id': string;
  '@type'?: string[];
  [property: string]: string | string[] | ExpandedValue[] | undefined;
}
export type ExpandedValue =
  | { '@id': string }
  | { '@value': string; '@type'?: string; '@language'?: string }
  | { '@list': ExpandedValue[] };

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const USES_VOCABULARY = 'http://www.w3.org/ns/rdfa#usesVocabulary';
const XML_LITERAL = `${RDF}XMLLiteral`;
const HTML_LITERAL = `${RDF}HTML`;
/** Longer values are prose; nested properties would each repeat all of it. */
const MAX_LITERAL_LENGTH = 20_000;
/** Deeper elements than this are left out; parsers cut documents at that depth anyway. */
const MAX_DEPTH = 600;

/** A statement that waits for its object, which is the next subject inside (RDFa Core, "incomplete triples"). */
interface IncompleteStatement {
  property: string;
  direction: 'forward' | 'reverse' | 'list';
}

interface Context {
  parentSubject: string;
  parentObject: string | null;
  incomplete: readonly IncompleteStatement[];
  lists: Map<string, ExpandedValue[]>;
  language: string | null;
  names: RdfaNames;
}

/**
 * The RDFa of a document as expanded JSON-LD, subjects in document order (RDFa Core 1.1, section 7.5 "Sequence", with
 * the additions of HTML+RDFa 1.1). Blank nodes are named `_:b1`, `_:b2`, … Documents declared as XHTML+RDFa 1.0 have
 * that version's link types and literals.
 */
export function readRdfa(document: Document, baseUrl: string): ExpandedNode[] {
  const reader = new RdfaReader(versionOf(document));
  const base = baseOf(document, baseUrl);
  const names = new RdfaNames(base, reader.version);
  const context: Context = {
    parentSubject: base,
    parentObject: null,
    incomplete: [],
    lists: new Map(),
    language: null,
    names,
  };
  for (const child of document.children) if (isTag(child)) reader.read(child, context, 0);
  return reader.nodes();
}

/** `<base href>` is the address that a document speaks of itself by. */
function baseOf(document: Document, baseUrl: string): string {
  let base = baseUrl;
  walkElements(document, (element) => {
    if (element.name === 'base' && element.attribs.href) base = URL.parse(element.attribs.href, baseUrl)?.href ?? base;
    return element.name !== 'body';
  });
  return base;
}

function versionOf(document: Document): '1.0' | '1.1' {
  const declarations = document.children.map((child) =>
    isDirective(child) ? child.data : isTag(child) && child.name === 'html' ? (child.attribs.version ?? '') : '',
  );
  return declarations.some((text) => /RDFa 1\.0/i.test(text)) ? '1.0' : '1.1';
}

class RdfaReader {
  readonly version: '1.0' | '1.1';
  readonly #bySubject = new Map<string, ExpandedNode>();
  #nBlank = 0;

  constructor(version: '1.0' | '1.1') {
    this.version = version;
  }

  nodes(): ExpandedNode[] {
    return [...this.#bySubject.values()];
  }

  read(element: Element, context: Context, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const { attribs } = element;
    const names = context.names.within(element);
    if (attribs.vocab !== undefined && names.vocabulary !== null) {
      this.#add(names.base, USES_VOCABULARY, { '@id': names.vocabulary });
    }
    const language = attribs['xml:lang'] ?? attribs.lang ?? context.language;
    const local: Context = { ...context, names, language: language === '' ? null : language };
    if (!hasRdfa(element)) {
      this.#readChildren(element, local, depth);
      return;
    }

    const rel = this.#linkNames(element, 'rel', names);
    const rev = this.#linkNames(element, 'rev', names);
    const hasLink = rel !== null || rev !== null;
    const place = this.#place(element, context, names, hasLink);
    const { subject, typed, skip } = place;
    let { object } = place;

    if (typed !== null) {
      for (const type of names.names(attribs.typeof)) this.#add(typed, `${RDF}type`, { '@id': type });
    }
    const lists =
      subject !== null && subject !== context.parentObject ? new Map<string, ExpandedValue[]>() : context.lists;
    const incomplete: IncompleteStatement[] = [];
    if (hasLink && subject !== null) {
      const inList = attribs.inlist !== undefined;
      if (object !== null) {
        for (const property of rel ?? []) {
          if (inList) appendTo(lists, property, { '@id': object });
          else this.#add(subject, property, { '@id': object });
        }
        for (const property of rev ?? []) this.#add(object, property, { '@id': subject });
      } else {
        for (const property of rel ?? []) incomplete.push({ property, direction: inList ? 'list' : 'forward' });
        for (const property of rev ?? []) incomplete.push({ property, direction: 'reverse' });
        object = this.#blank();
      }
    }
    if (attribs.property !== undefined && subject !== null) {
      const value = this.#propertyValue(element, local, typed, hasLink);
      for (const property of names.names(attribs.property)) {
        if (attribs.inlist !== undefined) appendTo(lists, property, value);
        else this.#add(subject, property, value);
      }
    }
    if (!skip && subject !== null) this.#complete(context, subject);

    const inside: Context = skip
      ? local
      : {
          ...local,
          parentSubject: subject ?? context.parentSubject,
          parentObject: object ?? subject ?? context.parentSubject,
          incomplete,
          lists,
        };
    this.#readChildren(element, inside, depth);
    if (lists !== context.lists && subject !== null) {
      for (const [property, values] of lists) this.#add(subject, property, { '@list': values });
    }
  }

  #readChildren(element: Element, context: Context, depth: number): void {
    for (const child of element.children) if (isTag(child)) this.read(child, context, depth + 1);
  }

  /** Steps 5 and 6 of the sequence: what the element speaks of, what it points to, and what its `typeof` types. */
  #place(
    element: Element,
    context: Context,
    names: RdfaNames,
    hasLink: boolean,
  ): { subject: string | null; object: string | null; typed: string | null; skip: boolean } {
    const { attribs } = element;
    const about = attribs.about === undefined ? null : names.resource(attribs.about);
    const target = this.#target(element, names);
    const hasType = attribs.typeof !== undefined;
    const here =
      element.name === 'html'
        ? names.base
        : element.name === 'head' || element.name === 'body'
          ? context.parentObject
          : null;
    if (hasLink) {
      const subject = about ?? here ?? context.parentObject ?? context.parentSubject;
      const object = target ?? (hasType && about === null ? this.#blank() : null);
      return { subject, object, typed: hasType ? (about ?? object) : null, skip: false };
    }
    if (attribs.property !== undefined && attribs.content === undefined && attribs.datatype === undefined) {
      const subject = about ?? here ?? context.parentObject ?? context.parentSubject;
      const typed = hasType ? (about ?? here ?? target ?? this.#blank()) : null;
      return { subject, object: typed, typed, skip: false };
    }
    const own = about ?? target ?? here ?? (hasType ? this.#blank() : null);
    const subject = own ?? context.parentObject ?? context.parentSubject;
    return {
      subject,
      object: null,
      typed: hasType ? subject : null,
      skip: own === null && attribs.property === undefined,
    };
  }

  #target({ attribs }: Element, names: RdfaNames): string | null {
    if (attribs.resource !== undefined) return names.resource(attribs.resource);
    const address = attribs.href ?? attribs.src;
    return address === undefined ? null : names.iri(address);
  }

  /** `rel` or `rev`; beside `property` its plain words are link types, not statements (HTML+RDFa 1.1, section 3.1). */
  #linkNames({ attribs }: Element, attribute: 'rel' | 'rev', names: RdfaNames): string[] | null {
    const value = attribs[attribute];
    if (value === undefined) return null;
    const resolved = names.names(value, attribs.property === undefined);
    return resolved.length === 0 && attribs.property !== undefined ? null : resolved;
  }

  /** Step 11: the value of the element's `property`. */
  #propertyValue(element: Element, context: Context, typed: string | null, hasLink: boolean): ExpandedValue {
    const { attribs } = element;
    const { names, language } = context;
    const datatype = names.names(attribs.datatype)[0];
    const text = attribs.content ?? attribs.datetime ?? textContent(element);
    if (datatype !== undefined) {
      const isMarkup = datatype === XML_LITERAL || datatype === HTML_LITERAL;
      return {
        '@value': isMarkup ? innerMarkup(element, names.namespaces).slice(0, MAX_LITERAL_LENGTH) : text,
        '@type': datatype,
      };
    }
    if (attribs.datatype === undefined && attribs.content === undefined && attribs.datetime === undefined) {
      const target = hasLink ? null : this.#target(element, names);
      if (target !== null) return { '@id': target };
      if (typed !== null && attribs.about === undefined) return { '@id': typed };
      if (this.version === '1.0' && element.children.some(isTag)) {
        return { '@value': innerMarkup(element, names.namespaces), '@type': XML_LITERAL };
      }
    }
    return language === null ? { '@value': text } : { '@value': text, '@language': language };
  }

  /** Step 12: the statements that waited for this subject. */
  #complete(context: Context, subject: string): void {
    for (const { property, direction } of context.incomplete) {
      if (direction === 'forward') this.#add(context.parentSubject, property, { '@id': subject });
      else if (direction === 'reverse') this.#add(subject, property, { '@id': context.parentSubject });
      else appendTo(context.lists, property, { '@id': subject });
    }
  }

  #add(subject: string, property: string, value: ExpandedValue): void {
    let node = this.#bySubject.get(subject);
    if (!node) {
      node = { '@id': subject };
      this.#bySubject.set(subject, node);
    }
    if (property === `${RDF}type` && '@id' in value) {
      node['@type'] = [...new Set([...(node['@type'] ?? []), value['@id']])];
      return;
    }
    if (property.startsWith('@') || property === '__proto__') return;
    const values = (node[property] ?? []) as ExpandedValue[];
    if (!values.some((known) => JSON.stringify(known) === JSON.stringify(value))) values.push(value);
    node[property] = values;
  }

  #blank(): string {
    this.#nBlank += 1;
    return `_:b${this.#nBlank}`;
  }
}

const ATTRIBUTES = ['about', 'typeof', 'property', 'rel', 'rev', 'resource', 'inlist'];

/** Whether the element itself can make a statement or change what is spoken of. */
function hasRdfa({ name, attribs }: Element): boolean {
  if (name === 'html' || name === 'head' || name === 'body') return true;
  if (attribs.href !== undefined || attribs.src !== undefined) return true;
  return ATTRIBUTES.some((attribute) => attribs[attribute] !== undefined);
}

function appendTo(lists: Map<string, ExpandedValue[]>, property: string, value: ExpandedValue): void {
  const values = lists.get(property);
  if (values) values.push(value);
  else lists.set(property, [value]);
}

/** All text in an element, in document order, cut off at `MAX_LITERAL_LENGTH`. */
function textContent(root: Element): string {
  let text = '';
  let node: ChildNode | null = root.children[0] ?? null;
  while (node && text.length < MAX_LITERAL_LENGTH) {
    if (isText(node)) text += node.data;
    node = isTag(node) && node.children.length > 0 ? (node.children[0] ?? null) : following(node, root);
  }
  return text.slice(0, MAX_LITERAL_LENGTH);
}

/** The content as markup; the outermost elements carry the namespaces in force, as an XML literal must. */
function innerMarkup(parent: ParentNode, namespaces: ReadonlyMap<string, string>): string {
  const parts = parent.children.map((child) => {
    if (isText(child)) return escapeText(child.data);
    return isTag(child) ? markup(child, namespaces) : '';
  });
  return parts.join('');
}

function markup(element: Element, namespaces: ReadonlyMap<string, string>): string {
  const attributes = [...[...namespaces].sort(([a], [b]) => (a < b ? -1 : 1)), ...Object.entries(element.attribs)]
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('');
  return `<${element.name}${attributes}>${innerMarkup(element, new Map())}</${element.name}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
