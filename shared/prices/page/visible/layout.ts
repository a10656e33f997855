import { isTag, type Text } from 'domhandler';
import { withAsciiDigits } from '../../price-text/characters.ts';
import { collapse, isNear, lineText } from '../dom.ts';
import type { PageOutline } from '../outline.ts';
import { type Anchors, findBuyButton, findTitle } from './anchors.ts';
import { Surroundings } from './surroundings.ts';

/** A text that a reader may see, by its place in the page. */
export interface PlacedText {
  node: Text;
  /** Index among the page's texts. */
  at: number;
  /** On one line. */
  text: string;
}

/** Longer texts are prose: nothing that an extractor looks for. */
const MAX_TEXT_LENGTH = 400;

/** Marks of direction and the like, which a reader does not see. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** The page as a reader goes through it: its texts in order, where the product stands, and what is around a text. */
export class VisibleLayout {
  readonly texts: readonly Text[];
  readonly anchors: Anchors;
  readonly surroundings: Surroundings;
  readonly #lines: (string | undefined)[] = [];

  /** @param titleText of the page's `<title>` */
  constructor(outline: PageOutline, titleText: string) {
    this.texts = outline.texts;
    const title = findTitle(outline, titleText);
    this.surroundings = new Surroundings(
      title?.element ?? null,
      outline.headings.map(({ element }) => element),
    );
    this.anchors = { title, buy: findBuyButton(outline, title?.at ?? 0, this.surroundings) };
  }

  /** The heading that names the product; null when the page has none. */
  get title(): string | null {
    const heading = this.anchors.title;
    return heading ? lineText(heading.element, 300) : null;
  }

  /** Index of the first text of the title, 0 without one. */
  get titleAt(): number {
    return this.anchors.title?.at ?? 0;
  }

  /** The text at an index on one line, its digits in ASCII; empty for prose and outside the page. */
  line(at: number): string {
    const known = this.#lines[at];
    if (known !== undefined) return known;
    const data = this.texts[at]?.data ?? '';
    const line = data.length > MAX_TEXT_LENGTH ? '' : withAsciiDigits(collapse(data.replace(INVISIBLE, '')));
    this.#lines[at] = line;
    return line;
  }

  /**
   * The short texts around the title, at most so many before and after it, none longer than `maxLength`; those of the
   * whole page when it has no title.
   */
  around(before: number, after: number, maxLength: number): PlacedText[] {
    const around: PlacedText[] = [];
    const to = this.anchors.title ? Math.min(this.texts.length, this.titleAt + after) : this.texts.length;
    for (let at = Math.max(0, this.titleAt - before); at < to; at += 1) {
      const text = this.line(at);
      if (text !== '' && text.length <= maxLength) around.push({ node: this.texts[at]!, at, text });
    }
    return around;
  }

  /** The value of a label: the next text that says something, at most `reach` texts on, in the same part of the page. */
  valueAfter({ node, at }: PlacedText, reach: number): string | null {
    for (let next = at + 1; next <= at + reach && next < this.texts.length; next += 1) {
      if (!isNear(this.texts[next]!, node) || leavesRow(node, this.texts[next]!)) return null;
      const text = this.line(next).replace(/^[:：#]\s*/, '');
      if (/[\p{L}\p{N}]/u.test(text)) return text;
    }
    return null;
  }

  /** What the markup around a text says of it: bits of `AROUND`. */
  bitsAround(node: Text): number {
    return node.parent && isTag(node.parent) ? this.surroundings.of(node.parent) : 0;
  }
}

/** Elements that hold a label together with its value. */
const ROWS = new Set(['li', 'tr']);
const MAX_ROW_LEVELS = 4;

/** Whether a text stands outside of the row that a label stands in, or is a heading: "Brand" as a tab has no value. */
function leavesRow(label: Text, value: Text): boolean {
  const parent = value.parent;
  if (parent && isTag(parent) && /^h[1-6]$/.test(parent.name)) return true;
  let row = label.parent;
  for (let level = 0; level < MAX_ROW_LEVELS && row && isTag(row); level += 1, row = row.parent) {
    if (!ROWS.has(row.name)) continue;
    for (let at = value.parent; at; at = at.parent) if (at === row) return false;
    return true;
  }
  return false;
}
