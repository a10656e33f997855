import { describe, expect, it } from 'vitest';
import { parseLenientJson, readJsonAt } from './lenient-json.ts';

describe('parseLenientJson', () => {
  it('reads sound JSON as JSON.parse does', () => {
    expect(parseLenientJson('{"a":[1,2.5,true,null,"x\\u00e9"]}')).toEqual([{ a: [1, 2.5, true, null, 'xé'] }]);
  });

  it.each([
    ['comments', '/* a */ { // b\n "a": 1, <!-- c --> "b": "//not" }', { a: 1, b: '//not' }],
    ['control characters in strings', '{"a":"line 1\n\tline 2"}', { a: 'line 1\n\tline 2' }],
    ['trailing commas', '{"a":[1,2,],}', { a: [1, 2] }],
    ['missing commas', '{"a":1 "b":2}', { a: 1, b: 2 }],
    ['doubled commas', '{"a":1,,"b":[1,,2]}', { a: 1, b: [1, 2] }],
    ['single quotes and bare keys', "{a:'it\\'s', b_2: 1.5}", { a: "it's", b_2: 1.5 }],
    [
      'words of JavaScript',
      '{"a":undefined,"b":NaN,"c":!0,"d":!1,"e":new Date(2020, 1),"f":1}',
      { a: null, b: null, c: true, d: false, e: null, f: 1 },
    ],
    ['quotes inside strings', '{"name":"Frame 15" x 20" oak","sku":"1"}', { name: 'Frame 15" x 20" oak', sku: '1' }],
    ['invalid escapes', '{"a":"c:\\dir\\qux \\x41"}', { a: 'c:dirqux A' }],
    ['entities instead of quotes', '{&quot;a&quot;:&quot;b &amp; c&quot;}', { a: 'b & c' }],
    ['CDATA', '//<![CDATA[\n{"a":1}\n//]]>', { a: 1 }],
    ['CDATA in comments', '/*<![CDATA[*/{"a":1}/*]]>*/', { a: 1 }],
    ['an end that is cut off', '{"a":{"b":[1,2', { a: { b: [1, 2] } }],
    ['a missing value', '{"a":,"b":2}', { b: 2 }],
    ['a semicolon after it', '{"a":1};', { a: 1 }],
  ])('survives %s', (_flaw, text, value) => {
    expect(parseLenientJson(text)).toEqual([value]);
  });

  it('reads every root of a block', () => {
    expect(parseLenientJson('{"a":1}\n{"b":2},[3]')).toEqual([{ a: 1 }, { b: 2 }, [3]]);
  });

  it('finds nothing in what is not JSON', () => {
    expect(parseLenientJson('')).toEqual([]);
    expect(parseLenientJson('window.x = y;')).toEqual([]);
  });

  it('does not let a key reach the prototype', () => {
    const [value] = parseLenientJson("{'__proto__': {polluted: 1}, a: 1}");
    expect(value).toEqual({ a: 1 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('cuts nesting that no page means', () => {
    expect(() => parseLenientJson('['.repeat(100_000))).not.toThrow();
    expect(() => parseLenientJson('{"a":'.repeat(100_000))).not.toThrow();
  });
});

describe('readJsonAt', () => {
  it('reads one value and says where it ends', () => {
    const script = 'window.state = {"a": {"b": "}"}}; more()';
    const literal = readJsonAt(script, script.indexOf('{'));
    expect(literal?.value).toEqual({ a: { b: '}' } });
    expect(script.slice(literal?.end)).toBe('; more()');
  });
});
