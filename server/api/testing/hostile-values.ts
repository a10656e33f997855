import fc from 'fast-check';

/** Text that has broken servers before: controls, halves of surrogate pairs, paths, format strings, very long. */
const HOSTILE_TEXT = fc.constantFrom(
  '',
  '\u0000',
  'a\u0000b',
  '\u001b[31m',
  '\u202e',
  '\ud800',
  '../../etc/passwd',
  '%00',
  '%',
  "' or 1=1 --",
  '__proto__',
  'constructor',
  '{}',
  'null',
  '0x10',
  '1e400',
  '-1',
  '９',
  'NaN',
  'a'.repeat(10_000),
);

const DEEP = 2000;

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

/** Any text at all. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: HOSTILE_TEXT },
  { weight: 2, arbitrary: fc.string({ maxLength: 50 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
);

/** Any JSON value, prototype keys and absurd numbers among them. */
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(1e300, -1e300, Number.MAX_SAFE_INTEGER, -0, 0.1),
  HOSTILE_TEXT,
);

/** Bodies as they go over the wire; most are JSON. */
export const anyBody = fc.oneof(
  { weight: 6, arbitrary: anyJson.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constantFrom(nested(DEEP), '{"a":'.repeat(DEEP), `"${'x'.repeat(1_100_000)}"`) },
  { weight: 1, arbitrary: fc.constantFrom('', '{', '\u0000', '{"__proto__":{"limit":1}}', '{"constructor":1}') },
  { weight: 1, arbitrary: anyText },
);

export { anyJson };
