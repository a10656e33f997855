import { Parser } from 'htmlparser2';

/** Longer texts of a feed are cut: a description is shown, not archived. */
const MAX_FIELD_CHARACTERS = 10_000;

/** Parts of a `shipping` element, in the order in which delimited feeds write them: `US:CA:Ground:6.49 USD`. */
const SHIPPING_PARTS = ['country', 'region', 'service', 'price'] as const;

/**
 * Items of a Google merchant feed (RSS 2.0 `<item>` or Atom `<entry>`, fields in the `g:` namespace), by field name
 * without the prefix. The feed is streamed: memory holds one chunk's items. Of a repeated field the first is kept, but
 * of `shipping` all, as delimited feeds write them: `US::Ground:6.49 USD,CA::Ground:9.99 USD`.
 * https://support.google.com/merchants/answer/7052112
 */
export async function* merchantFeedItems(xml: AsyncIterable<Buffer | string>): AsyncGenerator<Record<string, string>> {
  let ready: Record<string, string>[] = [];
  let item: Record<string, string> | null = null;
  let field = '';
  let text = '';
  /** Elements that are open inside the field: their names are not those of the item's own fields. */
  let depth = 0;
  let parts: Partial<Record<string, string>> = {};
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = name.replace(/^g:/, '');
        if (item === null) {
          if (local === 'item' || local === 'entry') item = {};
        } else if (field === '') {
          field = local;
          text = attributes['href'] ?? '';
          parts = {};
        } else {
          depth += 1;
          if (field === 'shipping') text = '';
        }
      },
      ontext(data) {
        if (field !== '' && text.length < MAX_FIELD_CHARACTERS) text += data;
      },
      onclosetag(name) {
        const local = name.replace(/^g:/, '');
        if (item === null) return;
        if (depth > 0) {
          depth -= 1;
          if (field === 'shipping') parts[local] = text.trim();
        } else if (field === 'shipping') {
          item['shipping'] = [item['shipping'], shippingText(parts, text)].filter(Boolean).join(',');
          field = '';
        } else if (field !== '') {
          item[field] ??= text.trim();
          field = '';
        } else {
          ready.push(item);
          item = null;
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

function shippingText(parts: Partial<Record<string, string>>, text: string): string {
  if (parts['price'] === undefined) return text.trim();
  return SHIPPING_PARTS.map((part) => (parts[part] ?? '').replace(/[:,]/g, ' ')).join(':');
}
