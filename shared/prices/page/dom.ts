/** The few things that extraction asks of a DOM, without recursion: pages may nest as deep as they like. */
import { type AnyNode, type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler';

/** Elements whose content is never shown to a reader. */
export const UNSEEN_TAGS: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'head',
  'iframe',
  'object',
  'textarea',
]);

/** Elements that start a new line, or stand outside of the text: blank text beside their tags separates nothing. */
export const BLOCK_TAGS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'head header hr html li link main meta nav ol option p path script section select style svg table tbody td tfoot ' +
    'th thead title tr ul'
  ).split(' '),
);

/** Walks the elements under `root` in document order; `enter` returns false to leave out an element's content. */
export function walkElements(root: ParentNode, enter: (element: Element) => boolean | undefined): void {
  let node: ChildNode | null = root.children[0] ?? null;
  while (node) {
    if (isTag(node) && enter(node) !== false && node.children.length > 0) {
      node = node.children[0] ?? null;
      continue;
    }
    node = following(node, root);
  }
}

/** Visits the texts under `root` in document order, without those that are never shown. */
export function walkTexts(root: ParentNode, visit: (text: string) => void): void {
  let node: ChildNode | null = root.children[0] ?? null;
  while (node) {
    if (isText(node)) visit(node.data);
    const first: ChildNode | undefined = isTag(node) && !UNSEEN_TAGS.has(node.name) ? node.children[0] : undefined;
    node = first ?? following(node, root);
  }
}

/** The node after `node` and its content in document order, within `root`. */
export function following(node: ChildNode, root: ParentNode): ChildNode | null {
  let at: ChildNode = node;
  while (!at.next) {
    const parent: ParentNode | null = at.parent;
    if (!parent || parent === root || !isTag(parent)) return null;
    at = parent;
  }
  return at.next;
}

/**
 * The text of an element as a reader sees it: runs of white space become one space, block elements start a new line,
 * scripts and styles are left out. At most `maxLength` characters.
 */
export function readableText(root: AnyNode, maxLength = 10_000): string {
  if (isText(root)) return collapse(root.data);
  if (!('children' in root)) return '';
  let text = '';
  let node: ChildNode | null = root.children[0] ?? null;
  while (node && text.length < maxLength) {
    if (isText(node)) text += node.data.replace(/\s+/g, ' ');
    else if (isTag(node) && !UNSEEN_TAGS.has(node.name)) {
      if (BLOCK_TAGS.has(node.name)) text += '\n';
      if (node.children.length > 0) {
        node = node.children[0] ?? null;
        continue;
      }
    }
    let at: ChildNode | null = node;
    while (at && !at.next) {
      const parent: ParentNode | null = at.parent;
      at = parent && parent !== root && isTag(parent) ? parent : null;
      if (at && isTag(at) && BLOCK_TAGS.has(at.name)) text += '\n';
    }
    node = at?.next ?? null;
  }
  return text
    .slice(0, maxLength)
    .replace(/[^\S\n]*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}

/** The same on one line. */
export function lineText(root: AnyNode, maxLength = 2_000): string {
  return collapse(readableText(root, maxLength));
}

/** The elements that hold an element, from the inside out. */
export function ancestorsOf(element: Element): Element[] {
  const ancestors: Element[] = [];
  for (let at = element.parent; at && isTag(at); at = at.parent) ancestors.push(at);
  return ancestors;
}

/** A label and its value meet within this many ancestors of each. */
const NEAR_LEVELS = 3;

/** Whether two nodes have a common ancestor a few levels up. */
export function isNear(a: ChildNode, b: ChildNode): boolean {
  const ancestors: unknown[] = [];
  for (let up = a.parent; up && ancestors.length < NEAR_LEVELS; up = up.parent) ancestors.push(up);
  let level = 0;
  for (let up = b.parent; up && level < NEAR_LEVELS; up = up.parent, level += 1)
    if (ancestors.includes(up)) return true;
  return false;
}

/** White space that is not one plain space: asked first, since most texts have none. */
const UNEVEN_SPACE = /[^\S ]|\s\s/;

/** A text on one line, runs of white space made one space. */
export function collapse(text: string): string {
  const trimmed = text.trim();
  return UNEVEN_SPACE.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed;
}

/** An attribute without the white space around it; null where it is missing or empty. */
export function attribute(element: Element, name: string): string | null {
  const value = element.attribs[name]?.trim();
  return value ? value : null;
}

/** `reference` against `base`, or null where that is no http(s) address. */
export function resolveUrl(reference: string | null | undefined, base: string): string | null {
  if (!reference) return null;
  try {
    const url = new URL(reference.trim(), base || undefined);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
