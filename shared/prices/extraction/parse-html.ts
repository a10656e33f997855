import { type Document, DomHandler } from 'domhandler';
import { Parser } from 'htmlparser2';

/** A DOM takes 30 to 100 times the size of its HTML; pages longer than this many characters are cut off before parsing. */
export const MAX_HTML_LENGTH = 4_000_000;

/** Blink's limit (`kMaximumHTMLParserDOMTreeDepth`): what nests deeper becomes a sibling. */
const MAX_DEPTH = 512;

/** A `DomHandler` whose tree is never deeper than `MAX_DEPTH`, so that whoever walks it may recurse. */
class BoundedDomHandler extends DomHandler {
  private depth = 0;

  override onopentag(name: string, attribs: Record<string, string>): void {
    this.depth += 1;
    super.onopentag(name, attribs);
    if (this.depth > MAX_DEPTH) super.onclosetag();
  }

  override onclosetag(): void {
    if (this.depth <= MAX_DEPTH) super.onclosetag();
    this.depth -= 1;
  }
}

/** The DOM of a page, built by htmlparser2 as `cheerio/slim` does. The input is cut at `MAX_HTML_LENGTH`. */
export function parseHtml(html: string): Document {
  const handler = new BoundedDomHandler();
  new Parser(handler).end(html.slice(0, MAX_HTML_LENGTH));
  return handler.root;
}
