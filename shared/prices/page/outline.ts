import { type Document, type Element, isTag, isText, type ParentNode, type Text } from 'domhandler';
import { inNames, wordsOf } from '../words/compile.ts';
import { attribute, UNSEEN_TAGS } from './dom.ts';

/** Classes of links that look like buttons: `btn-primary`, `add-to-cart`. */
const CART_NAME = inNames(wordsOf(({ names }) => names?.cart));

/** What one walk over a document collects for all extractors, in document order. */
export interface PageOutline {
  /** Content of each `<meta>` by its lower-case `property`, `name` or `itemprop`, `<link itemprop>` too; the first is kept. */
  meta: ReadonlyMap<string, string>;
  scripts: readonly Element[];
  /** Text that a reader may see (styles are not applied), without blank nodes. */
  texts: readonly Text[];
  /** Headings and what is named a title or a name, which may name the product. */
  headings: readonly PlacedElement[];
  /** Buttons, inputs, and links and images in the guise of buttons. */
  buttons: readonly PlacedElement[];
  usesMicrodata: boolean;
  /** Whether RDFa describes a product or an offer. */
  usesRdfa: boolean;
}

export interface PlacedElement {
  element: Element;
  /** Index in `texts` of the first text inside or after it. */
  at: number;
}

/** Larger pages are lists of something; what counts stands before this many texts. */
const MAX_TEXTS = 20_000;

export function outlineOf(document: Document): PageOutline {
  const meta = new Map<string, string>();
  const scripts: Element[] = [];
  const texts: Text[] = [];
  const headings: PlacedElement[] = [];
  const buttons: PlacedElement[] = [];
  let usesMicrodata = false;
  let usesRdfa = false;

  const enter = (element: Element): void => {
    const { name, attribs } = element;
    switch (name) {
      case 'meta': {
        const key = (attribs.property ?? attribs.name ?? attribs.itemprop)?.toLowerCase();
        const content = attribute(element, 'content');
        if (key !== undefined && content !== null && !meta.has(key)) meta.set(key, content);
        break;
      }
      case 'link': {
        const key = attribs.itemprop?.toLowerCase();
        const address = attribute(element, 'href');
        if (key !== undefined && address !== null && !meta.has(key)) meta.set(key, address);
        break;
      }
      case 'script':
        scripts.push(element);
        break;
      case 'h1':
      case 'h2':
      case 'h3':
        headings.push({ element, at: texts.length });
        break;
      case 'button':
      case 'input':
        if (attribs.type !== 'hidden') buttons.push({ element, at: texts.length });
        break;
      case 'a':
        if (attribs.role === 'button' || (attribs.class !== undefined && CART_NAME.test(attribs.class))) {
          buttons.push({ element, at: texts.length });
        }
        break;
    }
    if (name.length > 2 && namesTitle(attribs)) {
      headings.push({ element, at: texts.length });
    }
    if (attribs.itemprop !== undefined) usesMicrodata = true;
    if (attribs.typeof !== undefined && /product|offer/i.test(attribs.typeof)) usesRdfa = true;
  };

  const walk = (parent: ParentNode, seen: boolean): void => {
    for (const node of parent.children) {
      if (isText(node)) {
        if (seen && texts.length < MAX_TEXTS && !isBlank(node.data)) texts.push(node);
      } else if (isTag(node)) {
        enter(node);
        if (node.children.length > 0) walk(node, seen && !UNSEEN_TAGS.has(node.name));
      }
    }
  };
  walk(document, true);
  return {
    meta,
    scripts,
    texts,
    headings,
    buttons,
    usesMicrodata,
    usesRdfa,
  };
}

function namesTitle({ class: names, id, itemprop }: Record<string, string>): boolean {
  return itemprop === 'name' || (names !== undefined && TITLE.test(names)) || (id !== undefined && TITLE.test(id));
}

const TITLE = /title|name/i;

const NOT_BLANK = /[^\s\u200b\ufeff]/;

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return first <= 32 || first >= 0x80 ? !NOT_BLANK.test(text) : text === '';
}
