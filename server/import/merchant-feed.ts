import { Parser } from 'htmlparser2';

/** Longer texts of a feed are cut: a description is shown, not archived. */
const MAX_FIELD_CHARACTERS = 10_000;

/**
 * Items of a Google merchant feed (RSS 2.0 `<item>` or Atom `<entry>`, fields in the `g:` namespace), by field name
 * without the prefix. The feed is streamed: memory holds one chunk's items. Of a repeated field the first is kept.
 * https://support.google.com/merchants/answer/7052112
 */
export async function* merchantFeedItems(xml: AsyncIterable<Buffer | string>): AsyncGenerator<Record<string, string>> {
  let ready: Record<string, string>[] = [];
  let item: Record<string, string> | null = null;
  let field = '';
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = name.replace(/^g:/, '');
        if (local === 'item' || local === 'entry') item = {};
        else if (item !== null) {
          field = local;
          text = attributes['href'] ?? '';
        }
      },
      ontext(data) {
        if (field !== '' && text.length < MAX_FIELD_CHARACTERS) text += data;
      },
      onclosetag(name) {
        const local = name.replace(/^g:/, '');
        if (item === null) return;
        if (local === 'item' || local === 'entry') {
          ready.push(item);
          item = null;
        } else if (local === field) {
          item[field] ??= text.trim();
          field = '';
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder();
  for await (const chunk of xml) {
    parser.write(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    yield* ready;
    ready = [];
  }
  parser.end();
  yield* ready;
}
