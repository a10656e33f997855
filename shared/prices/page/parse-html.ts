import { type Document, DomHandler, isTag } from 'domhandler';
import { Parser } from 'htmlparser2';
import { BLOCK_TAGS } from './dom.ts';

/** A DOM takes 30 to 100 times the size of its HTML; pages longer than this many characters are cut off before parsing. */
export const MAX_HTML_LENGTH = 4_000_000;

/** Blink's limit (`kMaximumHTMLParserDOMTreeDepth`): what nests deeper becomes a sibling. */
const MAX_DEPTH = 512;

/**
 * A `DomHandler` that leaves out what no extractor reads, comments and the blanks between blocks (a third of the nodes
 * of a usual page), and whose tree is never deeper than `MAX_DEPTH`, so that walks over it may recurse.
 */
class LeanDomHandler extends DomHandler {
  /** Elements that are open. */
  depth = 0;
  #isBesideBlock = true;

  override onopentag(name: string, attribs: Record<string, string>): void {
    this.depth += 1;
    this.#isBesideBlock = BLOCK_TAGS.has(name);
    super.onopentag(name, attribs);
    if (this.depth > MAX_DEPTH) super.onclosetag();
  }

  override onclosetag(): void {
    if (this.depth <= MAX_DEPTH) {
      const closed = this.tagStack[this.tagStack.length - 1];
      this.#isBesideBlock = closed !== undefined && isTag(closed) && BLOCK_TAGS.has(closed.name);
      super.onclosetag();
    }
    this.depth -= 1;
  }

  override ontext(data: string): void {
    if (this.#isBesideBlock && isLayoutSpace(data)) return;
    super.ontext(data);
  }

  override oncomment(): void {}
  override oncommentend(): void {}
}

/** White space that only lays out the markup: a no-break space is content. */
function isLayoutSpace(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 32) return false;
  return true;
}

/**
 * A page with more elements open than this is cut off there: the parser takes time in proportion to their number for each
 * tag, so that a page of nothing but `<div>` would take minutes.
 */
const MAX_OPEN = 4_000;
/** The number of open elements is checked after this many characters. */
const CHUNK_LENGTH = 65_536;

/**
 * The DOM of a page, built by htmlparser2 as `cheerio/slim` does. The input is cut at `MAX_HTML_LENGTH`, and where it nests
 * deeper than any page.
 */
export function parseHtml(html: string): Document {
  const handler = new LeanDomHandler();
  const parser = new Parser(handler);
  const end = Math.min(html.length, MAX_HTML_LENGTH);
  for (let at = 0; at < end && handler.depth <= MAX_OPEN; at += CHUNK_LENGTH) {
    parser.write(html.slice(at, Math.min(end, at + CHUNK_LENGTH)));
  }
  parser.end();
  return handler.root;
}
