import fc from 'fast-check';

/** What breaks parsers: halves of tags, comments, quotes, entities, control characters, nesting, numbers. */
const FRAGMENTS = [
  '<',
  '</',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '"',
  "'",
  '&',
  '&quot;',
  '&#0;',
  '\u0000',
  '\ud800',
  '\u202e',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\\u00',
  '<script type="application/ld+json">',
  '<script type="application/json">',
  '</script>',
  '<script>',
  '<div itemscope itemtype="https://schema.org/Product">',
  '<span itemprop="price" content="',
  '<div itemprop="offers" itemscope itemref="a a a">',
  '<div vocab="http://schema.org/" typeof="Product" property="offers" prefix="x: y">',
  '<meta property="product:price:amount" content="',
  '<base href="http://[::1">',
  '<h1>',
  '<table><tr><td>',
  '<svg>',
  '<textarea>',
  '<select><option>',
  '{"@type":"Product","@id":"#a","isVariantOf":{"@id":"#a"},"offers":[[{"price":',
  '"price":1e999,"__proto__":{"price":1},"constructor":0,',
  '$1.299,00.5',
  '99999999999999999999999999999',
  '€',
  'ViewContent",{',
  '_totalvalue',
  'SKU: ',
] as const;

type Edit =
  | { kind: 'delete' | 'duplicate'; at: number; length: number }
  | { kind: 'insert'; at: number; text: string }
  | { kind: 'move'; at: number; length: number; to: number }
  | { kind: 'cut'; from: number; to: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const MAX_REPEATS = 20_000;
const MAX_EDITS = 12;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom('delete' as const, 'duplicate' as const), at: place, length: fc.nat(5_000) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    text: fc.oneof(
      fc.constantFrom(...FRAGMENTS),
      fc.string({ maxLength: 40, unit: 'binary' }),
      fc
        .tuple(fc.constantFrom(...FRAGMENTS), fc.nat(MAX_REPEATS))
        .map(([text, times]) => text.repeat(Math.ceil(times / text.length))),
    ),
  }),
  fc.record({ kind: fc.constant('move' as const), at: place, length: fc.nat(5_000), to: place }),
  fc.record({ kind: fc.constant('cut' as const), from: place, to: place }),
);

/** Pages with a few random injuries each. */
export function mutatedPages(pages: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...pages), fc.array(edit, { minLength: 1, maxLength: MAX_EDITS }))
    .map(([page, edits]) => edits.reduce(applyEdit, page));
}

function applyEdit(page: string, change: Edit): string {
  const index = (share: number): number => Math.floor(share * page.length);
  switch (change.kind) {
    case 'delete':
      return page.slice(0, index(change.at)) + page.slice(index(change.at) + change.length);
    case 'duplicate': {
      const end = index(change.at) + change.length;
      return page.slice(0, end) + page.slice(index(change.at));
    }
    case 'insert':
      return page.slice(0, index(change.at)) + change.text + page.slice(index(change.at));
    case 'move': {
      const part = page.slice(index(change.at), index(change.at) + change.length);
      const rest = page.slice(0, index(change.at)) + page.slice(index(change.at) + change.length);
      const to = Math.floor(change.to * rest.length);
      return rest.slice(0, to) + part + rest.slice(to);
    }
    case 'cut':
      return page.slice(Math.min(index(change.from), index(change.to)), Math.max(index(change.from), index(change.to)));
  }
}
